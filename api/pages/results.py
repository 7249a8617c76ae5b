"""The pages of results, without a script: who can help with something somewhere, and each partner's own page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from api.pages import search
from api.pages.frame import DEFAULT_LANGUAGE, choose_language, make_frame, templates
from api.pages.linked_data import CONTEXT, describe_list, describe_service
from api.pages.partner import PartnerText, make_partner_text
from api.web.dependencies import TheMoment, TheSession, limit_reading
from api.web.origin import make_address
from api.web.reasons import keep_in_favour, say_left_out, say_reasons
from api.web.schemas import Id
from api.web.service_words import pick, say_distance
from api.web.words import Words, load_words
from referral.directory import service as directory
from referral.errors import NotFound
from referral.referring.knowledge import load_knowledge
from referral.settings import get_settings

router = APIRouter(include_in_schema=False, dependencies=[Depends(limit_reading)])

MAX_PLACE = 80


class ResultsQuery(BaseModel):
    """What the form sends; a topic, kind or wish that does not exist is none."""

    topic: str = ""
    kind: str = ""
    place: str = ""
    wish: Sequence[str] = ()
    lang: str = DEFAULT_LANGUAGE


class PartnerQuery(BaseModel):
    """Which of its locations is meant; the first, if none is named."""

    location: Id | None = None
    lang: str = DEFAULT_LANGUAGE


@dataclass(frozen=True, slots=True)
class ResultText:
    """A partner in the list, with the reasons in words and the distance ("1,2 km")."""

    partner: PartnerText
    reasons: list[str]
    distance: str


@router.get("/zoek", response_class=HTMLResponse)
def show_results(
    request: Request,
    session: TheSession,
    now: TheMoment,
    query: Annotated[ResultsQuery, Query()],
) -> HTMLResponse:
    """Return the form, and who can help when something is chosen; what cannot be read is asked again."""
    language = choose_language(query.lang)
    knowledge = load_knowledge()
    subject = search.find_subject(knowledge, topic=query.topic, kind=query.kind)
    typed = query.place[:MAX_PLACE].strip()
    places = search.list_places(knowledge, typed)
    where = places[0] if len(places) == 1 else None
    hits, left_out = (
        search.find_hits(session, subject, where, search.read_wishes(query.wish), now)
        if subject and (where or not typed)
        else ([], ())
    )
    words = load_words(get_settings().data_dir)
    results = [
        ResultText(
            partner=make_partner_text(hit.card, now, words=words, language=language),
            reasons=say_reasons(
                keep_in_favour(hit.reasons),
                municipality=where.municipality_name if where else None,
                groups=knowledge.catalogue.list_labels(hit.card.target_groups),
                words=words,
                language=language,
            ),
            distance="" if hit.distance_km is None else say_distance(hit.distance_km, language),
        )
        for hit in hits
    ]
    found = [
        describe_service(hit.card, now, url=_make_address(request, hit.card.service_id), language=language)
        for hit in hits
    ]
    context = {
        "subjects": search.list_subjects(knowledge),
        "subject": subject,
        "subject_label": pick(subject.label, language) if subject else "",
        "wishes": search.WISHES,
        "chosen": [wish for wish in search.WISHES if wish in query.wish],
        "typed": typed,
        "where": where,
        "choices": [one.label for one in places] if len(places) > 1 else [],
        "is_unknown_place": bool(typed) and not places,
        "results": results,
        "left_out": say_left_out(left_out, words=words, language=language),
        "linked_data": describe_list(found) if found else None,
    }
    return _render(request, "results.html", words, language, context)


@router.get("/partner/{serviceId}", response_class=HTMLResponse)
def show_partner(
    request: Request,
    session: TheSession,
    now: TheMoment,
    service_id: Annotated[Id, Path(alias="serviceId")],
    query: Annotated[PartnerQuery, Query()],
) -> HTMLResponse:
    """Return the page of a partner at one of its locations."""
    language = choose_language(query.lang)
    words = load_words(get_settings().data_dir)
    try:
        card = directory.get_service(session, service_id, now=now, location_id=query.location)
    except NotFound:
        return _render(request, "no_partner.html", words, language, {}, status=404)
    found = describe_service(card, now, url=_make_address(request, service_id), language=language)
    kinds = load_knowledge().catalogue.partner_kinds
    context = {
        "partner": make_partner_text(card, now, words=words, language=language),
        "kinds": [kinds[kind] for kind in card.kinds if kind in kinds],
        "linked_data": {"@context": CONTEXT, **found} if card.is_offered else None,
    }
    return _render(request, "partner.html", words, language, context)


def _make_address(request: Request, service_id: str) -> str:
    return make_address(request, "show_partner", serviceId=service_id)


def _render(
    request: Request, template: str, words: Words, language: str, context: dict[str, Any], *, status: int = 200
) -> HTMLResponse:
    def say(key: str, **values: str) -> str:
        return words.get_text(key, language, **values)

    frame = make_frame(request, language) | {"say": say}
    return templates.TemplateResponse(request, template, frame | context, status_code=status)
