"""Which answers the months are summed by, so that a report of years reads few rows.

A rollup is a set of answers of one fact; a figure is read from the narrowest one that has all that it asks.
A migration that follows a change here has to forget the tallies, as 0019 does: they are made anew by themselves.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from referral.tallies.cells import Fact

PLACES = ("library_id", "municipality")
ASKED = (
    ("topic", "organisation"),
    ("kind", "channel", "campaign", "outcome"),
    ("cause", "help_given", "resolved"),
)
REFERRED = (
    ("outcome", "is_taken_up"),
    ("topic", "service_id", "outcome"),
    ("came_from", "service_id", "waited", "outcome"),
)


@dataclass(frozen=True, slots=True)
class Rollup:
    """A set of answers; its name says which."""

    columns: tuple[str, ...]

    @property
    def name(self) -> str:
        return " ".join(self.columns)


def _spread(*answers: tuple[str, ...], places: tuple[str, ...] = PLACES) -> tuple[Rollup, ...]:
    """Return each set for the country and by place, the narrowest first."""
    country = [Rollup(one) for one in answers]
    return tuple(sorted([*country, *(Rollup((*places, *one)) for one in answers)], key=lambda one: len(one.columns)))


ROLLUPS: Mapping[Fact, tuple[Rollup, ...]] = {
    Fact.QUESTION: _spread(("location_id",), *ASKED),
    Fact.REFERRAL: _spread(*REFERRED),
    Fact.GAP: _spread(("gap", "partner_kind")),
    Fact.PAIR: _spread(("topic", "other_topic"), places=("library_id",)),
}


def find_rollup(fact: Fact, columns: Collection[str]) -> Rollup | None:
    """Return the narrowest rollup that has all these columns; `None` where only the daily cells have them."""
    return next((one for one in ROLLUPS[fact] if set(columns) <= set(one.columns)), None)


@dataclass(frozen=True, slots=True)
class Months:
    """The days from `start` to before `end`: months of which every tallied day lies in a period."""

    start: date
    end: date


def find_months(first: date, last: date, *, before: date) -> Months | None:
    """Return the months that a period from `first` to `last` has whole, as far as days before `before` are tallied."""
    start = first if first.day == 1 else find_next_month(first)
    after = last + timedelta(days=1)
    end = before if after >= before else after.replace(day=1)
    return Months(start, end) if start < end else None


def find_next_month(day: date) -> date:
    """Return the first day of the month after that of a day."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
