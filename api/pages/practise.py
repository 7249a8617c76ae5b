"""Oefenen en hulp: what a library and its partners offer on each basic skill, and what there is online.

A page of our own, and one that a site of the library can show in a frame (`kader=1`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.frame import DEFAULT_LANGUAGE, choose_language, make_frame, templates
from api.pages.linked_data import describe_list, describe_service
from api.pages.partner import PartnerText, make_partner_text
from api.pages.search import find_hits, find_subject
from api.web.dependencies import TheMoment, TheSession, limit_reading
from api.web.headers import POLICY
from api.web.origin import make_address
from api.web.schemas import Id
from api.web.state import TheSettings
from api.web.words import Words, load_words
from referral.catalogue.skills import Skill, load_skills
from referral.directory import service as directory
from referral.directory.card import ServiceCard
from referral.directory.libraries import find_library
from referral.errors import NotFound, UnknownLibrary
from referral.matching.wishes import NOTHING
from referral.places.table import Place
from referral.referring.knowledge import load_knowledge
from referral.widgets.service import get_wishes

HOME = "/oefenen"
router = APIRouter(prefix=HOME, include_in_schema=False, dependencies=[Depends(limit_reading)])

LibraryId = Annotated[Id, Path(alias="libraryId")]


class PractiseQuery(BaseModel):
    """`kader`: only the offer itself, for in a frame on another page."""

    lang: str = DEFAULT_LANGUAGE
    kader: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What there is on one skill: near the library, and for everybody online or by phone."""

    id: str
    label: str
    what: str
    here: list[PartnerText]
    everywhere: list[PartnerText]


@router.get("")
def find_own(request: Request, settings: TheSettings) -> Response:
    """Lead to the offer of the library whose assistant this is."""
    asked = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{HOME}/{settings.library}{asked}")


@router.get("/{libraryId}", response_class=HTMLResponse)
def show_offers(
    request: Request,
    session: TheSession,
    now: TheMoment,
    library_id: LibraryId,
    query: Annotated[PractiseQuery, Query()],
) -> HTMLResponse:
    """Show what there is on every skill."""
    return _show(request, session, now, library_id=library_id, query=query, chosen=None)


@router.get("/{libraryId}/{skill}", response_class=HTMLResponse)
def show_offer(
    request: Request,
    session: TheSession,
    now: TheMoment,
    library_id: LibraryId,
    *,
    skill: str,
    query: Annotated[PractiseQuery, Query()],
) -> HTMLResponse:
    """Show what there is on one skill."""
    return _show(request, session, now, library_id=library_id, query=query, chosen=skill)


def _show(
    request: Request, session: Session, now: datetime, *, library_id: str, query: PractiseQuery, chosen: str | None
) -> HTMLResponse:
    """Return the page; raise `UnknownLibrary`, and `NotFound` for a skill that is none."""
    settings, knowledge = request.app.state.settings, load_knowledge()
    skills = load_skills(settings.data_dir, knowledge.catalogue)
    desk = find_library(session, library_id, now)
    if desk is None:
        raise UnknownLibrary("no such library")
    if chosen is not None and chosen not in skills:
        raise NotFound("no such skill")
    language = choose_language(query.lang)
    words = load_words(settings.data_dir)
    organization = directory.find_organization(session, library_id)
    code = organization.municipality if organization else None
    place = knowledge.places.find_whole(code) if code else None
    found = {
        skill.id: find_cards(session, skill, place, now) for skill in skills.values() if chosen in (None, skill.id)
    }
    cards = {card.service_id: card for of_skill in found.values() for card in of_skill}
    context: dict[str, Any] = {
        "library_id": library_id,
        "library": desk.organization_name,
        "skills": [(skill.id, skill.label[language]) for skill in skills.values()],
        "chosen": chosen,
        "offers": [make_offer(skills[one], of_skill, now, words, language) for one, of_skill in found.items()],
        "is_framed": query.kader,
        "linked_data": describe_list(
            [
                describe_service(
                    card, now, url=make_address(request, "show_partner", serviceId=card.service_id), language=language
                )
                for card in cards.values()
            ]
        )
        if cards
        else None,
    }
    frame = make_frame(request, language) | {"say": lambda key, **values: words.get_text(key, language, **values)}
    page = templates.TemplateResponse(request, "practise.html", frame | context)
    sites = " ".join(("'self'", *get_wishes(session, library_id).origins))
    page.headers["Content-Security-Policy"] = POLICY.replace("frame-ancestors 'self'", f"frame-ancestors {sites}")
    return page


def find_cards(session: Session, skill: Skill, place: Place | None, now: datetime) -> list[ServiceCard]:
    """Return who offers something on a skill in that municipality or for everybody, each once, best first."""
    cards: dict[str, ServiceCard] = {}
    for topic in skill.topics:
        subject = find_subject(load_knowledge(), topic=topic, kind="")
        for hit in find_hits(session, subject, place, NOTHING, now)[0] if subject else ():
            cards.setdefault(hit.card.service_id, hit.card)
    return list(cards.values())


def make_offer(skill: Skill, cards: list[ServiceCard], now: datetime, words: Words, language: str) -> Offer:
    """Return an offer in one language; who has an address is here, all others are for everybody."""
    texts = [make_partner_text(card, now, words=words, language=language) for card in cards]
    return Offer(
        id=skill.id,
        label=skill.label[language],
        what=skill.what[language],
        here=[text for text in texts if text.address],
        everywhere=[text for text in texts if not text.address],
    )
