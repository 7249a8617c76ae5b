"""The one SQL of the reports: cells that filters let through, grouped; from tallies, and the journal for other days.

Months that a period has whole come from their rollup, less what was tallied of days that have changed since.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, extract, func, select, true
from sqlalchemy.orm import Session

from referral.models.tally import Tally, TallyMonth
from referral.reports.dimensions import UNKNOWN, Groups, get_column
from referral.reports.disclosure import Cell
from referral.reports.filters import ONE_DAY, Filters, Period
from referral.tallies.cells import Fact, select_cells
from referral.tallies.rollups import Months, find_months, find_rollup
from referral.tallies.service import Settled

MONTH = "month"
Key = tuple[Any, ...]


def count_cells(
    session: Session, fact: Fact, by: Sequence[str], filters: Filters, *, groups: Groups, settled: Settled
) -> dict[Key, Cell]:
    """Return the counts by the values of some columns of the tallies; `MONTH` is one too, as year * 100 + month.

    A column that a fact does not have is filtered as not known.
    """
    period = filters.period
    columns = {*by, *(get_column(dimension) for dimension in filters.wanted)} - {MONTH}
    rollup = find_rollup(fact, columns)
    months = find_months(period.first, period.last, before=settled.before) if rollup else None
    stored, monthly = Tally.__table__.c, TallyMonth.__table__.c
    found: dict[Key, Cell] = {}

    def add(columns: Any, where: Iterable[ColumnElement[bool]], *, sign: int = 1) -> None:
        """Add what is counted in these columns, or take it away."""
        conditions = [*where, *_list_conditions(columns, filters, groups)]
        count = func.sum(columns.count) if "count" in columns else func.count()
        for key, cell in _group(session, columns, by, conditions, count=count).items():
            found[key] = found.get(key, Cell()) + Cell(sign * cell.count, sign * cell.rounding_key)

    is_fact = stored.fact == fact
    for first, last in _list_edges(period, months):
        add(stored, [is_fact, stored.day.between(first, last), settled.is_in(stored.day)])
    if rollup and months:
        in_months = (monthly.day >= months.start, monthly.day < months.end)
        add(monthly, [monthly.rollup == rollup.name, monthly.fact == fact, *in_months])
        changed = [day for day in settled.without if months.start <= day < months.end]
        if changed:
            add(stored, [is_fact, stored.day.in_(changed)], sign=-1)
    add(select_cells(fact, settled.make_rest(period.first, period.last)).subquery().c, [])
    return {key: cell for key, cell in found.items() if cell.count}


def _list_edges(period: Period, months: Months | None) -> list[tuple[date, date]]:
    """Return the first and last days of what is not told by whole months."""
    if months is None:
        return [(period.first, period.last)]
    edges = [(period.first, months.start - ONE_DAY), (months.end, period.last)]
    return [(first, last) for first, last in edges if first <= last]


def _group(
    session: Session, columns: Any, by: Sequence[str], where: Iterable[ColumnElement[bool]], *, count: Any
) -> dict[Key, Cell]:
    keys = [_find_key(columns, name) for name in by]
    statement = select(*keys, count, func.sum(columns.rounding_key)).where(*where)
    rows = session.execute(statement.group_by(*keys) if keys else statement).all()
    return {tuple(row[:-2]): Cell(int(row[-2]), int(row[-1])) for row in rows if row[-2]}


def _find_key(columns: Any, name: str) -> ColumnElement[Any]:
    if name == MONTH:
        return extract("year", columns.day) * 100 + extract("month", columns.day)
    found: ColumnElement[Any] = columns[name]
    return found


def _list_conditions(columns: Any, filters: Filters, groups: Groups) -> list[ColumnElement[bool]]:
    conditions = []
    for dimension, wanted in filters.wanted.items():
        column = columns.get(get_column(dimension))
        values = groups.expand(dimension, wanted)
        is_none = UNKNOWN in wanted
        if column is None:
            conditions.append(true() if is_none else ~true())
            continue
        condition = column.in_(values)
        if is_none:
            condition = condition | column.is_(None) | _is_in_no_group(column, dimension, groups)
        conditions.append(condition)
    return conditions


def _is_in_no_group(column: ColumnElement[Any], dimension: Any, groups: Groups) -> ColumnElement[bool]:
    known = groups.of.get(dimension)
    return ~true() if known is None else column.not_in(list(known))
