"""Hours of the rows of a service, as schedules and days on which they do not hold. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from referral.directory.rows import make_child_id
from referral.directory.school_holidays import Region
from referral.directory.spoken.hours import SpokenHours, read_spoken_hours
from referral.exchange.records import Record
from referral.exchange.sheet.cells import BadCell
from referral.exchange.sheet.changes import Change, list_school_holidays, read_changes
from referral.exchange.sheet.news import News
from referral.models.columns import AttendingType

HOURS = {"hours": AttendingType.IN_PERSON, "phone_hours": AttendingType.PHONE}


@dataclass(frozen=True, slots=True)
class At:
    """What schedules hang on: the service, or the service at one location."""

    column: str
    id: str


def read_hours(text: str, news: News) -> SpokenHours:
    """Return the hours; raise `BadCell` with the words that were not understood."""
    hours = read_spoken_hours(text, news.reference.hour_words)
    if hours.misread:
        raise BadCell(f"hours_{hours.misread.reason}", value=text[:200], words=hours.misread.words[:80])
    return hours


def read_row(news: News) -> dict[str, SpokenHours]:
    """Return what a row says of hours, by column; columns that are empty are left out."""
    read = {column: news.read(column, lambda text: read_hours(text, news)) for column in HOURS}
    return {column: hours for column, hours in read.items() if hours}


def list_schedules(said: Mapping[str, SpokenHours], at: At, news: News) -> Iterator[Record]:
    for column, attending in HOURS.items():
        hours = said.get(column)
        if hours is None or hours.opening_hours is None:
            continue
        if "-" not in hours.opening_hours and "24/7" not in hours.opening_hours and '"' not in hours.opening_hours:
            news.tell("hours_never_open", column, {"value": news.get(column)}, blocks=False)
        # The id says where it hangs, as in directory/rows.py.
        values = {at.column: at.id, "opening_hours": hours.opening_hours, "attending_type": attending}
        yield Record("schedule", make_child_id(at.id, "schedule", attending, 0), values, news.path)


def list_changes(
    news: News, said: Sequence[Mapping[str, SpokenHours]], service_id: str, region: Region | None
) -> Iterator[Record]:
    """Yield the days of "afwijkende dagen", and of the school holidays that the hours leave out."""
    changes = news.read("changes", lambda text: read_changes(text, news.reference)) or []
    names = dict.fromkeys(name for one in said for hours in one.values() for name in hours.closed_in)
    closed, unknown = list_school_holidays(list(names), region, news.reference)
    for name in unknown:
        news.tell("school_holiday_without_days", "hours", {"value": name}, blocks=False)
    days = {(change.start, change.end) for change in changes}
    for change in (*changes, *(one for one in closed if (one.start, one.end) not in days)):
        yield make_change(change, service_id, news.path)


def make_change(change: Change, service_id: str, path: str = "") -> Record:
    """Return days on which other hours hold, as a row; the same days always have the same id."""
    values = {
        "service_id": service_id,
        "start_date": change.start,
        "end_date": change.end,
        "opening_hours": change.opening_hours,
        "reason": change.reason,
    }
    change_id = make_child_id(service_id, "change", change.start.isoformat(), change.end.isoformat())
    return Record("hours_exception", change_id, values, path)
