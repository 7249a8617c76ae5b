"""The conversations that want a person: who waits longest stands first."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from api.inbox.pages import HOME, Inbox, TheInbox
from referral.handover import service as handover
from referral.models.handover import State

router = APIRouter(prefix=HOME, include_in_schema=False)


@router.get("")
def list_all(inbox: TheInbox) -> Response:
    """Show the list, which keeps itself up to date."""
    return inbox.show("inbox.html", **describe(inbox))


@router.get("/lijst")
def list_part(inbox: TheInbox) -> Response:
    """Return the list alone."""
    return inbox.show_part("waiting.html", **describe(inbox))


def describe(inbox: Inbox) -> dict[str, Any]:
    """Return what waits, and what colleagues have in hand."""
    with inbox.database.read() as session:
        listed = handover.list_open(session, inbox.library_id)
    return {
        "waiting": [one for one, _ in listed if one.state is State.WAITING],
        "talking": [(one, person) for one, person in listed if one.state is State.TALKING],
        "person_id": inbox.person_id,
    }
