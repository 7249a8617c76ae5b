"""From opening hours to a stream of openings: pure, in clock time, day kind by day kind.

The calendar is cut into stretches of days on which the same text holds: an exception, a public holiday, a school
holiday, a timetable that begins or ends. Each stretch is one call to the library, so that a clinic that opens next
January costs no more than a shop that opens tomorrow.
"""

import heapq
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import State

from referral.clock import AMSTERDAM
from referral.directory.holidays import DEFAULT_POLICY, HolidayPolicy, Rule, apply_policy, list_holidays
from referral.directory.notation import Notation, build_evaluator, read_notation
from referral.directory.school_holidays import NO_SCHOOL_HOLIDAYS, DateRange, Region, SchoolHolidays

ONE_DAY = timedelta(days=1)
_APPOINTMENT = re.compile(r"afspraak|appointment", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Timetable:
    """One opening_hours string, with its first and last day (both included; none: no limit)."""

    opening_hours: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class HoursChange:
    """Days on which other hours hold; `opening_hours` none: closed. Both days included.

    Of a `whole_building` they narrow the usual hours (nobody opens because the building does), else they replace them.
    """

    start: date
    end: date
    opening_hours: str | None = None
    reason: str = ""
    whole_building: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """Everything that decides when a partner is open. Of `changes` on one day, closed wins; then the service's own."""

    timetables: tuple[Timetable, ...] = ()
    changes: tuple[HoursChange, ...] = ()
    policy: HolidayPolicy = field(default_factory=lambda: DEFAULT_POLICY)
    region: Region | None = None
    school_holidays: SchoolHolidays = NO_SCHOOL_HOLIDAYS
    by_appointment: bool = False
    zone: ZoneInfo = AMSTERDAM


@dataclass(frozen=True, slots=True)
class ClockOpening:
    """From … to on the clock on the wall, without a zone; `end` may be days later (24/7)."""

    start: datetime
    end: datetime
    note: str = ""

    @property
    def by_appointment(self) -> bool:
        return bool(_APPOINTMENT.search(self.note))


def list_changes(hours: Hours, day: date) -> tuple[HoursChange, ...]:
    """Return the changes that hold on a day, the strongest first."""
    of_day = [change for change in hours.changes if change.start <= day <= change.end]
    if not of_day:
        return ()
    return tuple(sorted(of_day, key=lambda change: (change.opening_hours is not None, change.whole_building)))


def is_asked_first(hours: Hours, notation: Notation, day: date) -> bool:
    """Return whether it differs from one partner to the next if this holiday is a day off."""
    if notation.is_always or apply_policy(hours.policy, day) is not Rule.ASK:
        return False
    return not list_changes(hours, day)


def list_openings(hours: Hours, start: date, end: date, *, ignore_ask: bool = False) -> Iterator[ClockOpening]:
    """Yield what opens on the days from `start` up to but not including `end`, in order, touching ones joined.

    Days that have to be asked about first are left out, unless `ignore_ask`.
    """
    streams = [_list_usual(hours, table, start, end, ignore_ask=ignore_ask) for table in hours.timetables]
    if any(change.opening_hours is not None and not change.whole_building for change in hours.changes):
        streams.append(_list_changed(hours, start, end))
    return _join(streams[0] if len(streams) == 1 else heapq.merge(*streams, key=lambda opening: opening.start))


def _list_usual(hours: Hours, table: Timetable, start: date, end: date, *, ignore_ask: bool) -> Iterator[ClockOpening]:
    notation = read_notation(table.opening_hours)
    if notation.says_nothing:
        return
    for first, last in _cut(hours, table, notation, start, end):
        changes = list_changes(hours, first)
        if any(change.opening_hours is None or not change.whole_building for change in changes):
            continue
        if not _is_valid(table, first) or (not ignore_ask and is_asked_first(hours, notation, first)):
            continue
        is_holiday = apply_policy(hours.policy, first) is Rule.CLOSED
        if is_holiday and not notation.mentions_public_holidays and not notation.is_always:
            continue
        openings = _evaluate(hours, table.opening_hours, first, last, is_holiday=is_holiday)
        yield from _narrow(hours, openings, changes, first, last)


def _list_changed(hours: Hours, start: date, end: date) -> Iterator[ClockOpening]:
    for first, last in _stretches(start, end, _list_change_bounds(hours)):
        changes = list_changes(hours, first)
        if not changes or changes[0].opening_hours is None or changes[0].whole_building:
            continue
        openings = _evaluate(hours, changes[0].opening_hours, first, last, is_holiday=False)
        yield from _narrow(hours, openings, changes[1:], first, last)


def _narrow(
    hours: Hours, openings: Iterator[ClockOpening], changes: Iterable[HoursChange], first: date, last: date
) -> Iterator[ClockOpening]:
    """Keep of the openings what falls within the hours of the building."""
    for change in changes:
        if change.whole_building and change.opening_hours is not None:
            building = list(_evaluate(hours, change.opening_hours, first, last, is_holiday=False))
            openings = iter([part for opening in openings for part in _intersect(opening, building)])
    return openings


def _intersect(opening: ClockOpening, others: list[ClockOpening]) -> Iterator[ClockOpening]:
    for other in others:
        start, end = max(opening.start, other.start), min(opening.end, other.end)
        if start < end:
            yield ClockOpening(start, end, opening.note)


def _is_valid(table: Timetable, day: date) -> bool:
    return (table.valid_from is None or table.valid_from <= day) and (table.valid_to is None or day <= table.valid_to)


def _list_change_bounds(hours: Hours) -> set[date]:
    return {bound for change in hours.changes for bound in (change.start, change.end + ONE_DAY)}


@lru_cache(maxsize=64)
def _list_holiday_bounds(year: int) -> frozenset[date]:
    return frozenset(bound for day in list_holidays(year) for bound in (day, day + ONE_DAY))


def _cut(hours: Hours, table: Timetable, notation: Notation, start: date, end: date) -> Iterator[DateRange]:
    """Yield stretches (first day, day after the last) over which nothing of what decides the hours changes."""
    bounds = _list_change_bounds(hours)
    if table.valid_from:
        bounds.add(table.valid_from)
    if table.valid_to:
        bounds.add(table.valid_to + ONE_DAY)
    for year in range(start.year, end.year + 1):
        bounds |= _list_holiday_bounds(year)
    if notation.mentions_school_holidays and hours.region:
        for first, last in hours.school_holidays.list_ranges(hours.region):
            bounds.update((first, last + ONE_DAY))
    return _stretches(start, end, bounds)


def _stretches(start: date, end: date, bounds: set[date]) -> Iterator[DateRange]:
    first = start
    for bound in sorted(bound for bound in bounds if start < bound < end):
        yield first, bound
        first = bound
    if first < end:
        yield first, end


def _evaluate(hours: Hours, text: str, first: date, last: date, *, is_holiday: bool) -> Iterator[ClockOpening]:
    """Yield what opens in [first, last) under one text. A night belongs to the day on which it began."""
    is_school_holiday = read_notation(text).mentions_school_holidays and _is_school_holiday(hours, first)
    evaluator = build_evaluator(text, public_holiday=is_holiday, school_holiday=is_school_holiday)
    begin, stop = _midnight(first), _midnight(last)
    for opens, closes, state, note in evaluator.intervals(begin - ONE_DAY, stop + ONE_DAY):
        if opens >= stop:
            return
        is_rest_of_night = opens < begin and closes < begin + ONE_DAY  # the day before has given it, by its own text
        if state != State.OPEN or closes <= begin or is_rest_of_night:
            continue
        goes_on = closes >= stop + ONE_DAY  # right through: the next stretch goes on, or does not
        yield ClockOpening(max(opens, begin), stop if goes_on else closes, note)


def _is_school_holiday(hours: Hours, day: date) -> bool:
    if hours.region is None:
        return False
    return any(first <= day <= last for first, last in hours.school_holidays.list_ranges(hours.region))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)


def _join(openings: Iterable[ClockOpening]) -> Iterator[ClockOpening]:
    """Join what touches or overlaps and has the same note."""
    current: ClockOpening | None = None
    for opening in openings:
        if current is None:
            current = opening
        elif opening.start <= current.end and opening.note == current.note:
            current = ClockOpening(current.start, max(current.end, opening.end), current.note)
        else:
            yield current
            current = opening
    if current is not None:
        yield current
