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
# What is asked most often of the country is narrowed to a topic and a channel (the form shows these first).
NARROWED = (
    ("topic", "channel", "organisation"),
    ("topic", "channel", "kind", "campaign"),
    ("topic", "channel", "outcome"),
    ("topic", "channel", "cause"),
    ("topic", "channel", "help_given", "resolved"),
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


def _spread(
    *answers: tuple[str, ...], places: tuple[str, ...] = PLACES, narrowed: tuple[tuple[str, ...], ...] = ()
) -> tuple[Rollup, ...]:
    """Return each set for the country and by place, and those narrowed for the country, the narrowest first."""
    country = [Rollup(one) for one in (*answers, *narrowed)]
    return tuple(sorted([*country, *(Rollup((*places, *one)) for one in answers)], key=lambda one: len(one.columns)))


ROLLUPS: Mapping[Fact, tuple[Rollup, ...]] = {
    Fact.QUESTION: _spread(("location_id",), *ASKED, narrowed=NARROWED),
    Fact.REFERRAL: _spread(*REFERRED, narrowed=(("topic", "channel", "outcome", "is_taken_up"),)),
    Fact.GAP: _spread(("gap", "partner_kind"), narrowed=(("topic", "channel", "gap", "partner_kind"),)),
    Fact.PAIR: _spread(("topic", "other_topic"), places=("library_id",)),
}


def find_source(fact: Fact, rollup: Rollup) -> Rollup | None:
    """Return the narrowest of the wider rollups that it can be summed from; `None` where only the daily cells can."""
    wider = (one for one in ROLLUPS[fact] if set(rollup.columns) < set(one.columns))
    return next(wider, None)


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
