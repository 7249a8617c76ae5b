"""From rows to values: which hours, phones and languages belong to a service at a location. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from referral.clock import AMSTERDAM
from referral.directory.candidate import Candidate, Channel
from referral.directory.holidays import make_policy
from referral.directory.openings import Hours, HoursChange, Timetable
from referral.directory.queries import AnyRow, Listing
from referral.directory.school_holidays import Region, SchoolHolidays
from referral.models.columns import AttendingType, Evidence, Status
from referral.models.phone import Phone

ZONE: ZoneInfo = AMSTERDAM


@dataclass(slots=True)
class _Group:
    """The rows of one service, or of one location."""

    rows: dict[str, list[AnyRow]] = field(default_factory=dict)

    def add(self, key: str | None, row: AnyRow) -> None:
        if key is not None:
            self.rows.setdefault(key, []).append(row)

    def get(self, key: str | None) -> list[AnyRow]:
        return self.rows.get(key, []) if key is not None else []


def _group(rows: Iterable[AnyRow], column: str) -> _Group:
    group = _Group()
    for row in rows:
        group.add(getattr(row, column), row)
    return group


def may_be_shown(phone: AnyRow | Phone) -> bool:
    """Return whether a number may be shown: it was read somewhere, or a library has confirmed it."""
    return phone.evidence is not Evidence.UNVERIFIED or phone.assured_date is not None


def make_candidates(listing: Listing, school_holidays: SchoolHolidays) -> list[Candidate]:
    """Return a candidate for each service at each of its locations, or one for a service without any."""
    parts = Parts(listing, school_holidays)
    places = _group(listing.places, "service_id")
    candidates = []
    for service in listing.services:
        usable: Sequence[AnyRow | None] = _list_usable(places.get(service.id)) or [None]
        candidates += [parts.make_candidate(service, place) for place in usable]
    return candidates


def _list_usable(places: Sequence[AnyRow]) -> Sequence[AnyRow]:
    """Return the open locations; if all are closed or moved, one of them, which makes the service closed."""
    return [place for place in places if place.status is Status.ACTIVE] or places[:1]


class Parts:
    """The rows of a listing, by what they belong to."""

    def __init__(self, listing: Listing, school_holidays: SchoolHolidays) -> None:
        self.school_holidays = school_holidays
        self.kinds = _group(listing.kinds, "service_id")
        self.areas = _group(listing.areas, "service_id")
        self.by_owner = {
            (what, column): _group(rows, column)
            for what, rows in (
                ("schedule", listing.schedules),
                ("change", listing.changes),
                ("language", listing.languages),
                ("phone", listing.phones),
            )
            for column in ("service_id", "location_id", "organization_id", "service_at_location_id")
            if rows and hasattr(rows[0], column)
        }

    def get(self, what: str, column: str, key: str | None) -> list[AnyRow]:
        group = self.by_owner.get((what, column))
        return group.get(key) if group else []

    def make_candidate(self, service: AnyRow, place: AnyRow | None) -> Candidate:
        languages = self.get("language", "service_id", service.id)
        if place:
            languages = languages + self.get("language", "location_id", place.location_id)
        status = service.status
        if place and status is Status.ACTIVE:
            status = place.status
        attending = AttendingType.IN_PERSON if place else AttendingType.PHONE
        hours = self.make_hours(service, place, attending)
        if place and not hours.timetables:
            hours = self.make_hours(service, place, AttendingType.PHONE)
        return Candidate(
            service_id=service.id,
            organization_id=service.organization_id,
            name=service.name,
            organization_name=service.organization_name,
            kinds=frozenset(row.code for row in self.kinds.get(service.id)),
            serves=frozenset(row.extent for row in self.areas.get(service.id)),
            hours=hours,
            channels=frozenset(self._list_channels(service, place)),
            status=status,
            location_id=place.location_id if place else None,
            latitude=place.latitude if place else None,
            longitude=place.longitude if place else None,
            by_appointment=service.by_appointment,
            languages=frozenset(row.code for row in languages) - {"nl"},
            wheelchair=place.wheelchair if place else None,
            assured_date=service.assured_date,
            check_due=service.check_due,
            is_example=service.is_example,
        )

    def make_hours(self, service: AnyRow, place: AnyRow | None, attending: AttendingType) -> Hours:
        """Return the hours of a service at a location: its own there, else its own, else those of the building."""
        schedules = self._pick_schedules(service, place, attending)
        owner = place if place and place.organization_id else service
        region = owner.school_region or service.school_region
        return Hours(
            timetables=tuple(Timetable(row.opening_hours, row.valid_from, row.valid_to) for row in schedules),
            changes=tuple(self._list_changes(service, place)),
            policy=make_policy(owner.holiday_policy),
            region=Region(region) if region else None,
            school_holidays=self.school_holidays,
            by_appointment=service.by_appointment,
            zone=ZONE,
        )

    def _pick_schedules(self, service: AnyRow, place: AnyRow | None, attending: AttendingType) -> list[AnyRow]:
        owners: list[tuple[str, str | None]] = [("service_id", service.id)]
        if place:
            owners = [("service_at_location_id", place.id), *owners, ("location_id", place.location_id)]
        for column, key in owners:
            rows = [row for row in self.get("schedule", column, key) if row.attending_type is attending]
            if rows:
                return rows
        return []

    def list_hours_notes(self, service: AnyRow, place: AnyRow | None) -> tuple[str, ...]:
        return tuple(row.notes for row in self._pick_schedules(service, place, AttendingType.IN_PERSON) if row.notes)

    def _list_changes(self, service: AnyRow, place: AnyRow | None) -> Iterable[HoursChange]:
        organization_ids = {service.organization_id, place.organization_id if place else None}
        owners = [("service_id", service.id), ("location_id", place.location_id if place else None)]
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

    def list_phones(self, service: AnyRow, place: AnyRow | None) -> list[AnyRow]:
        """Return the numbers that may be shown: the service's own, else the location's, else the organization's."""
        owners = [("service_id", service.id), ("location_id", place.location_id if place else None)]
        owners.append(("organization_id", service.organization_id))
        for column, key in owners:
            rows = self.get("phone", column, key)
            if rows:
                return [row for row in rows if may_be_shown(row)]
        return []

    def _list_channels(self, service: AnyRow, place: AnyRow | None) -> Iterable[Channel]:
        if place:
            yield Channel.VISIT
        if self.list_phones(service, place):
            yield Channel.PHONE
        if service.url or service.website:
            yield Channel.WEBSITE
        if service.email:
            yield Channel.EMAIL
        if service.application_process:
            yield Channel.INSTRUCTION
