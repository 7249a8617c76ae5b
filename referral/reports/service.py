"""The figures of the journal for somebody who may read them: counted, folded, rounded where they are not their own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy.orm import Session

from referral.errors import InvalidInput
from referral.journal import urgent_counts
from referral.reports import queries
from referral.reports.dimensions import UNKNOWN, Dimension, Groups, get_column
from referral.reports.disclosure import Cell, publish
from referral.reports.filters import Filters, Period
from referral.reports.queries import MONTH, Key
from referral.reports.waits import Waits, summarize
from referral.tallies.cells import Fact
from referral.tallies.outcomes import Outcome
from referral.tallies.service import find_settled

Value = TypeVar("Value")
Asked = tuple[Fact, Period, frozenset[tuple[Dimension, frozenset[str]]]]
"""What is counted, and what of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table. `count`: `None` where it is hidden (below five); `against`: the same in what is compared.

    What is hidden in both has no line at all: that there was one would tell something, too.
    """

    value: str
    count: int | None
    against: int | None = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by one dimension, the largest first; `is_own`: exact, else rounded to fives."""

    lines: tuple[Line, ...]
    total: Line
    is_own: bool

    def share(self, line: Line) -> float | None:
        """Return which part of the total a line is, from 0 to 1; `None` where it cannot be told."""
        return line.count / self.total.count if line.count is not None and self.total.count else None


@dataclass(frozen=True, slots=True)
class Totals:
    """The headline. `emergencies` is `None` outside the own library and where filters cannot tell."""

    questions: int | None
    offered: int | None
    taken_up: int | None
    helped: int | None
    gaps: int | None
    emergencies: int | None


@dataclass(frozen=True, slots=True)
class Link:
    """How many went from one thing to another: two topics of a visit, a topic and a partner, two partners."""

    values: tuple[str, ...]
    count: int


