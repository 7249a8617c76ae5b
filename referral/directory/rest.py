"""Who may stay closed for weeks, told from the text of the hours without working them out. Pure.

Working out hours costs most of a match. Whoever is open every week, on whatever day, opens in a stretch of weeks too,
unless every such day in it is a holiday or a closure. Only who cannot be told that way has to be looked at.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from referral.directory.holidays import list_holidays
from referral.directory.openings import ONE_DAY
from referral.directory.queries import AnyRow
from referral.directory.school_holidays import DateRange, Region, SchoolHolidays

_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_DAYS = rf"{_DAY}(?:-{_DAY})?(?:, ?{_DAY}(?:-{_DAY})?)*"
_TIMES = r"\d{2}:\d{2}-\d{2}:\d{2}(?:, ?\d{2}:\d{2}-\d{2}:\d{2})*"
_RULE = rf'(?:{_DAYS} )?{_TIMES}(?: "[^"]*")?'
_WEEKLY = re.compile(rf"24/7|{_RULE}(?:; ?(?:{_RULE}|(?:PH|SH)(?:,(?:PH|SH))? off))*")

DAYS_IN_WEEK = 7


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row, both included; on `days_off`, the holidays among them, somebody may be closed."""

    first: date
    last: date
    days_off: frozenset[date]

    def list_days(self, first: date, last: date) -> Iterable[date]:
        """Yield the days from `first` to `last` that are in it."""
        first, last = max(first, self.first), min(last, self.last)
        return (first + timedelta(days=number) for number in range((last - first).days + 1))


@lru_cache(maxsize=64)
def make_stretch(first: date, days: int, school_holidays: SchoolHolidays) -> Stretch:
    """Return so many days, with the public holidays and the school holidays of any region."""
    stretch = Stretch(first, first + (days - 1) * ONE_DAY, frozenset())
    days_off = {day for year in {stretch.first.year, stretch.last.year} for day in list_holidays(year)}
    for region in Region:
        for start, end in school_holidays.list_ranges(region):
            days_off.update(stretch.list_days(start, end))
    return Stretch(stretch.first, stretch.last, frozenset(days_off))


def find_doubtful(rows: Sequence[AnyRow], stretch: Stretch) -> set[str]:
    """Return the services that may be closed on every day of the stretch.

    A row has the `service_id`, the `opening_hours` of a timetable or None for a change of the hours, and from when
    (`first`) to when (`last`) that holds.
    """
    if not _leaves_every_weekday(stretch, frozenset()):
        return {row.service_id for row in rows}
    doubtful = set()
    changes: dict[str, set[DateRange]] = {}
    for row in rows:
        if row.opening_hours is None:
            changes.setdefault(row.service_id, set()).add((row.first, row.last))
        elif not _is_weekly(row, stretch):
            doubtful.add(row.service_id)
    closing = (service_id for service_id, own in changes.items() if not _leaves_every_weekday(stretch, frozenset(own)))
    return doubtful.union(closing)


@lru_cache(maxsize=1024)
def _leaves_every_weekday(stretch: Stretch, changes: frozenset[DateRange]) -> bool:
    """Return whether each day of the week is in the stretch at least once without a holiday or a change."""
    days_off = {day for change in changes for day in stretch.list_days(*change)} | stretch.days_off
    left = {day.weekday() for day in stretch.list_days(stretch.first, stretch.last) if day not in days_off}
    return len(left) == DAYS_IN_WEEK


def _is_weekly(row: AnyRow, stretch: Stretch) -> bool:
    """Return whether a timetable holds on all these days, and is the same each week but for the holidays."""
    if (row.first and row.first > stretch.first) or (row.last and row.last < stretch.last):
        return False
    return _WEEKLY.fullmatch(row.opening_hours) is not None
