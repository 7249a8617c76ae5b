"""The demo page with the chat, and the files that all pages need."""

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse

from api.pages import results
from api.pages.frame import DEFAULT_LANGUAGE, HERE, choose_language, make_frame, templates
from api.web.files import CheckedFiles
from referral.settings import get_settings

router = APIRouter()


def install_pages(app: FastAPI) -> None:
    """Add the pages and their files."""
    app.include_router(router)
    app.include_router(results.router)
    app.mount("/static", CheckedFiles(directory=HERE / "static"), name="static")


@router.get("/", response_class=HTMLResponse, include_in_schema=False)
def show_page(request: Request, lang: str = DEFAULT_LANGUAGE) -> HTMLResponse:
    """Return the page with the chat."""
    frame = make_frame(request, choose_language(lang))
    return templates.TemplateResponse(request, "page.html", frame | {"max_chars": get_settings().message_max_chars})
