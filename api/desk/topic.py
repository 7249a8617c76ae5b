"""A topic at the desk: its card beside the partners, and below them the form that registers and refers."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter
from fastapi import Path as InPath
from starlette.responses import Response

from api.desk.pages import HOME, AnId, AVisit, Desk, TheDesk, is_id
from api.desk.question import REGISTERED
from api.web.forms import Fields, TheFields
from api.web.partner_view import DUTCH, read_partner, view_card, view_match
from api.web.problems import get_status
from api.web.staff_page import explain, go
from referral.clock import read_clock
from referral.directory import service as directory
from referral.errors import InvalidInput, OmDeHoekError, PartnerGone, PracticeMixed
from referral.journal.form import read_answers
from referral.journal.statuses import Way
from referral.models.base import make_id
from referral.overlay.cards import get_card
from referral.places.table import Place
from referral.referring.visiting import MOST_PARTNERS, Visited, find_partners, register_visit

router = APIRouter(prefix=HOME, include_in_schema=False)
ATopic = Annotated[str, InPath(max_length=40, pattern=r"^\w+$")]
NOTHING_TYPED = Fields([])


@router.get("/topics/{topic_id}")
def show_topic(topic_id: ATopic, desk: TheDesk, visit: AVisit = "") -> Response:
    """Show the card, the partners and the form with the usual answers."""
    return show_page(desk, topic_id, visit=visit)


@router.post("/topics/{topic_id}")
def register(topic_id: ATopic, desk: TheDesk, fields: TheFields) -> Response:
    """Register the question and refer to the partner whose button was pressed, if one was."""
    now = read_clock()
    try:
        if fields.get("practice") != desk.practice_id:
            raise PracticeMixed("a form of work sent in practice, or the other way around")
        with desk.database.begin() as session:
            visited = read_visited(desk, topic_id, fields, desk.find_place(session))
            question, _ = register_visit(session, visited, desk.knowledge, now)
            question_id = question.id
    except (InvalidInput, PartnerGone, PracticeMixed) as error:
        return show_page(desk, topic_id, visit=fields.get("visit"), typed=fields, error=error)
    return go(f"{REGISTERED}/{question_id}")


@router.get("/partners/{service_id}")
def show_partner(service_id: AnId, desk: TheDesk, visit: AVisit = "") -> Response:
    """Show a partner that was found by name, with the topics it helps with."""
    now = read_clock()
    with desk.database.read() as session:
        card = directory.get_service(session, service_id, now=now)
    is_open = bool(card.today and card.today.open_now)
    partner = view_card(card, now=now, words=desk.words, reasons=[], is_open=is_open)
    topics = [one for one in desk.knowledge.catalogue.topics.values() if set(one.partners) & set(card.kinds)]
    return desk.show("partner.html", partner=partner, topics=topics, visit=visit)


def read_visited(desk: Desk, topic_id: str, fields: Fields, place: Place | None) -> Visited:
    """Return what the form asks for; raise `InvalidInput` for what it cannot ask."""
    desk.knowledge.catalogue.get_topic(topic_id)
    if not is_id(fields.get("turn")):
        raise InvalidInput("a form without its id")
    try:
        way = Way(fields.get("way") or Way.COLD)
    except ValueError as error:
        raise InvalidInput("no way to refer") from error
    return Visited(
        turn_id=fields.get("turn"),
        topic=topic_id,
        library_id=desk.library_id,
        visit_id=fields.get("visit") if is_id(fields.get("visit")) else None,
        answers=read_answers(desk.form, topic_id, dict(fields.pairs)),
        place=place,
        partner=read_partner(fields.get("partner")),
        way=way,
    )


def show_page(
    desk: Desk, topic_id: str, *, visit: str, typed: Fields = NOTHING_TYPED, error: OmDeHoekError | None = None
) -> Response:
    """Return the page; what was typed stays. Raises `UnknownTopic`."""
    now = read_clock()
    catalogue = desk.knowledge.catalogue
    topic = catalogue.get_topic(topic_id)
    with desk.database.read() as session:
        place = desk.find_place(session)
        card = get_card(session, catalogue, topic_id, language=DUTCH, library_id=desk.library_id)
        outcome = find_partners(session, topic_id, place=place, knowledge=desk.knowledge, now=now)
        municipality = place.municipality_name if place else ""
        partners = [
            view_match(session, match, municipality=municipality, words=desk.words, now=now)
            for match in outcome.matches[:MOST_PARTNERS]
        ]
    usual = {"kind": topic.register_as, "organisation": next(iter(topic.national), "")}
    fields = desk.form.list_for(topic_id)
    answers = {field.id: typed.get(field.id) or usual.get(field.id) or field.usual for field in fields}
    return desk.show(
        "topic.html",
        status=get_status(error) if error else HTTPStatus.OK,
        fault=explain(desk.request, error) if error else None,
        topic=topic,
        card=card,
        partners=partners,
        has_local=bool(outcome.local),
        place=place,
        fields=fields,
        answers=answers if not typed.pairs else {field.id: typed.get(field.id) for field in fields},
        is_sensitive=catalogue.is_sensitive(topic_id),
        ways=list(Way),
        way=typed.get("way") or Way.COLD,
        turn=typed.get("turn") or make_id(),
        visit=visit,
    )
