"""Reads how often an emergency got its text."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral.models.urgent_count import UrgentCount


def count(session: Session, libraries: Collection[str], first: date, last: date) -> int:
    """Return how often, in some libraries, from the first day to the last."""
    statement = select(func.count()).where(UrgentCount.library_id.in_(libraries), UrgentCount.day.between(first, last))
    return session.scalar(statement) or 0