class Reporter:
    """Reads figures within one session for a reader whose own libraries are `own`."""

    def __init__(self, session: Session, groups: Groups, *, own: frozenset[str], today: date) -> None:
        self.session = session
        self.groups = groups
        self.own = own
        self.today = today
        self.settled = find_settled(session)
        self._counted: dict[Asked, dict[tuple[str, ...], dict[Key, Cell]]] = {}

    def is_own(self, filters: Filters) -> bool:
        """Return whether figures are of own libraries only, so that they are told exactly."""
        libraries = filters.wanted.get(Dimension.LIBRARY, frozenset())
        return bool(libraries) and libraries <= self.own

    def fit(self, filters: Filters) -> Filters:
        """Return the filters that are counted by: for figures of others a wider period (`Period.widen`).

        Raises `InvalidInput` when figures of others are asked for several answers at once: with the sums of many
        choices together one could work out a single one.
        """
        if self.is_own(filters):
            return filters
        for dimension, wanted in filters.wanted.items():
            if len(wanted) > 1:
                raise InvalidInput(f"{dimension}: one answer at a time, unless all is of your own library")
        return filters.move(filters.period.widen(self.today))

    def count_totals(self, filters: Filters) -> Totals:
        """Return the figures that stand above everything else."""
        is_own = self.is_own(filters)
        referrals = self._count(Fact.REFERRAL, ("is_taken_up", "outcome"), filters)
        sums = {
            "offered": _add(referrals.values()),
            "taken_up": _add(cell for (is_taken_up, _), cell in referrals.items() if is_taken_up),
            "helped": _add(cell for (_, outcome), cell in referrals.items() if outcome == Outcome.HELPED),
            "questions": _add(self._count(Fact.QUESTION, (), filters).values()),
            "gaps": _add(self._count(Fact.GAP, (), filters).values()),
        }
        shown = {name: publish(cell, is_own=is_own) for name, cell in sums.items()}
        return Totals(**shown, emergencies=self._count_emergencies(filters))

    def split(
        self, dimension: Dimension, filters: Filters, *, against: Filters | None = None, fact: Fact = Fact.QUESTION
    ) -> Table:
        """Return the counts by the answers of a dimension, next to those of other filters."""
        return self._make_table(
            (get_column(dimension),), filters, against, fact, fold=lambda key: self.groups.find(dimension, key[0])
        )

    def count_months(self, filters: Filters, *, against: Filters | None = None, fact: Fact = Fact.QUESTION) -> Table:
        """Return the counts by month (`2026-11`), every month of the period in its order.

        What is compared stands at the month that lies as far from the start of its own period.
        """
        filters, against = self.fit(filters), self.fit(against) if against else None
        months = list_months(filters.period.first, filters.period.last)
        others = list_months(against.period.first, against.period.last) if against else []
        moved = dict(zip(others, months, strict=False))
        table = self._make_table((MONTH,), filters, None, fact, fold=_name_month)
        compared = self._make_table((MONTH,), against, None, fact, fold=_name_month) if against else None
        counts = {line.value: line.count for line in table.lines}
        before = {moved[line.value]: line.count for line in compared.lines if line.value in moved} if compared else {}
        none, none_before = (
            publish(Cell(), is_own=table.is_own),
            publish(Cell(), is_own=self.is_own(against or filters)),
        )
        lines = tuple(Line(month, counts.get(month, none), before.get(month, none_before)) for month in months)
        total = Line("", table.total.count, compared.total.count if compared else 0)
        return Table(lines, total, table.is_own)

    def cross(self, columns: Sequence[str], filters: Filters) -> list[tuple[tuple[str, ...], int]]:
        """Return the counts by several dimensions together: the largest first, or with `MONTH` by answer."""
        names = [MONTH if column == MONTH else get_column(Dimension(column)) for column in columns]

        def fold(key: Key) -> tuple[str, ...]:
            return tuple(
                _name_month((value,)) if column == MONTH else self.groups.find(Dimension(column), value)
                for column, value in zip(columns, key, strict=True)
            )

        is_own = self.is_own(filters)
        folded = _fold(self._count(Fact.QUESTION, names, filters), fold)
        told = ((values, publish(cell, is_own=is_own)) for values, cell in folded.items())
        shown = sorted((values, count) for values, count in told if count)
        return shown if MONTH in columns else sorted(shown, key=lambda one: -one[1])

    def count_pairs(self, filters: Filters) -> list[Link]:
        """Return which topics were asked in one visit, the most frequent first."""
        return self._link(Fact.PAIR, ("topic", "other_topic"), filters)

    def count_flow(self, filters: Filters) -> list[Link]:
        """Return how many went from a topic to a service to an outcome."""
        return self._link(Fact.REFERRAL, ("topic", "service_id", "outcome"), filters)

    def count_chains(self, filters: Filters) -> list[Link]:
        """Return how many one service sent on to another."""
        found = self._link(Fact.REFERRAL, ("came_from", "service_id"), filters)
        return [link for link in found if link.values[0] != UNKNOWN]

    def count_gaps(self, filters: Filters) -> list[Link]:
        """Return the gaps by kind, municipality and kind of partner."""
        return self._link(Fact.GAP, ("gap", "municipality", "partner_kind"), filters)

    def count_waits(self, filters: Filters) -> Waits:
        """Return for each service how long people waited until it answered."""
        services: dict[str, dict[int | None, Cell]] = {}
        for (service_id, waited, outcome), cell in self._count(
            Fact.REFERRAL, ("service_id", "waited", "outcome"), filters
        ).items():
            if outcome != Outcome.DECLINED:
                days = services.setdefault(service_id, {})
                days[waited] = days.get(waited, Cell()) + cell
        return summarize(services, is_own=self.is_own(filters))

    def _count(self, fact: Fact, by: Sequence[str], filters: Filters) -> Mapping[Key, Cell]:
        """Count, or sum what was counted before by these columns and others: it is the same moment."""
        wanted = self.fit(filters)
        counted = self._counted.setdefault((fact, wanted.period, frozenset(wanted.wanted.items())), {})
        known = next((columns for columns in counted if set(by) <= set(columns)), None)
        if known is None:
            known = tuple(by)
            counted[known] = queries.count_cells(
                self.session, fact, by, wanted, groups=self.groups, settled=self.settled
            )
        if known == tuple(by):
            return counted[known]
        places = [known.index(name) for name in by]
        return _fold(counted[known], lambda key: tuple(key[place] for place in places))

    def _make_table(
        self,
        by: tuple[str, ...],
        filters: Filters,
        against: Filters | None,
        fact: Fact,
        *,
        fold: Callable[[Key], str],
    ) -> Table:
        here = _fold(self._count(fact, by, filters), fold)
        there = _fold(self._count(fact, by, against), fold) if against else {}
        is_own, is_own_there = self.is_own(filters), bool(against) and self.is_own(against or filters)

        def make_line(value: str, one: Cell, other: Cell) -> Line:
            return Line(value, publish(one, is_own=is_own), publish(other, is_own=is_own_there))

        lines = [make_line(value, here.get(value, Cell()), there.get(value, Cell())) for value in {**here, **there}]
        told = [line for line in lines if line.count or line.against]
        told.sort(key=lambda line: (-(line.count or 0), line.value))
        return Table(tuple(told), make_line("", _add(here.values()), _add(there.values())), is_own)

    def _link(self, fact: Fact, by: tuple[str, ...], filters: Filters) -> list[Link]:
        is_own = self.is_own(filters)
        cells = self._count(fact, by, filters)
        links = [
            Link(tuple(UNKNOWN if value is None else str(value) for value in key), publish(cell, is_own=is_own) or 0)
            for key, cell in cells.items()
        ]
        return sorted((link for link in links if link.count), key=lambda link: (-link.count, link.values))

    def _count_emergencies(self, filters: Filters) -> int | None:
        if not self.is_own(filters) or filters.wanted.keys() != {Dimension.LIBRARY}:
            return None
        libraries = filters.wanted[Dimension.LIBRARY]
        return urgent_counts.count(self.session, libraries, filters.period.first, filters.period.last)


def list_months(first: date, last: date) -> list[str]:
    """Return every month that has a day in the period, as `2026-11`."""
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, end + 1)]


def parse_month(name: str) -> date:
    """Return the first day of a month of `list_months`."""
    return date.fromisoformat(f"{name}-01")


def _name_month(key: Key) -> str:
    number = int(key[0])
    return f"{number // 100:04}-{number % 100:02}"


def _add(cells: Iterable[Cell]) -> Cell:
    return sum(cells, Cell())


def _fold(cells: Mapping[Key, Cell], fold: Callable[[Key], Value]) -> dict[Value, Cell]:
    folded: dict[Value, Cell] = {}
    for key, cell in cells.items():
        value = fold(key)
        folded[value] = folded.get(value, Cell()) + cell
    return folded
