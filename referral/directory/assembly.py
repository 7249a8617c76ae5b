"""From rows to candidates: which hours, phones and languages belong to a service at a location. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from referral.clock import AMSTERDAM
from referral.directory.candidate import Candidate, Channel
from referral.directory.holidays import make_policy
from referral.directory.listing_queries import Details
from referral.directory.openings import Hours, HoursChange, Timetable
from referral.directory.outlines import Site, group, list_fields
from referral.directory.queries import AnyRow
from referral.directory.school_holidays import Region, SchoolHolidays
from referral.models.columns import AttendingType, Evidence
from referral.models.phone import Phone

ZONE: ZoneInfo = AMSTERDAM


def may_be_shown(phone: AnyRow | Phone) -> bool:
    """Return whether a number may be shown: it was read somewhere, or a library has confirmed it."""
    return phone.evidence is not Evidence.UNVERIFIED or phone.assured_date is not None


@dataclass(frozen=True, slots=True)
class Reach:
    """When a service can be reached at one of its locations (none: by phone or online), and if a number may be shown.

    Hours are as they were written: those of an import or a form may be unreadable.
    """

    service_id: str
    location_id: str | None
    hours: Hours
    phone_hours: Hours
    is_callable: bool


class Parts:
    """The rows of details, by what they belong to; with the sites they make candidates."""

    def __init__(self, details: Details, school_holidays: SchoolHolidays) -> None:
        self.school_holidays = school_holidays
        self.by_owner = {
            (what, column): group(rows, column)
            for what, rows in (("schedule", details.schedules), ("change", details.changes), ("phone", details.phones))
            for column in ("service_id", "location_id", "organization_id", "service_at_location_id")
            if rows and hasattr(rows[0], column)
        }

    def get(self, what: str, column: str, key: str | None) -> list[AnyRow]:
        found = self.by_owner.get((what, column))
        return found.get(key) if found else []

    def make_candidate(self, site: Site) -> Candidate:
        attending = AttendingType.IN_PERSON if site.place else AttendingType.PHONE
        hours = self.make_hours(site, attending)
        if site.place and not hours.timetables:
            hours = self.make_hours(site, AttendingType.PHONE)
        fields = list_fields(site)
        if self.list_phones(site):
            fields["channels"] |= {Channel.PHONE}
        return Candidate(**fields, hours=hours)

    def make_reach(self, site: Site) -> Reach:
        return Reach(
            site.service.id,
            site.location_id,
            hours=self.make_hours(site, AttendingType.IN_PERSON),
            phone_hours=self.make_hours(site, AttendingType.PHONE),
            is_callable=bool(self.list_phones(site)),
        )

    def make_hours(self, site: Site, attending: AttendingType) -> Hours:
        """Return the hours of a service at a location: its own there, else its own, else those of the building."""
        service, place = site.service, site.place
        schedules = self._pick_schedules(site, attending)
        owner = place if place and place.organization_id else service
        region = owner.school_region or service.school_region
        return Hours(
            timetables=tuple(Timetable(row.opening_hours, row.valid_from, row.valid_to) for row in schedules),
            changes=tuple(self._list_changes(site)),
            policy=make_policy(owner.holiday_policy),
            region=Region(region) if region else None,
            school_holidays=self.school_holidays,
            by_appointment=service.by_appointment,
            zone=ZONE,
        )

    def _pick_schedules(self, site: Site, attending: AttendingType) -> list[AnyRow]:
        service, place = site.service, site.place
        owners: list[tuple[str, str | None]] = [("service_id", service.id)]
        if place:
            owners = [("service_at_location_id", place.id), *owners, ("location_id", place.location_id)]
        for column, key in owners:
            rows = [row for row in self.get("schedule", column, key) if row.attending_type is attending]
            if rows:
                return rows
        return []

    def list_hours_notes(self, site: Site) -> tuple[str, ...]:
        return tuple(row.notes for row in self._pick_schedules(site, AttendingType.IN_PERSON) if row.notes)

    def _list_changes(self, site: Site) -> Iterable[HoursChange]:
        service, place = site.service, site.place
        organization_ids = {service.organization_id, place.organization_id if place else None}
        owners = [("service_id", service.id), ("location_id", site.location_id)]
        owners += [("organization_id", key) for key in sorted(filter(None, organization_ids))]
        for column, key in owners:
            for row in self.get("change", column, key):
                yield HoursChange(
                    row.start_date,
                    row.end_date,
                    row.opening_hours,
                    row.reason,
                    whole_building=column != "service_id",
                )

    def list_phones(self, site: Site) -> list[AnyRow]:
        """Return the numbers that may be shown: the service's own, else the location's, else the organization's."""
        owners = [("service_id", site.service.id), ("location_id", site.location_id)]
        owners.append(("organization_id", site.service.organization_id))
        for column, key in owners:
            # The number of a service at a location is not the number of the location.
            rows = [row for row in self.get("phone", column, key) if column == "service_id" or row.service_id is None]
            if rows:
                return [row for row in rows if may_be_shown(row)]
        return []
