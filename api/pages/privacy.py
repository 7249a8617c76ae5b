"""The page that tells citizens what is kept, for how long and who sees it; the figures are those of the purge."""

import sys
from collections.abc import Mapping
from typing import Literal

from babel.dates import format_timedelta
from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from api.pages.frame import DEFAULT_LANGUAGE, choose_language, make_frame, templates
from api.web.dependencies import limit_reading
from api.web.state import TheSettings
from api.web.words import load_words
from referral.retention.schedule import Term, load_terms

router = APIRouter(include_in_schema=False, dependencies=[Depends(limit_reading)])

# The units of a term, as Babel calls them.
SINGULAR: dict[str, Literal["minute", "hour", "day"]] = {"minutes": "minute", "hours": "hour", "days": "day"}
# Of the kinds of `data/retention.yml` those that come from citizens, in the order of the page.
OF_CITIZENS = (
    "conversation",
    "telegram_chat",
    "telegram_follow_up",
    "unrecognised",
    "slip",
    "proposal_open",
    "proposal_decided",
)


@router.get("/privacy", response_class=HTMLResponse)
def show_privacy(request: Request, settings: TheSettings, lang: str = DEFAULT_LANGUAGE) -> HTMLResponse:
    """Return the page."""
    language = choose_language(lang)
    texts = load_words(settings.data_dir).texts[language]
    context = {"texts": texts, "kept": describe_kept(load_terms(settings), texts, language)}
    return templates.TemplateResponse(request, "privacy.html", make_frame(request, language) | context)


def describe_kept(terms: Mapping[str, Term], texts: Mapping[str, str], language: str) -> list[tuple[str, str, str]]:
    """Return (kind, what is kept, for how long) of everything that comes from citizens."""
    return [
        (kind, texts[f"kept_{kind}"], texts[f"kept_{kind}_for"].format(term=describe_term(terms[kind], language)))
        for kind in OF_CITIZENS
    ]


def describe_term(term: Term, language: str) -> str:
    """Return a term in words: `24 uur`, `1 day`."""
    unit = SINGULAR[term.unit]
    return format_timedelta(term.length, unit, threshold=sys.maxsize, locale=language)  # never in a larger unit
