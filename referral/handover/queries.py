"""All SQL of the handover; each step is one statement with its condition, so that of two at once only one makes it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, and_, exists, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from referral.models.handover import Handover, HandoverLine, Presence, State
from referral.models.person import Person

OPEN = (State.WAITING, State.TALKING)


def step(session: Session, conversation_id: str, *only: ColumnElement[bool], **values: Any) -> bool:
    """Set these values if the handover is as `only` says; return whether it was."""
    statement = (
        update(Handover)
        .where(Handover.conversation_id == conversation_id, *only)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    result = session.execute(statement)
    return isinstance(result, CursorResult) and result.rowcount == 1


def is_with(person_id: str) -> ColumnElement[bool]:
    return and_(Handover.state == State.TALKING, Handover.taken_by == person_id)


def is_alone(since: datetime) -> ColumnElement[bool]:
    """Whether the colleague who took it has not been seen since."""
    seen = exists().where(Presence.id == Handover.taken_by, Presence.seen_at > since)
    return and_(Handover.state == State.TALKING, Handover.taken_at <= since, ~seen)


def is_overdue(*, asked: datetime, alone: datetime) -> ColumnElement[bool]:
    return or_(and_(Handover.state == State.WAITING, Handover.asked_at <= asked), is_alone(alone))


def list_overdue(session: Session, *, asked: datetime, alone: datetime) -> Sequence[str]:
    """Return the conversations that nobody came for since `asked`, or that staff left since `alone`."""
    is_late = is_overdue(asked=asked, alone=alone)
    return session.scalars(select(Handover.conversation_id).where(Handover.state.in_(OPEN), is_late)).all()


def list_open(session: Session, library_id: str) -> Sequence[tuple[Handover, Person | None]]:
    """Return what waits, the longest first, and then what colleagues have in hand."""
    statement = (
        select(Handover, Person)
        .outerjoin(Person, Person.id == Handover.taken_by)
        .where(Handover.library_id == library_id, Handover.state.in_(OPEN))
        .order_by(Handover.state.desc(), Handover.asked_at)
    )
    return [(handover, person) for handover, person in session.execute(statement)]


def find_line(session: Session, conversation_id: str, turn_id: str) -> HandoverLine | None:
    return session.scalar(
        select(HandoverLine).where(HandoverLine.conversation_id == conversation_id, HandoverLine.turn_id == turn_id)
    )


def list_lines(session: Session, conversation_id: str, after: int) -> Sequence[HandoverLine]:
    """Return the lines with a higher number than `after`, oldest first."""
    statement = (
        select(HandoverLine)
        .where(HandoverLine.conversation_id == conversation_id, HandoverLine.number > after)
        .order_by(HandoverLine.number)
    )
    return session.scalars(statement).all()


def was_seen(session: Session, library_id: str, since: datetime) -> bool:
    """Return whether anybody of the library has been seen since."""
    return bool(session.scalar(select(exists().where(Presence.library_id == library_id, Presence.seen_at > since))))


def write_presence(session: Session, person_id: str, library_id: str, now: datetime) -> None:
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    seen = {"library_id": library_id, "seen_at": now}
    session.execute(
        insert(Presence).values(id=person_id, **seen).on_conflict_do_update(index_elements=["id"], set_=seen)
    )
