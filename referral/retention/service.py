"""Removes what was kept long enough (`data/retention.yml`), for the worker and for `omdehoek purge`.

Here, other than elsewhere, transactions begin and end: what is due may be much, and whoever is killed halfway leaves
whole records, and the rest for the next time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from referral.db import Database
from referral.retention import queries
from referral.retention.schedule import Term

# One transaction: short enough that nobody at the desk waits for it.
BATCH = 500
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """How many records of a kind are due, and the day that the oldest counts from."""

    kind: str
    count: int
    oldest: date | None


def list_due(session: Session, terms: Mapping[str, Term], now: datetime) -> Sequence[Due]:
    """Return what `purge` would remove, of every kind."""
    return [Due(kind, *queries.measure(session, kind, now - term.length)) for kind, term in terms.items()]


def purge(database: Database, terms: Mapping[str, Term], now: datetime, *, batch: int = BATCH) -> dict[str, int]:
    """Remove what is due, each batch in a transaction of its own; return how many of each kind."""
    return {kind: _purge_kind(database, kind, now - term.length, batch) for kind, term in terms.items()}


def pick_short(terms: Mapping[str, Term]) -> dict[str, Term]:
    """Return the kinds that are kept for a day at most: these go on the hour, the others once a day will do."""
    return {kind: term for kind, term in terms.items() if term.length <= ONE_DAY}


def _purge_kind(database: Database, kind: str, limit: datetime, batch: int) -> int:
    total = 0
    while True:
        with database.begin() as session:
            removed = queries.remove_some(session, kind, limit, batch)
        total += removed
        if removed < batch:
            return total
