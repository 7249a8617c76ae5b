"""The one SQL of the reports: cells that filters let through, grouped; from tallies, and the journal for other days."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, extract, func, select, true
from sqlalchemy.orm import Session

from referral.models.tally import Tally
from referral.reports.dimensions import UNKNOWN, Groups, get_column
from referral.reports.disclosure import Cell
from referral.reports.filters import Filters, Period
from referral.tallies.cells import Fact, select_cells
from referral.tallies.service import Settled

MONTH = "month"
Key = tuple[Any, ...]


def count_cells(
    session: Session, fact: Fact, by: Sequence[str], filters: Filters, *, groups: Groups, settled: Settled
) -> dict[Key, Cell]:
    """Return the counts by the values of some columns of the tallies; `MONTH` is one too, as year * 100 + month.

    A column that a fact does not have is filtered as not known.
    """
    in_period = _make_condition(filters.period)
    stored = Tally.__table__.c
    tallied = [stored.fact == fact, in_period(stored.day), settled.is_in(stored.day)]
    count = func.sum(stored.count)
    found = _group(session, stored, by, [*tallied, *_list_conditions(stored, filters, groups)], count=count)
    live = select_cells(fact, settled.make_rest(filters.period.first, filters.period.last)).subquery().c
    for key, cell in _group(session, live, by, _list_conditions(live, filters, groups), count=func.count()).items():
        found[key] = found.get(key, Cell()) + cell
    return found


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


def _make_condition(period: Period) -> Any:
    return lambda day: day.between(period.first, period.last)


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
