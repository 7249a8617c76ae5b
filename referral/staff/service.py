"""Sign-in and sessions of the staff: who is it, are they still there, and what may they do."""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from referral.models.base import make_id
from referral.models.grant import Role
from referral.models.person import Person
from referral.models.session import StaffSession
from referral.staff import queries
from referral.staff.lockout import find_lock
from referral.staff.passwords import hash_password, is_outdated, is_password
from referral.staff.people import fold_email, list_permissions, set_password
from referral.staff.scopes import Permission, Scope, allows

TOKEN_BYTES = 32
# A page loads several things at once: the last use is noted no finer than this.
NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody came in: `token` goes to the browser and is kept nowhere else."""

    person_id: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Who is signed in, and what they may do. `is_one_time`: their password has to be changed first."""

    session_id: str
    person_id: str
    name: str
    email: str
    permissions: tuple[Permission, ...]
    is_one_time: bool
    has_password: bool
    last_used_at: datetime

    def has(self, role: Role) -> bool:
        """Return whether they have this role anywhere."""
        return any(held.role in (role, Role.MANAGER) for held in self.permissions)

    def may(self, role: Role, enclosing: Collection[Scope]) -> bool:
        """Return whether they have this role for a scope, given as `reach.list_enclosing` does."""
        return allows(self.permissions, role, enclosing)


@dataclass(frozen=True, slots=True)
class Identity:
    """What an identity provider says of somebody; `issuer` and `subject` are the key (OpenID Connect Core, 5.7)."""

    issuer: str
    subject: str
    email: str | None
    is_email_verified: bool


def sign_in(
    session: Session, email: str, password: str, *, now: datetime, old_token: str | None = None
) -> Entry | None:
    """Open a session and end the one that the browser had, or return `None` when that is not to be.

    Nothing tells why not: no such person, wrong password, locked, blocked; each takes the same work. A failure is
    counted in this transaction, so the caller commits also when nobody came in.
    """
    person = queries.find_by_email(session, fold_email(email))
    is_right = is_password(password, person.password_hash if person else None)
    if person is None or (person.locked_until and person.locked_until > now):
        return None
    if not is_right:
        count_failure(person, now)
        return None
    if person.is_blocked or (person.one_time_until and person.one_time_until <= now):
        return None
    if person.password_hash and is_outdated(person.password_hash):
        person.password_hash = hash_password(password)
    person.failed_attempts, person.locked_until = 0, None
    return open_session(session, person, now, old_token=old_token)


def count_failure(person: Person, now: datetime) -> None:
    """Count a wrong password, and lock the account when there were too many."""
    person.failed_attempts += 1
    person.locked_until = find_lock(person.failed_attempts, now)


def sign_in_by_identity(
    session: Session, identity: Identity, *, now: datetime, old_token: str | None = None
) -> Entry | None:
    """Open a session for whom an identity provider vouches, or return `None`: no account, no entry.

    The first time the person is found by an e-mail address that the provider has verified; from then on by the
    subject alone. A one-time password that was still open is void then.
    """
    person = queries.find_by_subject(session, identity.issuer, identity.subject)
    if person is None and identity.email and identity.is_email_verified:
        person = queries.find_by_email(session, fold_email(identity.email))
        if person is not None and person.subject is not None:
            return None
        if person is not None and not person.is_blocked:
            person.issuer, person.subject = identity.issuer, identity.subject
            if person.one_time_until:
                person.password_hash = person.one_time_until = None
    if person is None or person.is_blocked:
        return None
    return open_session(session, person, now, old_token=old_token)


def change_password(session: Session, person: Person, *, old: str, new: str, now: datetime) -> Entry | None:
    """Change a password, end every session and open a new one; `None` when `old` is not the present password.

    A one-time password is not asked for again: the session was opened with it. Raises `WeakPassword` before anything
    is written. As with `sign_in`, a failure is counted in this transaction.
    """
    if person.password_hash is None or (person.locked_until and person.locked_until > now):
        return None
    if person.one_time_until is None and not is_password(old, person.password_hash):
        count_failure(person, now)
        return None
    set_password(person, new)
    end_all(session, person.id, now)
    return open_session(session, person, now)


def open_session(session: Session, person: Person, now: datetime, *, old_token: str | None = None) -> Entry:
    if old_token:
        end_session(session, old_token, now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        StaffSession(id=make_id(), person_id=person.id, token_hash=hash_token(token), created_at=now, last_used_at=now)
    )
    session.flush()
    return Entry(person.id, token)


def hash_token(token: str) -> str:
    """Return what is stored of a token: it is random enough (256 bits) for a plain hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def resolve_session(
    session: Session, token: str, *, now: datetime, idle: timedelta, longest: timedelta
) -> SignedIn | None:
    """Return who is signed in with this token; `None` when it was ended, left unused or open for too long."""
    found = queries.find_session(session, hash_token(token))
    if found is None:
        return None
    opened, person = found
    is_over = opened.last_used_at <= now - idle or opened.created_at <= now - longest
    if opened.ended_at or is_over or person.is_blocked:
        return None
    return SignedIn(
        session_id=opened.id,
        person_id=person.id,
        name=person.name,
        email=person.email,
        permissions=list_permissions(session, person.id),
        is_one_time=person.one_time_until is not None,
        has_password=person.password_hash is not None,
        last_used_at=opened.last_used_at,
    )


def is_use_due(signed_in: SignedIn, now: datetime) -> bool:
    """Return whether it is time again to note that the session is used."""
    return now - signed_in.last_used_at >= NOTED_EVERY


def note_use(session: Session, session_id: str, now: datetime) -> None:
    queries.note_use(session, session_id, now)


def find_owner(session: Session, token: str) -> str | None:
    """Return the id of the person whose session this is or was."""
    found = queries.find_session(session, hash_token(token))
    return found[1].id if found else None


def list_sessions(session: Session, person_id: str, *, now: datetime, idle: timedelta) -> Sequence[StaffSession]:
    """Return the sessions that are open, last used first."""
    return [opened for opened in queries.list_open_sessions(session, person_id) if opened.last_used_at > now - idle]


def end_session(session: Session, token: str, now: datetime) -> None:
    """Sign out; a token that is unknown or ended is no error."""
    found = queries.find_session(session, hash_token(token))
    if found:
        queries.end_sessions(session, found[1].id, now, only=found[0].id)


def end_one(session: Session, person_id: str, session_id: str, now: datetime) -> None:
    """End a session of this person; one of somebody else is left alone."""
    queries.end_sessions(session, person_id, now, only=session_id)


def end_all(session: Session, person_id: str, now: datetime, *, keep: str | None = None) -> int:
    """End the sessions of a person everywhere, but for the one to keep; return how many."""
    return queries.end_sessions(session, person_id, now, keep=keep)
