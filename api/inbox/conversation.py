"""One conversation: read it, take it, answer, give it back or close it."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from api.inbox.pages import HOME, AnId, Inbox, TheInbox
from api.inbox.transcript import read_transcript
from api.web.forms import TheFields
from api.web.problems import get_status
from api.web.staff_page import explain, go
from referral.clock import read_clock
from referral.errors import InvalidInput, OmDeHoekError, RecordChanged
from referral.handover import service as handover
from referral.models.base import make_id
from referral.models.columns import ID_LENGTH
from referral.models.handover import End, State
from referral.models.person import Person
from referral.privacy.prepare import prepare

router = APIRouter(prefix=HOME, include_in_schema=False)
GIVEN_UP = (End.HANDED_BACK, End.CLOSED)


@router.get("/{conversation_id}")
def show_conversation(conversation_id: AnId, inbox: TheInbox) -> Response:
    """Show a conversation, which keeps itself up to date."""
    return show_page(inbox, conversation_id)


@router.get("/{conversation_id}/berichten")
def show_part(conversation_id: AnId, inbox: TheInbox) -> Response:
    """Return what was said, and who has it, alone."""
    return inbox.show_part("transcript.html", **describe(inbox, conversation_id))


@router.post("/{conversation_id}/neem")
def take(conversation_id: AnId, inbox: TheInbox) -> Response:
    """Take it; a colleague who was second sees who was first."""
    try:
        with inbox.database.begin() as session:
            handover.get_of(session, conversation_id, inbox.library_id)
            handover.take(session, conversation_id, inbox.person_id, read_clock())
    except RecordChanged as error:
        return show_page(inbox, conversation_id, error=error)
    return go(f"{HOME}/{conversation_id}#answer")


@router.post("/{conversation_id}/stuur")
def say(conversation_id: AnId, inbox: TheInbox, fields: TheFields) -> Response:
    """Answer; what is typed is masked before it is written down."""
    try:
        text = prepare(fields.get("text"), limit=inbox.settings.message_max_chars).masked
        turn_id = read_turn(fields.get("turn"))
        with inbox.database.begin() as session:
            handover.get_of(session, conversation_id, inbox.library_id)
            handover.say(session, conversation_id, inbox.person_id, turn_id=turn_id, text=text, now=read_clock())
    except (InvalidInput, RecordChanged) as error:
        return show_page(inbox, conversation_id, typed=fields.get("text"), error=error)
    return go(f"{HOME}/{conversation_id}#answer")


@router.post("/{conversation_id}/eind")
def give_up(conversation_id: AnId, inbox: TheInbox, fields: TheFields) -> Response:
    """Give it back to the assistant, or close it."""
    try:
        how = next((one for one in GIVEN_UP if one == fields.get("how")), None)
        if how is None:
            raise InvalidInput("no way to end it")
        with inbox.database.begin() as session:
            handover.get_of(session, conversation_id, inbox.library_id)
            handover.give_up(session, conversation_id, inbox.person_id, how, read_clock())
    except (InvalidInput, RecordChanged) as error:
        return show_page(inbox, conversation_id, error=error)
    return go(HOME)


def read_turn(value: str) -> str:
    """Return the id of a form, or raise `InvalidInput`."""
    if not value or len(value) > ID_LENGTH:
        raise InvalidInput("a form without its id")
    return value


def describe(inbox: Inbox, conversation_id: str) -> dict[str, Any]:
    """Return what a conversation shows; raise `NotFound` when this library has none of it."""
    now = read_clock()
    with inbox.database.read() as session:
        found = handover.get_of(session, conversation_id, inbox.library_id)
        taken_by = session.get(Person, found.taken_by) if found.taken_by else None
        others = [
            one
            for one, _ in handover.list_open(session, inbox.library_id)
            if one.state is State.WAITING and one.conversation_id != conversation_id
        ]
        # What the citizen says after it ended is between them and the assistant.
        entries = read_transcript(session, conversation_id, now) if handover.is_open(found) else []
    return {
        "conversation_id": conversation_id,
        "handover": found,
        "taken_by": taken_by.name if taken_by else "",
        "is_mine": found.state is State.TALKING and found.taken_by == inbox.person_id,
        "entries": entries,
        "others": len(others),
    }


def show_page(inbox: Inbox, conversation_id: str, *, typed: str = "", error: OmDeHoekError | None = None) -> Response:
    """Return the page; what was typed stays."""
    return inbox.show(
        "conversation.html",
        status=get_status(error) if error else HTTPStatus.OK,
        fault=explain(inbox.request, error, "inbox_error") if error else None,
        typed=typed,
        turn=make_id(),
        max_chars=inbox.settings.message_max_chars,
        **describe(inbox, conversation_id),
    )
