"""The demo page with the chat, and the files that all pages need."""

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

from api.pages import results
from api.pages.frame import DEFAULT_LANGUAGE, HERE, choose_language, make_frame, templates
from referral.settings import get_settings

router = APIRouter()


class CheckedFiles(StaticFiles):
    """Static files that a browser keeps but asks about each time, so that nobody runs half of an old version."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.setdefault("Cache-Control", "no-cache")
        return response


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
