"""Figures as rows of ids and numbers: questions by any dimensions, or one of the other figures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from referral.errors import InvalidInput
from referral.reports.dimensions import Dimension
from referral.reports.filters import Filters
from referral.reports.queries import MONTH
from referral.reports.service import Link, Reporter
from referral.reports.waits import RANGES

COUNT = "count"
# An address with more would be one line a question.
MOST_COLUMNS = 5


class Figure(StrEnum):
    """What is counted besides questions; the values are names in addresses and on the command line."""

    TOGETHER = "together"
    GAPS = "gaps"
    FLOW = "flow"
    CHAINS = "chains"
    WAITS = "waits"


Row = tuple[tuple[str, ...], tuple[int | None, ...]]
WAITED = ("answered", "silent", "median", "most_days", *RANGES)
_LINKED: Mapping[Figure, tuple[tuple[str, ...], Callable[[Reporter, Filters], list[Link]]]] = {
    Figure.TOGETHER: (("topic", "other_topic"), Reporter.count_pairs),
    Figure.GAPS: (("gap", "municipality", "partner_kind"), Reporter.count_gaps),
    Figure.FLOW: (("topic", "service_id", "outcome"), Reporter.count_flow),
    Figure.CHAINS: (("came_from", "service_id"), Reporter.count_chains),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """`columns`: what the ids of a row are of; `measures`: what its numbers say, of which `None` may not be told."""

    columns: tuple[str, ...]
    measures: tuple[str, ...]
    rows: tuple[Row, ...]
    filters: Filters
    is_own: bool


def read_columns(names: Sequence[str]) -> tuple[str, ...]:
    """Return what to split by as somebody named it, or the one figure; raise `InvalidInput` for what is none.

    A figure stands alone; of the others there are at most `MOST_COLUMNS`.
    """
    if len(names) == 1 and names[0] in set(Figure):
        return tuple(names)
    known = (*Dimension, MONTH)
    for name in names:
        if name not in known:
            raise InvalidInput(
                f"nothing to split by: {name!r}; there are {', '.join(known)}, and each alone {', '.join(Figure)}"
            )
    if len(set(names)) > MOST_COLUMNS:
        raise InvalidInput(f"at most {MOST_COLUMNS} at once")
    return tuple(dict.fromkeys(names))


def make_sheet(reporter: Reporter, columns: Sequence[str], filters: Filters) -> Sheet:
    """Count questions by some dimensions and `MONTH` together, or make the one figure that `columns` names."""
    measures: tuple[str, ...] = (COUNT,)
    rows: list[Row]
    if len(columns) == 1 and columns[0] in set(Figure):
        columns, measures, rows = _make_figure(reporter, Figure(columns[0]), filters)
    else:
        rows = [(values, (count,)) for values, count in reporter.cross(columns, filters)]
    return Sheet(tuple(columns), measures, tuple(rows), reporter.fit(filters), reporter.is_own(filters))


def _make_figure(
    reporter: Reporter, figure: Figure, filters: Filters
) -> tuple[tuple[str, ...], tuple[str, ...], list[Row]]:
    if figure in _LINKED:
        columns, count = _LINKED[figure]
        return columns, (COUNT,), [(link.values, (link.count,)) for link in count(reporter, filters)]
    waits = reporter.count_waits(filters).services
    rows: list[Row] = [
        ((wait.service_id,), (wait.answered, wait.silent, wait.median, wait.most, *wait.ranges)) for wait in waits
    ]
    return ("service_id",), WAITED, rows
