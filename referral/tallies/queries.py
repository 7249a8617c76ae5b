"""All SQL that makes the tallies."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, FromClause, delete, func, insert, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from referral.models.feedback import Feedback
from referral.models.question import Question
from referral.models.referral import Referral, ReferralEvent
from referral.models.tally import Tally, TallyMonth, TallyRun
from referral.models.visit import Visit
from referral.tallies.cells import Days, Fact, select_cells
from referral.tallies.changes import CELL, SUMS, Change, Sums, Values, find_changes
from referral.tallies.rollups import ROLLUPS, Rollup, find_next_month, find_source

RUN_ID = 1
_MONTHLY = [TallyMonth.__table__.c[name] for name in CELL]


def find_run(session: Session) -> TallyRun | None:
    return session.get(TallyRun, RUN_ID)


def lock_run(session: Session, *, open_day: date, at: datetime) -> TallyRun:
    """Return the row that says how far the tallies are; whoever else tallies waits for the end of this transaction.

    `open_day` and `at` are for a database that has never tallied.
    """
    insert_one = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    session.execute(insert_one(TallyRun).values(id=RUN_ID, open_day=open_day, at=at).on_conflict_do_nothing())
    return session.scalars(select(TallyRun).where(TallyRun.id == RUN_ID).with_for_update()).one()


def find_first_day(session: Session) -> date | None:
    """Return the first day that has a visit or a question."""
    days = [session.scalar(select(func.min(column))) for column in (Question.day, Visit.day)]
    return min((day for day in days if day), default=None)


def list_changed_days(session: Session, *, since: datetime, open_day: date) -> set[date]:
    """Return the days before `open_day` of which something has changed since a moment.

    A partner's or citizen's answer to a referral of weeks ago, and another question in a visit of the day before.
    """
    # Each starts at what is new, which an index finds; a join might start at all that is old.
    asked = (
        select(Feedback.question_id).where(Feedback.at >= since),
        select(Referral.question_id).where(Referral.taken_up_at >= since),
        select(Referral.question_id).where(
            Referral.id.in_(select(ReferralEvent.referral_id).where(ReferralEvent.at >= since))
        ),
    )
    came = select(Question.visit_id).where(Question.day >= open_day)
    changed = (
        *(select(Question.day).where(Question.id.in_(one)).distinct() for one in asked),
        select(Visit.day).where(Visit.id.in_(came)).distinct(),
    )
    return {day for statement in changed for day in session.scalars(statement) if day < open_day}


def replace_days(session: Session, days: Days) -> None:
    """Throw the tallies of these days, and of their months, away and make them anew, in the database itself."""
    before = _list_months(session, days)
    _replace_cells(session, days)
    for month in before | _list_months(session, days):
        _replace_month(session, month)


def correct_days(session: Session, days: Days) -> None:
    """Make the tallies of these days anew, and add to their months what has become different.

    For days of which little has changed: a partner's answer moves one question from one cell to another.
    """
    before = _read_cells(session, days)
    _replace_cells(session, days)
    for change in find_changes(before, _read_cells(session, days)):
        _add_to_month(session, change)


def _read_cells(session: Session, days: Days) -> dict[Values, Sums]:
    rows = session.execute(select(*(Tally.__table__.c[name] for name in (*CELL, *SUMS))).where(days(Tally.day)))
    return {tuple(row[: len(CELL)]): (row[-2], row[-1]) for row in rows}


def _add_to_month(session: Session, change: Change) -> None:
    """Add to one cell of a month; it is there, or is made, or is thrown away when nothing is left of it."""
    # Not "is not distinct from": PostgreSQL has no index for that.
    cell = [
        column == change.values[column.name] if column.name in change.values else column.is_(None)
        for column in _MONTHLY
    ]
    of_rollup = (TallyMonth.rollup == change.rollup, *cell)
    added = {"count": TallyMonth.count + change.count, "rounding_key": TallyMonth.rounding_key + change.rounding_key}
    if session.scalars(update(TallyMonth).where(*of_rollup).values(added).returning(TallyMonth.id)).all():
        session.execute(delete(TallyMonth).where(*of_rollup, TallyMonth.count == 0))
        return
    values = {**change.values, "rollup": change.rollup, "count": change.count, "rounding_key": change.rounding_key}
    session.execute(insert(TallyMonth).values(values))


def _replace_cells(session: Session, days: Days) -> None:
    session.execute(delete(Tally).where(days(Tally.day)))
    for fact in Fact:
        cells = select_cells(fact, days).subquery()
        names = [name for name in cells.c.keys() if name != "rounding_key"]  # noqa: SIM118  (a collection of columns)
        counted = select(
            *(cells.c[name] for name in names),
            literal(fact.value).label("fact"),
            func.count().label("count"),
            func.sum(cells.c.rounding_key).label("rounding_key"),
        ).group_by(*(cells.c[name] for name in names))
        session.execute(insert(Tally).from_select([*names, "fact", "count", "rounding_key"], counted))


def delete_outside(session: Session, first: date | None) -> None:
    """Throw away the tallies of days before there was anything; all of them when there is nothing."""
    if first is None:
        session.execute(delete(Tally))
        session.execute(delete(TallyMonth))
        return
    session.execute(delete(Tally).where(Tally.day < first))
    session.execute(delete(TallyMonth).where(TallyMonth.day < first.replace(day=1)))


def _list_months(session: Session, days: Days) -> set[date]:
    """Return the first day of every month that has a tally on one of these days."""
    return {day.replace(day=1) for day in session.scalars(select(Tally.day).where(days(Tally.day)).distinct())}


def _replace_month(session: Session, month: date) -> None:
    """Sum the days of a month by every rollup, the widest first: a narrower one is summed from one that is there."""
    session.execute(delete(TallyMonth).where(TallyMonth.day == month))
    for fact, rollups in ROLLUPS.items():
        for rollup in reversed(rollups):
            source, conditions = _find_source(fact, rollup, month)
            names = [*rollup.columns, "fact", "rollup", "day", *SUMS]
            columns = [source.c[name] for name in rollup.columns]
            sums = [func.sum(source.c[name]) for name in SUMS]
            summed = select(*columns, literal(fact.value), literal(rollup.name), literal(month), *sums)
            session.execute(insert(TallyMonth).from_select(names, summed.where(*conditions).group_by(*columns)))


def _find_source(fact: Fact, rollup: Rollup, month: date) -> tuple[FromClause, list[ColumnElement[bool]]]:
    wider = find_source(fact, rollup)
    if wider is None:
        days = Tally.__table__
        return days, [days.c.fact == fact, days.c.day >= month, days.c.day < find_next_month(month)]
    months = TallyMonth.__table__.alias()
    return months, [months.c.rollup == wider.name, months.c.fact == fact, months.c.day == month]
