"""The people: managers add colleagues, give and take grants, give a new password, shut somebody out."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.account.pages import ID_PATTERN, show_page
from api.account.permissions import name_permissions, read_permission
from api.web.access import require
from api.web.forms import Fields, TheFields
from api.web.problems import get_status
from api.web.staff_page import explain, go
from api.web.state import TheDatabase
from referral.clock import read_clock
from referral.db import Database
from referral.errors import EmailTaken, InvalidInput, LastManager, NotAllowed, OmDeHoekError, UnknownScope
from referral.models.columns import ID_LENGTH
from referral.models.grant import Role
from referral.models.person import Person
from referral.staff import people, reach
from referral.staff.scopes import Permission
from referral.staff.service import SignedIn

PEOPLE = "/account/people"
router = APIRouter(prefix=PEOPLE, include_in_schema=False)

Manager = Annotated[SignedIn, require(Role.MANAGER)]
PersonId = Annotated[str, Path(max_length=ID_LENGTH, pattern=ID_PATTERN)]
# What a manager can set right on the page itself.
FAULTS = (EmailTaken, InvalidInput, LastManager, NotAllowed, UnknownScope)


@router.get("")
def list_people(request: Request, signed_in: Manager, database: TheDatabase) -> Response:
    """Show everybody who has a grant within what the manager manages."""
    return show_people(request, signed_in, database)


@router.post("")
def add_person(request: Request, signed_in: Manager, fields: TheFields, database: TheDatabase) -> Response:
    """Add somebody with a first grant; their one-time password is on the page that follows, and nowhere else."""
    now = read_clock()
    try:
        permission = read_permission(fields)
        with database.begin() as session:
            check_grant(session, signed_in, permission)
            person = people.add_person(session, fields.get("name"), fields.get("email"), now=now)
            people.add_grant(session, person, permission)
            password = people.reset_password(session, person, now)
    except FAULTS as error:
        return show_people(request, signed_in, database, error=error, typed=fields)
    return show_page(request, "one_time.html", signed_in, person=person, password=password)


@router.get("/{person_id}")
def show(person_id: PersonId, request: Request, signed_in: Manager, database: TheDatabase, done: str = "") -> Response:
    """Show somebody, with what they may do."""
    return show_person(request, signed_in, database, person_id, done=done)


@router.post("/{person_id}/grant")
def add_grant(
    person_id: PersonId, request: Request, signed_in: Manager, fields: TheFields, database: TheDatabase
) -> Response:
    """Grant."""
    try:
        permission = read_permission(fields)
        with database.begin() as session:
            check_grant(session, signed_in, permission)
            people.add_grant(session, get_seen(session, signed_in, person_id), permission)
    except FAULTS as error:
        return show_person(request, signed_in, database, person_id, error=error)
    return go(f"{PEOPLE}/{person_id}?done=granted")


@router.post("/{person_id}/withdraw")
def withdraw_grant(
    person_id: PersonId, request: Request, signed_in: Manager, fields: TheFields, database: TheDatabase
) -> Response:
    """Take a grant away. Its scope need not exist any more."""
    try:
        permission = read_permission(fields)
        with database.begin() as session:
            reach.check_may_grant(session, signed_in, permission.scope)
            people.withdraw_grant(session, get_seen(session, signed_in, person_id), permission)
            is_seen = reach.sees(session, signed_in, people.list_permissions(session, person_id))
    except FAULTS as error:
        return show_person(request, signed_in, database, person_id, error=error)
    return go(f"{PEOPLE}/{person_id}?done=withdrawn" if is_seen else PEOPLE)


@router.post("/{person_id}/block")
def block(person_id: PersonId, request: Request, signed_in: Manager, database: TheDatabase) -> Response:
    """Shut somebody out at once."""
    try:
        with database.begin() as session:
            people.block(session, get_managed(session, signed_in, person_id), read_clock())
    except FAULTS as error:
        return show_person(request, signed_in, database, person_id, error=error)
    return go(f"{PEOPLE}/{person_id}?done=blocked")


@router.post("/{person_id}/unblock")
def unblock(person_id: PersonId, signed_in: Manager, database: TheDatabase) -> Response:
    """Let somebody in again."""
    with database.begin() as session:
        people.unblock(get_managed(session, signed_in, person_id))
    return go(f"{PEOPLE}/{person_id}?done=unblocked")


@router.post("/{person_id}/reset")
def reset_password(person_id: PersonId, request: Request, signed_in: Manager, database: TheDatabase) -> Response:
    """Give a one-time password; it is on the page that follows, and nowhere else."""
    with database.begin() as session:
        person = get_managed(session, signed_in, person_id)
        password = people.reset_password(session, person, read_clock())
    return show_page(request, "one_time.html", signed_in, person=person, password=password)


# ── what may be done to whom ──────────────────────────────────────────────────


def check_grant(session: Session, signed_in: SignedIn, permission: Permission) -> None:
    """Raise `UnknownScope` or `NotAllowed` when this manager cannot give this grant."""
    reach.check_scope(session, permission.scope)
    reach.check_may_grant(session, signed_in, permission.scope)


def get_seen(session: Session, signed_in: SignedIn, person_id: str) -> Person:
    """Return somebody whom this manager may know of; raise `UnknownPerson` or `NotAllowed`."""
    person = people.get_person(session, person_id)
    if not reach.sees(session, signed_in, people.list_permissions(session, person_id)):
        raise NotAllowed("nobody of this manager's people")
    return person


def get_managed(session: Session, signed_in: SignedIn, person_id: str) -> Person:
    """Return somebody else of whom this manager manages everything; raise `UnknownPerson` or `NotAllowed`."""
    person = people.get_person(session, person_id)
    if person.id == signed_in.person_id:
        raise NotAllowed("not to oneself")
    reach.check_manages(session, signed_in, person)
    return person


# ── the two pages ─────────────────────────────────────────────────────────────


def show_people(
    request: Request,
    signed_in: SignedIn,
    database: Database,
    *,
    error: OmDeHoekError | None = None,
    typed: Fields | None = None,
) -> Response:
    """Return the list, with the form to add somebody as it was typed."""
    with database.read() as session:
        permissions = people.list_all_permissions(session)
        rows = [
            (person, name_permissions(session, permissions.get(person.id, ())))
            for person in people.list_people(session)
            if reach.sees(session, signed_in, permissions.get(person.id, ()))
        ]
        scopes = reach.list_scopes(session, signed_in)
    return show_page(
        request,
        "people.html",
        signed_in,
        status=get_status(error) if error else HTTPStatus.OK,
        fault=explain(request, error) if error else None,
        typed=typed or Fields([]),
        rows=rows,
        scopes=scopes,
        roles=list(Role),
    )


def show_person(
    request: Request,
    signed_in: SignedIn,
    database: Database,
    person_id: str,
    *,
    error: OmDeHoekError | None = None,
    done: str = "",
) -> Response:
    """Return the page of one person, with what went wrong or was done."""
    with database.read() as session:
        person = get_seen(session, signed_in, person_id)
        permissions = people.list_permissions(session, person_id)
        held = name_permissions(session, permissions)
        can_withdraw = {str(one.scope) for one in permissions if reach.manages(session, signed_in, [one])}
        can_manage = person_id != signed_in.person_id and reach.manages(session, signed_in, permissions)
        scopes = reach.list_scopes(session, signed_in)
    return show_page(
        request,
        "person.html",
        signed_in,
        status=get_status(error) if error else HTTPStatus.OK,
        fault=explain(request, error) if error else None,
        done=done,
        person=person,
        is_locked=is_locked(person, read_clock()),
        held=held,
        can_withdraw=can_withdraw,
        can_manage=can_manage,
        scopes=scopes,
        roles=list(Role),
    )


def is_locked(person: Person, now: datetime) -> bool:
    return person.locked_until is not None and person.locked_until > now
