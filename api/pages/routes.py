"""The demo page with the chat, and the files that all pages need."""

from typing import Annotated

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.responses import HTMLResponse

from api.pages import practise, privacy, results, widget
from api.pages.chat_view import choose_language, make_chat
from api.pages.frame import DEFAULT_LANGUAGE, HERE, make_frame, templates
from api.web.campaigns import PARAMETER
from api.web.files import CheckedFiles
from referral.campaigns import find_campaign
from referral.language.detect import SPOKEN
from referral.language.registry import load_languages
from referral.settings import get_settings

router = APIRouter()


def install_pages(app: FastAPI) -> None:
    """Add the pages and their files."""
    app.include_router(router)
    app.include_router(results.router)
    app.include_router(privacy.router)
    app.include_router(widget.router)
    app.include_router(practise.router)
    app.mount("/static", CheckedFiles(directory=HERE / "static"), name="static")


@router.get("/", response_class=HTMLResponse, include_in_schema=False)
def show_page(
    request: Request, lang: str = DEFAULT_LANGUAGE, campaign: Annotated[str, Query(alias=PARAMETER)] = ""
) -> HTMLResponse:
    """Return the page with the chat; what is no name of a campaign is left out."""
    settings = get_settings()
    frame = make_frame(request, choose_language(lang), codes=tuple(load_languages(settings.data_dir).languages))
    name = getattr(request.app.state, "library_name", None)
    languages = (frame["language"], *(code for code in SPOKEN if code != frame["language"]))
    chat = make_chat(settings, settings.library, name, languages=languages)
    told = chat.model_copy(update={"campaign": find_campaign(campaign)}).model_dump(mode="json", by_alias=True)
    return templates.TemplateResponse(request, "page.html", frame | {"chat": told})
