"""A library's own words on the cards of topics: rewrite a paragraph, leave it out, or go back to the catalogue."""

from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.proposals.pages import EDITORIAL, AnId, Editor, check_keeps_library, name_library, show_page
from api.web.forms import Fields, TheFields
from api.web.problems import get_status
from api.web.staff_page import explain, go
from api.web.state import TheDatabase, TheSettings, get_settings
from referral.catalogue.service import LANGUAGES
from referral.catalogue.topics import PARTS
from referral.clock import read_clock
from referral.db import Database
from referral.errors import InvalidInput, OmDeHoekError
from referral.overlay import cards
from referral.overlay.cards import Place
from referral.referring.knowledge import load_knowledge
from referral.settings import Settings
from referral.staff.service import SignedIn

TEXTS = f"{EDITORIAL}/teksten"
router = APIRouter(prefix=TEXTS, include_in_schema=False)


@router.get("")
def list_topics(request: Request, signed_in: Editor, database: TheDatabase, settings: TheSettings) -> Response:
    """Show every topic, with what the library changed and where the catalogue has changed since."""
    catalogue = load_knowledge().catalogue
    with database.read() as session:
        check_keeps_library(session, signed_in, settings)
        counts = cards.count_overlays(session, settings.library)
        changed = dict.fromkeys(topic for topic, _ in cards.list_changed(session, catalogue, settings.library))
    topics = sorted(catalogue.topics.values(), key=lambda topic: topic.label["nl"].lower())
    return show_page(
        request,
        "topics.html",
        signed_in,
        topics=topics,
        counts=counts,
        changed=[catalogue.get_topic(topic) for topic in changed],
        library=name_library(request),
    )


@router.get("/{topic}")
def show_topic(topic: AnId, request: Request, signed_in: Editor, database: TheDatabase, done: str = "") -> Response:
    """Show the card of one topic, paragraph by paragraph."""
    settings = get_settings(request)
    return _show(request, signed_in, database, settings, topic, done=done)


@router.post("/{topic}")
def change(
    topic: AnId,
    request: Request,
    signed_in: Editor,
    fields: TheFields,
    database: TheDatabase,
) -> Response:
    """Do what was pressed for one paragraph."""
    settings = get_settings(request)
    catalogue = load_knowledge().catalogue
    place = Place(settings.library, topic, fields.get("part"), fields.get("paragraph"))
    act, now = fields.get("act"), read_clock()
    try:
        with database.begin() as session:
            check_keeps_library(session, signed_in, settings)
            match act:
                case "hide":
                    cards.hide(session, catalogue, place, by=signed_in.name, now=now)
                case "rewrite":
                    texts = {language: fields.get(f"text_{language}") for language in LANGUAGES}
                    cards.rewrite(session, catalogue, place, texts, by=signed_in.name, now=now)
                case "restore":
                    cards.restore(session, place)
                case _:
                    raise InvalidInput("nothing to do")
    except InvalidInput as error:
        return _show(request, signed_in, database, settings, topic, error=error, typed=fields)
    return go(f"{TEXTS}/{topic}?done={act}")


def _show(
    request: Request,
    signed_in: SignedIn,
    database: Database,
    settings: Settings,
    topic: str,
    *,
    done: str = "",
    error: OmDeHoekError | None = None,
    typed: Fields | None = None,
) -> Response:
    catalogue = load_knowledge().catalogue
    found = catalogue.get_topic(topic)
    with database.read() as session:
        check_keeps_library(session, signed_in, settings)
        rows = cards.list_layered(session, catalogue, topic, settings.library)
    return show_page(
        request,
        "texts.html",
        signed_in,
        status=get_status(error) if error else HTTPStatus.OK,
        fault=explain(request, error, "texts_error") if error else None,
        topic=found,
        rows=rows,
        parts=PARTS,
        languages=LANGUAGES,
        done=done,
        typed=typed or Fields([]),
        max_text=cards.MAX_TEXT,
    )
