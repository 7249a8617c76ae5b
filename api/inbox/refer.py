"""Refer a citizen from a conversation: choose topic and place, see who helps, send the card."""

from http import HTTPStatus

from fastapi import APIRouter
from starlette.responses import Response

from api.inbox.conversation import read_turn
from api.inbox.pages import HOME, AnId, Inbox, TheInbox
from api.web.forms import TheFields
from api.web.partner_view import read_partner, view_match
from api.web.problems import get_status
from api.web.staff_page import explain, go
from referral.clock import read_clock
from referral.conversations import service as conversations
from referral.errors import AmbiguousPlace, InvalidInput, OmDeHoekError, PartnerGone, RecordChanged, UnknownPlace
from referral.handover import referring
from referral.handover import service as handover
from referral.handover.referring import Chosen
from referral.models.base import make_id
from referral.places.service import resolve_place
from referral.places.table import Place
from referral.referring.visiting import MOST_PARTNERS, find_library_place, find_partners

router = APIRouter(prefix=HOME, include_in_schema=False)


@router.get("/{conversation_id}/verwijs")
def show_partners(conversation_id: AnId, inbox: TheInbox) -> Response:
    """Show who helps with what the conversation is about, where the citizen is."""
    with inbox.database.read() as session:
        handover.get_of(session, conversation_id, inbox.library_id)
        conversation = conversations.get_conversation(session, conversation_id)
        near = find_library_place(session, inbox.library_id, inbox.knowledge.places)
    place = conversation.place or (near.label if near else "")
    return show_page(inbox, conversation_id, topic=conversation.topic or "", place=place)


@router.post("/{conversation_id}/verwijs")
def refer(conversation_id: AnId, inbox: TheInbox, fields: TheFields) -> Response:
    """Look again for another topic or place, or send the citizen to the partner whose button was pressed."""
    topic, place = fields.get("topic"), fields.get("place")
    partner = read_partner(fields.get("partner"))
    try:
        if partner is None:
            return show_page(inbox, conversation_id, topic=topic, place=place)
        inbox.knowledge.catalogue.get_topic(topic)
        chosen = Chosen(
            turn_id=read_turn(fields.get("turn")), topic=topic, place=find_place(inbox, place), partner=partner
        )
        with inbox.database.begin() as session:
            handover.get_of(session, conversation_id, inbox.library_id)
            referring.refer(
                session, conversation_id, inbox.person_id, chosen, knowledge=inbox.knowledge, now=read_clock()
            )
    except (InvalidInput, PartnerGone, RecordChanged, UnknownPlace, AmbiguousPlace) as error:
        return show_page(inbox, conversation_id, topic=topic, place=place, error=error)
    return go(f"{HOME}/{conversation_id}#answer")


def find_place(inbox: Inbox, typed: str) -> Place | None:
    """Return the place that was typed, if any; raise `UnknownPlace` or `AmbiguousPlace`."""
    return resolve_place(typed, inbox.knowledge.places, inbox.knowledge.postcodes) if typed.strip() else None


def show_page(
    inbox: Inbox, conversation_id: str, *, topic: str, place: str, error: OmDeHoekError | None = None
) -> Response:
    """Return the page with who helps; what was typed stays. Raises `UnknownTopic`."""
    now = read_clock()
    where: Place | None = None
    try:
        where = find_place(inbox, place)
    except (UnknownPlace, AmbiguousPlace) as unclear:
        error = unclear
    catalogue = inbox.knowledge.catalogue
    with inbox.database.read() as session:
        handover.get_of(session, conversation_id, inbox.library_id)
        matches = []
        if topic:
            outcome = find_partners(session, topic, place=where, knowledge=inbox.knowledge, now=now)
            matches = list(outcome.matches[:MOST_PARTNERS])
        municipality = where.municipality_name if where else ""
        partners = [
            view_match(session, match, municipality=municipality, words=inbox.words, now=now) for match in matches
        ]
    topics = sorted(
        (one for one in catalogue.topics.values() if not one.is_emergency), key=lambda one: one.label["nl"].casefold()
    )
    return inbox.show(
        "refer.html",
        status=get_status(error) if error else HTTPStatus.OK,
        fault=explain(inbox.request, error, "inbox_error") if error else None,
        choices=error.choices if isinstance(error, AmbiguousPlace) else (),
        conversation_id=conversation_id,
        topics=topics,
        topic=topic,
        place=place,
        partners=partners,
        turn=make_id(),
    )
