"""Is it open, until when, and when next: opening hours as answers. Values in, values out; no clock, no sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from referral.directory.holidays import Holiday, find_holiday
from referral.directory.notation import read_notation
from referral.directory.openings import (
    ONE_DAY,
    ClockOpening,
    Hours,
    HoursChange,
    Timetable,
    is_asked_first,
    list_changes,
    list_openings,
)

__all__ = [
    "Hours",
    "HoursChange",
    "HoursToday",
    "Opening",
    "Timetable",
    "Unsure",
    "describe_today",
    "find_next_opening",
    "is_open_at",
    "list_between",
    "list_week",
]

# How far ahead an opening is looked for: a yearly clinic that has just closed is still found.
HORIZON = timedelta(days=400)
# An opening that has no end within this time is shown as always open.
ALWAYS = timedelta(days=31)


class Unsure(StrEnum):
    """Why we do not say that it is open or closed."""

    HOLIDAY = "holiday"
    SCHOOL_HOLIDAYS_UNKNOWN = "school_holidays_unknown"
    NO_HOURS = "no_hours"


@dataclass(frozen=True, slots=True)
class Opening:
    """From … to, as aware moments in the partner's zone; no `end`: it never closes."""

    start: datetime
    end: datetime | None
    by_appointment: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class HoursToday:
    """What can be said at a moment. `today` holds the openings of the whole day, also those that are over.

    `opens_next` starts after the moment, also when it is open now. `unsure` says why "closed" may not be true.
    """

    open_now: bool
    open_until: datetime | None
    opens_next: Opening | None
    today: tuple[Opening, ...]
    by_appointment: bool
    always_open: bool = False
    holiday: Holiday | None = None
    exception: str | None = None
    unsure: Unsure | None = None


def is_open_at(hours: Hours, moment: datetime) -> bool:
    """Return whether somebody is there at this moment (with or without an appointment). `moment` is aware."""
    return _find_around(hours, moment)[0] is not None


def list_between(hours: Hours, start: datetime, end: datetime) -> Iterator[Opening]:
    """Yield what is open at some moment from `start` up to but not including `end`; both are aware."""
    for opening in _list_days(hours, _to_day(hours, start) - ONE_DAY, _to_day(hours, end) + ONE_DAY):
        if _utc(opening.start) >= _utc(end):
            return
        if opening.end is None or _utc(start) < _utc(opening.end):
            yield opening


def find_next_opening(hours: Hours, moment: datetime) -> Opening | None:
    """Return the first opening that starts after this moment, or None within the next 400 days."""
    return _find_around(hours, moment)[1]


def describe_today(hours: Hours, moment: datetime) -> HoursToday:
    """Return what a card says about the hours at this moment. `moment` is aware."""
    today = _to_day(hours, moment)
    current, opens_next = _find_around(hours, moment)
    at_hand = current or opens_next
    changes = list_changes(hours, today)
    return HoursToday(
        open_now=current is not None,
        open_until=current.end if current else None,
        opens_next=opens_next,
        today=_list_day(hours, today),
        by_appointment=hours.by_appointment or bool(at_hand and at_hand.by_appointment) or _only_by_comment(hours),
        always_open=current is not None and current.end is None,
        holiday=find_holiday(today),
        exception=changes[0].reason if changes else None,
        unsure=_find_doubt(hours, today),
    )


def list_week(hours: Hours, start: date, days: int = 7) -> tuple[tuple[date, tuple[Opening, ...]], ...]:
    """Return each day from `start` with what opens on it, for a printed card or an export."""
    return tuple((day, _list_day(hours, day)) for day in (start + timedelta(days=n) for n in range(days)))


def _find_around(hours: Hours, moment: datetime) -> tuple[Opening | None, Opening | None]:
    """Return what is open at this moment, and the first that opens after it."""
    today = _to_day(hours, moment)
    current = None
    for opening in _list_days(hours, today - ONE_DAY, today + HORIZON):
        if _utc(opening.start) > _utc(moment):
            return current, opening
        if current is None and (opening.end is None or _utc(moment) < _utc(opening.end)):
            current = opening
    return current, None


def _list_day(hours: Hours, day: date) -> tuple[Opening, ...]:
    return tuple(_to_opening(hours, opening) for opening in list_openings(hours, day, day + ONE_DAY))


def _list_days(hours: Hours, start: date, end: date) -> Iterator[Opening]:
    for opening in list_openings(hours, start, end):
        yield _to_opening(hours, opening)


def _to_opening(hours: Hours, opening: ClockOpening) -> Opening:
    never_closes = opening.end - opening.start > ALWAYS
    return Opening(
        start=_to_moment(hours, opening.start),
        end=None if never_closes else _to_moment(hours, opening.end),
        by_appointment=opening.by_appointment,
        note=opening.note,
    )


def _to_moment(hours: Hours, clock_time: datetime) -> datetime:
    """Put a clock time in the zone; one that the clock skips in spring becomes the real time an hour later."""
    return clock_time.replace(tzinfo=hours.zone).astimezone(UTC).astimezone(hours.zone)


def _to_day(hours: Hours, moment: datetime) -> date:
    if moment.tzinfo is None:
        raise ValueError("a moment without time zone")
    return moment.astimezone(hours.zone).date()


def _utc(moment: datetime) -> datetime:
    """Moments of one zone compare by the clock on the wall, which is wrong in the hour that comes twice."""
    return moment.astimezone(UTC)


def _only_by_comment(hours: Hours) -> bool:
    notations = [read_notation(table.opening_hours) for table in hours.timetables]
    return bool(notations) and all(
        notation.says_nothing and "afspraak" in notation.text.lower() for notation in notations
    )


def _find_doubt(hours: Hours, day: date) -> Unsure | None:
    notations = [read_notation(table.opening_hours) for table in hours.timetables]
    if all(notation.says_nothing for notation in notations):
        return Unsure.NO_HOURS
    if list_changes(hours, day):
        return None
    if any(is_asked_first(hours, notation, day) for notation in notations) and any(
        list_openings(hours, day, day + ONE_DAY, ignore_ask=True)
    ):
        return Unsure.HOLIDAY
    mentions = any(notation.mentions_school_holidays for notation in notations)
    if mentions and (hours.region is None or not hours.school_holidays.knows(day)):
        return Unsure.SCHOOL_HOLIDAYS_UNKNOWN
    return None
