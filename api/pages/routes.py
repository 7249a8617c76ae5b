"""The demo page with the chat, and the files that it needs."""

from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from api.pages.words import fill_in, load_page_words
from api.web.files import CheckedFiles
from referral.settings import get_settings

HERE = Path(__file__).resolve().parent
LANGUAGES = {"nl": "Nederlands", "en": "English"}
DEFAULT_LANGUAGE = "nl"
router = APIRouter()
templates = Jinja2Templates(HERE / "templates")


def install_pages(app: FastAPI) -> None:
    """Add the page and its files; reads `library_name`, `library_phone` and `is_example` from `app.state` if set."""
    app.include_router(router)
    app.mount("/static", CheckedFiles(directory=HERE / "static"), name="static")


@router.get("/", response_class=HTMLResponse, include_in_schema=False)
def show_page(request: Request, lang: str = DEFAULT_LANGUAGE) -> HTMLResponse:
    """Return the page in that language, in Dutch when we do not have it."""
    language = lang if lang in LANGUAGES else DEFAULT_LANGUAGE
    settings = get_settings()
    state = request.app.state
    phone: str | None = getattr(state, "library_phone", None)
    words = load_page_words(settings.data_dir)
    known = {"hours": str(settings.conversation_hours)}
    all_words = {
        code: fill_in(
            words[code], known | {"library": getattr(state, "library_name", None) or words[code]["page_library"]}
        )
        for code in LANGUAGES
    }
    context: dict[str, Any] = {
        "language": language,
        "languages": LANGUAGES,
        "words": all_words[language],
        "all_words": all_words,
        "is_example": getattr(state, "is_example", True),
        "library_phone": phone,
        "max_chars": settings.message_max_chars,
    }
    return templates.TemplateResponse(request, "page.html", context)
