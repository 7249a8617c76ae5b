"""What every page has: its language, its words, whose library it is, and the way to a person."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.templating import Jinja2Templates

from api.pages.words import fill_in, load_page_words
from referral.language.detect import SPOKEN
from referral.language.registry import DUTCH, choose_whole, get_direction, load_languages
from referral.settings import get_settings

HERE = Path(__file__).resolve().parent
DEFAULT_LANGUAGE = DUTCH
templates = Jinja2Templates(HERE / "templates")


def choose_language(lang: str) -> str:
    """Return the language that is asked for, Dutch when not everything is in it."""
    return choose_whole(lang)


def make_frame(request: Request, language: str, *, codes: Sequence[str] = SPOKEN) -> dict[str, Any]:
    """Return what `base.html` fills in; from `app.state` the theme and the library, if it is known.

    `codes` are the languages that the page can be in.
    """
    settings = get_settings()
    languages = load_languages(settings.data_dir).languages
    state = request.app.state
    words = load_page_words(settings.data_dir)
    known = {"hours": str(settings.conversation_hours), "days": str(settings.learning_days)}
    all_words = {
        code: fill_in(
            words[code], known | {"library": getattr(state, "library_name", None) or words[code]["page_library"]}, code
        )
        for code in codes
    }
    return {
        "language": language,
        "direction": get_direction(language),
        "languages": {code: languages[code].name for code in codes},
        "directions": {code: get_direction(code) for code in codes},
        "language_links": {code: _link_to(request, code) for code in codes},
        "words": all_words[language],
        "all_words": all_words,
        "theme": state.theme,
        "is_example": getattr(state, "is_example", True),
        "library_phone": getattr(state, "library_phone", None),
    }


def _link_to(request: Request, language: str) -> str:
    """Return the address of the same page in another language."""
    url = request.url.include_query_params(lang=language)
    return f"{url.path}?{url.query}"
