"""The accounts: add somebody, give and take grants and passwords, shut somebody out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from referral.errors import EmailTaken, InvalidInput, LastManager, UnknownPerson, WeakPassword
from referral.models.base import make_id
from referral.models.grant import Grant, Role
from referral.models.person import EMAIL_LENGTH, Person
from referral.staff import queries
from referral.staff.passwords import check_password, hash_password, is_password, make_one_time_password
from referral.staff.scopes import COUNTRY, Permission, Scope

MAX_NAME = 200
ONE_TIME_LASTS = timedelta(days=7)
MANAGES_ALL = Permission(Role.MANAGER, COUNTRY)


def fold_email(email: str) -> str:
    return email.strip().lower()


def add_person(session: Session, name: str, email: str, *, now: datetime) -> Person:
    """Add somebody who cannot sign in by password yet. Raises `InvalidInput` and `EmailTaken`."""
    name, email = " ".join(name.split()), fold_email(email)
    local, at, domain = email.partition("@")
    if not (local and at and domain) or len(email) > EMAIL_LENGTH or any(map(str.isspace, email)) or "@" in domain:
        raise InvalidInput("no e-mail address")
    if not 0 < len(name) <= MAX_NAME:
        raise InvalidInput("no name, or too long")
    if queries.find_by_email(session, email):
        raise EmailTaken("somebody has this e-mail address already")
    person = Person(id=make_id(), name=name, email=email, is_blocked=False, failed_attempts=0, created_at=now)
    session.add(person)
    session.flush()
    return person


def get_person(session: Session, person_id: str) -> Person:
    """Return somebody of the staff, or raise `UnknownPerson`."""
    person = session.get(Person, person_id)
    if person is None:
        raise UnknownPerson("no such person")
    return person


def get_by_email(session: Session, email: str) -> Person:
    """Return who has this address, or raise `UnknownPerson`."""
    person = queries.find_by_email(session, fold_email(email))
    if person is None:
        raise UnknownPerson("nobody has this e-mail address")
    return person


def list_people(session: Session) -> Sequence[Person]:
    return queries.list_people(session)


# ── passwords ─────────────────────────────────────────────────────────────────


def set_password(person: Person, password: str) -> None:
    """Set the password that somebody chose themselves; raise `WeakPassword` when it is too easy or not a new one."""
    check_password(password, person.email)
    if is_password(password, person.password_hash):
        raise WeakPassword("not_new")
    person.password_hash = hash_password(password)
    person.one_time_until = person.locked_until = None
    person.failed_attempts = 0


def reset_password(session: Session, person: Person, now: datetime) -> str:
    """Give a one-time password, to be shown once; whoever is signed in as this person is not any more."""
    password = make_one_time_password()
    person.password_hash = hash_password(password)
    person.one_time_until = now + ONE_TIME_LASTS
    person.failed_attempts, person.locked_until = 0, None
    queries.end_sessions(session, person.id, now)
    return password


# ── grants ────────────────────────────────────────────────────────────────────


def list_permissions(session: Session, person_id: str) -> tuple[Permission, ...]:
    return tuple(map(read_permission, queries.list_grants(session, person_id)))


def list_all_permissions(session: Session) -> dict[str, tuple[Permission, ...]]:
    """Return the permissions of everybody who has any, by the person's id."""
    found: dict[str, tuple[Permission, ...]] = {}
    for grant in queries.list_grants(session):
        found[grant.person_id] = (*found.get(grant.person_id, ()), read_permission(grant))
    return found


def read_permission(grant: Grant) -> Permission:
    return Permission(grant.role, Scope(grant.scope_kind, grant.scope_id))


def add_grant(session: Session, person: Person, permission: Permission) -> None:
    """Grant; what somebody has already is no error. The scope is checked by `reach.check_scope`."""
    if _find_grant(session, person, permission) is None:
        scope = permission.scope
        session.add(
            Grant(id=make_id(), person_id=person.id, role=permission.role, scope_kind=scope.kind, scope_id=scope.id)
        )
        session.flush()


def withdraw_grant(session: Session, person: Person, permission: Permission) -> None:
    """Take a grant away; raise `LastManager` when nobody would be left to manage the country."""
    grant = _find_grant(session, person, permission)
    if grant is None:
        return
    if permission == MANAGES_ALL:
        _check_manager_left(session, person)
    session.delete(grant)
    session.flush()


def block(session: Session, person: Person, now: datetime) -> None:
    """Shut somebody out, at once and everywhere; raise `LastManager` when nobody would be left to manage."""
    if MANAGES_ALL in list_permissions(session, person.id):
        _check_manager_left(session, person)
    person.is_blocked = True
    queries.end_sessions(session, person.id, now)


def unblock(person: Person) -> None:
    """Let somebody in again, also when wrong passwords had locked the account."""
    person.is_blocked = False
    person.failed_attempts, person.locked_until = 0, None


def make_first_manager(session: Session, email: str, now: datetime) -> str | None:
    """Where there are no people yet, add a manager of the country; return the one-time password, to be shown once."""
    if queries.has_people(session):
        return None
    person = add_person(session, email.partition("@")[0], email, now=now)
    add_grant(session, person, MANAGES_ALL)
    return reset_password(session, person, now)


def _find_grant(session: Session, person: Person, permission: Permission) -> Grant | None:
    scope = permission.scope
    return queries.find_grant(session, person.id, role=permission.role, kind=scope.kind, scope_id=scope.id)


def _check_manager_left(session: Session, person: Person) -> None:
    if queries.count_country_managers(session, without=person.id) == 0:
        raise LastManager("nobody would be left to manage the country")
