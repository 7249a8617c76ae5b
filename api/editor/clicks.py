"""What an editor does with a service in one click: checked today, closed for a while, open again, no longer there."""

from datetime import date
from http import HTTPStatus

from fastapi import APIRouter
from starlette.responses import Response

from api.editor.pages import SERVICE, Office, RowId, TheOffice
from api.web.forms import TheFields
from api.web.staff_page import go
from referral.clock import read_clock, to_local
from referral.editing import edits
from referral.editing import service as editing
from referral.errors import InvalidInput
from referral.exchange.records import Batch

router = APIRouter(prefix=SERVICE + "/{service_id}", include_in_schema=False)

ASKED = ("start", "end", "reason")
LONGEST_REASON = 200


@router.post("/gecontroleerd")
def check(service_id: RowId, office: TheOffice) -> Response:
    """Say that everything was checked today."""
    return _click(office, service_id, edits.check_today(service_id, to_local(read_clock()).date()), "checked")


@router.get("/dicht")
def ask_closure(service_id: RowId, office: TheOffice) -> Response:
    """Ask from when to when, and why."""
    return _show_closure(office, service_id)


@router.post("/dicht")
def close(service_id: RowId, office: TheOffice, fields: TheFields) -> Response:
    """Close from the first to the last day, or until somebody opens it again."""
    try:
        batch = _read_closure(service_id, fields.get("start"), fields.get("end"), fields.get("reason").strip())
    except (InvalidInput, ValueError):
        return _show_closure(office, service_id, {name: fields.get(name) for name in ASKED})
    return _click(office, service_id, batch, "closed")


@router.post("/open")
def reopen(service_id: RowId, office: TheOffice) -> Response:
    """Open again what was closed or had stopped."""
    return _click(office, service_id, edits.reopen(service_id), "opened")


@router.post("/gestopt")
def end(service_id: RowId, office: TheOffice) -> Response:
    """Say that the service no longer exists."""
    return _click(office, service_id, edits.end(service_id), "ended")


def _read_closure(service_id: str, start: str, end: str, reason: str) -> Batch:
    """Return the closure; raise `InvalidInput` or `ValueError` when the days are none, or in the wrong order."""
    if not end and not start:
        return edits.close(service_id)
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if last < first or len(reason) > LONGEST_REASON:
        raise InvalidInput("ends before it starts, or a long reason")
    return edits.close_until(service_id, first, last, reason)


def _click(office: Office, service_id: str, batch: Batch, done: str) -> Response:
    with office.database.begin() as session:
        editing.check_known(session, service_id)
        editing.save(session, batch, office.reach, by=office.signed_in.name, now=read_clock())
    return go(f"{SERVICE}/{service_id}?done={done}")


def _show_closure(office: Office, service_id: str, typed: dict[str, str] | None = None) -> Response:
    """Return the page that asks; `typed` is what could not be read."""
    with office.database.read() as session:
        form = editing.get_form(session, service_id, office.reference)
        editing.check_reach(session, office.reach, [service_id])
    status = HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST
    return office.show(
        "close.html", status=status, form=form, typed=typed or dict.fromkeys(ASKED, ""), is_wrong=typed is not None
    )
