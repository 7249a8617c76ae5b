"""How long people waited until a partner answered: how many, until when half of them had an answer, and a histogram."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from referral.reports.disclosure import Cell, publish

# A median of fewer answers would tell of single partners' days; within the own library too it says little.
FEWEST_FOR_MEDIAN = 10
# The ranges of the histogram, each with its last day; what took longer is in `LONGER`.
LAST_DAYS = {"within_1": 1, "within_3": 3, "within_7": 7, "within_14": 14, "within_30": 30}
LONGER = "longer"
RANGES = (*LAST_DAYS, LONGER)


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a partner let people wait, in whole days: half of them at most `median`, nine of ten at most `most`.

    `ranges`: how many for each of `RANGES`. A number that may not be told is `None`.
    """

    service_id: str
    answered: int | None
    silent: int | None
    median: int | None
    most: int | None
    ranges: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Waits:
    """Each partner, the most asked first, and all of them together (whose `service_id` is empty)."""

    services: tuple[Wait, ...]
    total: Wait


def summarize(services: Mapping[str, Mapping[int | None, Cell]], *, is_own: bool) -> Waits:
    """Return the waits of services of which the cells are known by days waited (`None`: nothing heard yet)."""
    total: dict[int | None, Cell] = {}
    for days in services.values():
        for waited, cell in days.items():
            total[waited] = total.get(waited, Cell()) + cell
    waits = (_summarize_one(service_id, days, is_own=is_own) for service_id, days in services.items())
    told = [wait for wait in waits if wait.answered or wait.silent]
    told.sort(key=lambda wait: (-(wait.answered or 0), -(wait.silent or 0), wait.service_id))
    return Waits(tuple(told), _summarize_one("", total, is_own=is_own))


def find_range(days: int) -> str:
    """Return the range of the histogram that so many days fall in."""
    return next((name for name, last in LAST_DAYS.items() if days <= last), LONGER)


def _summarize_one(service_id: str, days: Mapping[int | None, Cell], *, is_own: bool) -> Wait:
    answered = {waited: cell for waited, cell in days.items() if waited is not None}
    ranges = dict.fromkeys(RANGES, Cell())
    for waited, cell in answered.items():
        ranges[find_range(waited)] += cell
    all_answered = sum(answered.values(), Cell())
    median, most = (None, None) if all_answered.count < FEWEST_FOR_MEDIAN else _find_quantiles(answered)
    return Wait(
        service_id,
        publish(all_answered, is_own=is_own),
        publish(days.get(None, Cell()), is_own=is_own),
        median,
        most,
        tuple(publish(cell, is_own=is_own) for cell in ranges.values()),
    )


def _find_quantiles(answered: Mapping[int, Cell]) -> tuple[int, int]:
    days = sorted(answered)
    reached = list(accumulate(answered[day].count for day in days))
    median, most = (
        next(day for day, sum_ in zip(days, reached, strict=True) if sum_ >= part * reached[-1]) for part in (0.5, 0.9)
    )
    return median, most
