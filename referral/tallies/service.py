"""The daily tallies: made from the journal when a day is settled, anew when something of it changes. Nothing commits.

Reports read tallies for `find_settled` days and the journal itself for all others, so that they are always right.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, false
from sqlalchemy.orm import Session

from referral.clock import to_local
from referral.db import Database
from referral.tallies import queries
from referral.tallies.cells import Day, Days
from referral.tallies.rollups import find_next_month

# A registration is put right on its own day and taken back within ten minutes: after this no question changes.
SETTLED_AFTER = timedelta(hours=1)
# What was written in a transaction that was still open when the days were tallied.
OVERLAP = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Settled:
    """The tallies hold for all days before `before` but those of `without`."""

    before: date
    without: frozenset[date]

    def is_in(self, day: Day) -> ColumnElement[bool]:
        """Return the condition that a day is settled."""
        return (day < self.before) & day.not_in(self.without)

    def make_rest(self, first: date, last: date) -> Days:
        """Return the condition of the days of a period that have to be read from the journal."""
        again = [day for day in self.without if first <= day <= min(last, self.before)]
        start = max(first, self.before)

        def is_rest(day: Day) -> ColumnElement[bool]:
            # Two plain ranges, so that an index finds them: nearly always there is nothing to read.
            late = day.between(start, last) if start <= last else false()
            return late | day.in_(again) if again else late

        return is_rest


def find_settled(session: Session) -> Settled:
    """Return for which days the tallies hold."""
    run = queries.find_run(session)
    if run is None:
        return Settled(date.min, frozenset())
    changed = queries.list_changed_days(session, since=run.at - OVERLAP, open_day=run.open_day)
    return Settled(run.open_day, frozenset(changed))


def find_first_day(session: Session) -> date | None:
    """Return the first day of which there is anything."""
    return queries.find_first_day(session)


def tally(session: Session, now: datetime) -> bool:
    """Tally what has changed, and the next days that are settled; return whether more days wait.

    Once is as good as twice, and two at once wait for each other.
    """
    end = find_first_open_day(now)
    start = queries.find_first_day(session) or end
    run = queries.lock_run(session, open_day=min(start, end), at=now)
    until = min(end, find_next_month(run.open_day))
    changed = queries.list_changed_days(session, since=run.at - OVERLAP, open_day=run.open_day)
    if changed:
        queries.correct_days(session, lambda day: day.in_(changed))
    if until > run.open_day:
        queries.replace_days(session, _make_span(run.open_day, until))
        run.open_day = until
    run.at = now
    return until < end


def tally_all(database: Database, now: datetime) -> None:
    """Tally until nothing waits, at most a month a transaction: on SQLite nobody else can write meanwhile."""
    more = True
    while more:
        with database.begin() as session:
            more = tally(session, now)


def rebuild(database: Database, now: datetime) -> Iterator[date]:
    """Make all tallies anew from the journal, a month a transaction; yield the day until which it is done.

    Whoever reads meanwhile sees the same figures as before or the right ones, never half of a day.
    """
    with database.begin() as session:
        start = queries.find_first_day(session)
        queries.delete_outside(session, start)
        end = queries.lock_run(session, open_day=find_first_open_day(now), at=now).open_day
    while start is not None and start < end:
        until = min(end, find_next_month(start))
        with database.begin() as session:
            queries.lock_run(session, open_day=end, at=now)
            queries.replace_days(session, _make_span(start, until))
        yield until
        start = until
    tally_all(database, now)


def find_first_open_day(now: datetime) -> date:
    """Return the first day, on the Dutch clock, that may still change."""
    return to_local(now - SETTLED_AFTER).date()


def _make_span(start: date, end: date) -> Days:
    return lambda day: (day >= start) & (day < end)
