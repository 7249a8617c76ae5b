"""All SQL of the staff: people, grants and sessions."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from referral.models.grant import Grant, Role, ScopeKind
from referral.models.person import Person
from referral.models.session import StaffSession


def find_by_email(session: Session, email: str) -> Person | None:
    """Return the person, who nobody else changes until the end of the transaction."""
    return session.scalar(select(Person).where(Person.email == email).with_for_update())


def find_by_subject(session: Session, issuer: str, subject: str) -> Person | None:
    return session.scalar(select(Person).where(Person.issuer == issuer, Person.subject == subject))


def list_people(session: Session) -> Sequence[Person]:
    return session.scalars(select(Person).order_by(Person.name, Person.email)).all()


def has_people(session: Session) -> bool:
    return session.scalar(select(Person.id).limit(1)) is not None


def list_grants(session: Session, person_id: str | None = None) -> Sequence[Grant]:
    """Return the grants of a person, or of everybody."""
    statement = select(Grant).order_by(Grant.role, Grant.scope_kind, Grant.scope_id)
    return session.scalars(statement.where(Grant.person_id == person_id) if person_id else statement).all()


def find_grant(session: Session, person_id: str, *, role: Role, kind: ScopeKind, scope_id: str) -> Grant | None:
    return session.scalar(
        select(Grant).where(
            Grant.person_id == person_id, Grant.role == role, Grant.scope_kind == kind, Grant.scope_id == scope_id
        )
    )


def count_country_managers(session: Session, *, without: str) -> int:
    """Return how many people could still manage the country if this one could not; locks their accounts meanwhile."""
    ids = session.scalars(
        select(Person.id)
        .join(Grant, Grant.person_id == Person.id)
        .where(
            Grant.role == Role.MANAGER,
            Grant.scope_kind == ScopeKind.COUNTRY,
            Person.is_blocked.is_(False),
        )
        .with_for_update(of=Person)
    )
    return len(set(ids) - {without})


def find_session(session: Session, token_hash: str) -> tuple[StaffSession, Person] | None:
    """Return a session, ended or not, with whose it is."""
    row = session.execute(
        select(StaffSession, Person)
        .join(Person, Person.id == StaffSession.person_id)
        .where(StaffSession.token_hash == token_hash)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def list_open_sessions(session: Session, person_id: str) -> Sequence[StaffSession]:
    """Return the sessions that were not ended, last used first."""
    statement = select(StaffSession).where(StaffSession.person_id == person_id, StaffSession.ended_at.is_(None))
    return session.scalars(statement.order_by(StaffSession.last_used_at.desc())).all()


def end_sessions(
    session: Session, person_id: str, now: datetime, *, only: str | None = None, keep: str | None = None
) -> int:
    """End the sessions of a person (one of them, or all but one); return how many."""
    statement = update(StaffSession).where(StaffSession.person_id == person_id, StaffSession.ended_at.is_(None))
    if only is not None:
        statement = statement.where(StaffSession.id == only)
    if keep is not None:
        statement = statement.where(StaffSession.id != keep)
    result = session.execute(statement.values(ended_at=now))
    return result.rowcount if isinstance(result, CursorResult) else 0


def note_use(session: Session, session_id: str, now: datetime) -> None:
    session.execute(update(StaffSession).where(StaffSession.id == session_id).values(last_used_at=now))
