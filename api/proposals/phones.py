"""Numbers that were read nowhere: an editor confirms them, by name and date, or takes that back."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.proposals.pages import EDITORIAL, AnId, Editor, check_keeps, show_page
from api.web.forms import TheFields
from api.web.staff_page import go
from api.web.state import TheDatabase
from referral.clock import read_clock
from referral.overlay import phones
from referral.staff import reach

PHONES = f"{EDITORIAL}/telefoonnummers"
router = APIRouter(prefix=PHONES, include_in_schema=False)


@router.get("")
def list_phones(request: Request, signed_in: Editor, database: TheDatabase, done: str = "") -> Response:
    """Show the numbers of the organizations that the editor keeps."""
    with database.read() as session:
        rows = [one for one in phones.list_unverified(session) if reach.keeps(session, signed_in, one.organization)]
    return show_page(request, "phones.html", signed_in, rows=rows, done=done)


@router.post("/{phone_id}")
def decide(phone_id: AnId, signed_in: Editor, fields: TheFields, database: TheDatabase) -> Response:
    """Confirm a number, or withdraw that."""
    is_confirmed = fields.get("act") == "confirm"
    with database.begin() as session:
        found = phones.get_unverified(session, phone_id)
        check_keeps(session, signed_in, found.organization)
        change = phones.confirm_phone if is_confirmed else phones.withdraw_phone
        change(session, found.phone, by=signed_in.name, now=read_clock())
    return go(f"{PHONES}?done={'confirmed' if is_confirmed else 'withdrawn'}")
