"""All SQL of what was not recognised."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral.models.unrecognised import Unrecognised


def find_locked(session: Session, entry_id: str) -> Unrecognised | None:
    """Return the entry; whoever else wants to decide on it waits for the end of this transaction."""
    return session.scalar(select(Unrecognised).where(Unrecognised.id == entry_id).with_for_update())


def is_noted(session: Session, entry: Unrecognised) -> bool:
    """Return whether the same was noted before on that day."""
    statement = select(func.count()).where(
        Unrecognised.library_id == entry.library_id,
        Unrecognised.day == entry.day,
        Unrecognised.text == entry.text,
        Unrecognised.chosen.is_not_distinct_from(entry.chosen),
    )
    return bool(session.scalar(statement))


def list_open(session: Session, library_id: str, limit: int) -> Sequence[Unrecognised]:
    statement = (
        select(Unrecognised)
        .where(Unrecognised.library_id == library_id, Unrecognised.decision.is_(None))
        .order_by(Unrecognised.day, Unrecognised.id)
        .limit(limit)
    )
    return session.scalars(statement).all()


def count_open(session: Session, library_id: str) -> int:
    statement = select(func.count()).where(Unrecognised.library_id == library_id, Unrecognised.decision.is_(None))
    return session.scalar(statement) or 0


def list_all(session: Session) -> Sequence[Unrecognised]:
    return session.scalars(select(Unrecognised).order_by(Unrecognised.day, Unrecognised.id)).all()
