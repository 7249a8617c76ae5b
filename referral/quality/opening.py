"""Rules about when a service is open: hours that can be read, or "op afspraak", and open in the coming two weeks."""

from collections.abc import Iterator
from datetime import datetime

from referral.clock import to_local
from referral.directory.hours import describe_today, find_next_opening, list_week
from referral.directory.notation import read_notation
from referral.directory.openings import Hours
from referral.errors import InvalidContent
from referral.models.columns import Status
from referral.quality.entry import Entry, Site
from referral.quality.findings import Code, Finding

DAYS = 14
_HOURS = "schedule.opening_hours"


def find_in_opening(entry: Entry, now: datetime) -> Iterator[Finding]:
    unreadable = list(dict.fromkeys(text for site in entry.sites for text in _list_unreadable(site)))
    for text in unreadable:
        yield Finding(Code.HOURS_UNREADABLE, _HOURS, {"hours": text})
    if unreadable:
        return
    for site in entry.sites:
        finding = _find_at(site, entry, now)
        if finding:
            yield finding


def _list_unreadable(site: Site) -> Iterator[str]:
    for hours in (site.hours, site.phone_hours):
        for text in (
            *(table.opening_hours for table in hours.timetables),
            *(change.opening_hours for change in hours.changes if change.opening_hours is not None),
        ):
            try:
                read_notation(text)
            except InvalidContent:
                yield text


def _find_at(site: Site, entry: Entry, now: datetime) -> Finding | None:
    if site.spot is None and not site.is_callable:
        return None  # online only: nobody has to be there
    hours = site.hours if site.spot and site.hours.timetables else site.phone_hours
    location_id = site.spot.location_id if site.spot else None
    told = {"location": site.spot.name} if site.spot else {"location": entry.name}
    if not _say_something(hours):
        is_by_appointment = entry.by_appointment or describe_today(hours, now).by_appointment
        return None if is_by_appointment else Finding(Code.NO_HOURS, _HOURS, told, location_id)
    if entry.status is not Status.ACTIVE:
        return None
    if any(openings for _, openings in list_week(hours, to_local(now).date(), DAYS)):
        return None
    opening = find_next_opening(hours, now)
    if opening is None:
        return Finding(Code.NEVER_OPENS, _HOURS, told, location_id)
    return Finding(Code.CLOSED_TWO_WEEKS, _HOURS, {**told, "date": opening.start.date()}, location_id)


def _say_something(hours: Hours) -> bool:
    return any(not read_notation(table.opening_hours).says_nothing for table in hours.timetables)
