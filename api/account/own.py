"""My account: who I am, what I may do, where I am signed in, and my password."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.account.pages import HOME, ID_PATTERN, PASSWORD, show_page
from api.account.permissions import name_permissions
from api.web.access import require
from api.web.forms import Fields, TheFields
from api.web.problems import get_status
from api.web.sessions import get_idle, set_cookie
from api.web.staff_page import explain, go
from api.web.state import TheDatabase, TheSettings
from referral.clock import read_clock
from referral.errors import NotSignedIn, WeakPassword
from referral.models.columns import ID_LENGTH
from referral.staff import people
from referral.staff import service as staff
from referral.staff.passwords import MIN_LENGTH
from referral.staff.service import Entry, SignedIn

router = APIRouter(include_in_schema=False)

Anybody = Annotated[SignedIn, require()]
AnybodyAtFirst = Annotated[SignedIn, require(one_time=True)]
SessionId = Annotated[str, Path(max_length=ID_LENGTH, pattern=ID_PATTERN)]


@router.get(HOME)
def show_account(
    request: Request, signed_in: Anybody, database: TheDatabase, settings: TheSettings, done: str = ""
) -> Response:
    """Show who is signed in, with what they may do and their sessions."""
    with database.read() as session:
        sessions = staff.list_sessions(session, signed_in.person_id, now=read_clock(), idle=get_idle(settings))
        held = name_permissions(session, signed_in.permissions)
    return show_page(request, "account.html", signed_in, sessions=sessions, held=held, done=done)


@router.post("/account/sessions/end")
def end_others(signed_in: Anybody, database: TheDatabase) -> Response:
    """End every session but this one."""
    with database.begin() as session:
        staff.end_all(session, signed_in.person_id, read_clock(), keep=signed_in.session_id)
    return go(f"{HOME}?done=sessions")


@router.post("/account/sessions/{session_id}/end")
def end_session(session_id: SessionId, signed_in: Anybody, database: TheDatabase) -> Response:
    """End one session of one's own."""
    with database.begin() as session:
        staff.end_one(session, signed_in.person_id, session_id, read_clock())
    return go(f"{HOME}?done=sessions")


@router.get(PASSWORD)
def ask_password(request: Request, signed_in: AnybodyAtFirst) -> Response:
    """Show the form for another password."""
    return show_page(request, "password.html", signed_in, fault=None, min_length=MIN_LENGTH)


@router.post(PASSWORD)
def change_password(
    request: Request, signed_in: AnybodyAtFirst, fields: TheFields, database: TheDatabase, settings: TheSettings
) -> Response:
    """Change the password; all sessions end and this browser gets a new one."""
    try:
        with database.begin() as session:  # a wrong password is counted in it: nothing but `WeakPassword` is raised
            entry = _change(session, signed_in, fields)
        if entry is None:
            raise NotSignedIn("not the present password")
    except (NotSignedIn, WeakPassword) as error:
        fault = explain(request, error, "password_error")
        return show_page(
            request, "password.html", signed_in, status=get_status(error), fault=fault, min_length=MIN_LENGTH
        )
    response = go(f"{HOME}?done=password")
    set_cookie(response, settings, entry.token)
    return response


def _change(session: Session, signed_in: SignedIn, fields: Fields) -> Entry | None:
    """Return the new session, or `None` when the present password is not the one that was typed."""
    now = read_clock()
    person = people.get_person(session, signed_in.person_id)
    return staff.change_password(
        session, person, old=fields.get("old_password"), new=fields.get("new_password"), now=now
    )
