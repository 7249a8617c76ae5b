"""What a day that was tallied anew adds to the sums of its month, and takes away from them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from referral.models.tally import Tally
from referral.tallies.cells import Fact
from referral.tallies.rollups import ROLLUPS

SUMS = ("count", "rounding_key")
# The columns that tell one cell from another.
CELL = tuple(name for name in Tally.__table__.columns.keys() if name not in ("id", *SUMS))  # noqa: SIM118  (columns)

Values = tuple[Any, ...]
"""The values of `CELL`."""
Sums = tuple[int, int]
"""Count and sum of rounding keys."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is added to one cell of a month, or (below zero) taken from it; `values` has no column that is not known."""

    rollup: str
    values: Mapping[str, Any]
    count: int
    rounding_key: int


def find_changes(before: Mapping[Values, Sums], after: Mapping[Values, Sums]) -> Iterator[Change]:
    """Yield what has to be added to the months, where the cells of some days were these and now are those."""
    added: dict[tuple[str, Values], Sums] = {}
    for cell in before.keys() | after.keys():
        was, is_ = before.get(cell, (0, 0)), after.get(cell, (0, 0))
        if was != is_:
            _add(added, dict(zip(CELL, cell, strict=True)), (is_[0] - was[0], is_[1] - was[1]))
    for (rollup, values), (count, rounding_key) in added.items():
        if (count, rounding_key) != (0, 0):
            told = {name: value for name, value in zip(CELL, values, strict=True) if value is not None}
            yield Change(rollup, told, count, rounding_key)


def _add(added: dict[tuple[str, Values], Sums], told: Mapping[str, Any], change: Sums) -> None:
    day: date = told["day"]
    for rollup in ROLLUPS[Fact(told["fact"])]:
        kept = {name: told[name] for name in rollup.columns} | {"fact": told["fact"], "day": day.replace(day=1)}
        key = (rollup.name, tuple(kept.get(name) for name in CELL))
        was = added.get(key, (0, 0))
        added[key] = (was[0] + change[0], was[1] + change[1])
