"""The directory's answers: who could help with this here, and what to show of a service."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from referral.clock import to_local
from referral.directory import queries
from referral.directory.assembly import Parts, make_candidates
from referral.directory.candidate import Candidate
from referral.directory.card import Cost, PhoneLine, ServiceCard, Words
from referral.directory.freshness import is_overdue
from referral.directory.hours import HoursToday, describe_today
from referral.directory.national import make_national_id
from referral.directory.openings import Hours
from referral.directory.queries import AnyRow, Listing
from referral.directory.school_holidays import SchoolHolidays, read_school_holidays
from referral.errors import NotFound
from referral.models.columns import AttendingType, Status
from referral.models.organization import Organization
from referral.models.service import Service
from referral.models.service_area import WHOLE_COUNTRY
from referral.settings import get_settings


def get_school_holidays() -> SchoolHolidays:
    return read_school_holidays(get_settings().data_dir / "school_holidays.yml")


def find_candidates(session: Session, kinds: Collection[str], municipality: str | None) -> list[Candidate]:
    """Return every listed service of these kinds for a municipality (GMxxxx) or the whole country.

    Closed ones too: the matching leaves them out and needs them to say which kind of gap there is. Without a
    municipality only services for the whole country are found.
    """
    return load_candidates(session, _list_ids(session, kinds, municipality))


def find_national(session: Session, catalogue_ids: Sequence[str]) -> list[Candidate]:
    """Return the national organisations of a topic in the order of the topic; unknown ids are left out."""
    return find_local_and_national(session, (), None, catalogue_ids)[1]


def find_local_and_national(
    session: Session, kinds: Collection[str], municipality: str | None, catalogue_ids: Sequence[str]
) -> tuple[list[Candidate], list[Candidate]]:
    """Return what `find_candidates` and `find_national` return, in half the queries."""
    local_ids = _list_ids(session, kinds, municipality)
    national_ids = [make_national_id(catalogue_id) for catalogue_id in catalogue_ids]
    found = load_candidates(session, {*local_ids, *national_ids})
    local = [candidate for candidate in found if candidate.service_id in local_ids]
    national = [candidate for candidate in found if candidate.service_id in national_ids]
    return local, sorted(national, key=lambda candidate: national_ids.index(candidate.service_id))


def _list_ids(session: Session, kinds: Collection[str], municipality: str | None) -> list[str]:
    extents = {WHOLE_COUNTRY, municipality} if municipality else {WHOLE_COUNTRY}
    return queries.list_service_ids(session, kinds, extents) if kinds else []


def load_candidates(session: Session, service_ids: Collection[str]) -> list[Candidate]:
    if not service_ids:
        return []
    return make_candidates(queries.load_listing(session, service_ids), get_school_holidays())


def list_absent_kinds(session: Session, municipality: str) -> set[str]:
    """Return the kinds of partner that an editor confirmed not to exist in this municipality."""
    return queries.list_absent_kinds(session, municipality)


def list_points(
    session: Session, kinds: Collection[str], *, south: float, north: float, west: float, east: float
) -> list[tuple[float, float]]:
    """Return where (degrees) active services of these kinds are within a box."""
    rows = queries.list_points(session, kinds, south=south, north=north, west=west, east=east)
    return [(row.latitude, row.longitude) for row in rows]


def get_service(session: Session, service_id: str, *, now: datetime, location_id: str | None = None) -> ServiceCard:
    """Return the card of a service at one of its locations (the first, if none is named).

    Raises `NotFound` when there is no such service, or it is not given at that location.
    """
    service = queries.find_service(session, service_id)
    listing = queries.load_listing(session, [service_id])
    if service is None or not listing.services:
        raise NotFound("no such service")
    place = _pick_place(listing, location_id)
    return _make_card(session, service, listing, place, now)


def _pick_place(listing: Listing, location_id: str | None) -> AnyRow | None:
    if location_id is not None:
        for place in listing.places:
            if place.location_id == location_id:
                return place
        raise NotFound("the service is not given at that location")
    active = [place for place in listing.places if place.status is Status.ACTIVE]
    return next(iter([*active, *listing.places]), None)


def _make_card(
    session: Session, service: Service, listing: Listing, place: AnyRow | None, now: datetime
) -> ServiceCard:
    row = listing.services[0]
    parts = Parts(listing, get_school_holidays())
    hours = parts.make_hours(row, place, AttendingType.IN_PERSON)
    phone_hours = parts.make_hours(row, place, AttendingType.PHONE)
    candidate = parts.make_candidate(row, place)
    location = queries.find_location(session, place.location_id) if place else None
    accessibility = queries.list_accessibility(session, place.location_id) if place else []
    organization = queries.get_organization(session, service.organization_id)
    today = to_local(now).date()
    return ServiceCard(
        service_id=service.id,
        organization_id=service.organization_id,
        location_id=place.location_id if place else None,
        name=service.name,
        organization_name=organization.name,
        kinds=tuple(sorted(candidate.kinds)),
        does=_translate(service.description, service.translations, "description"),
        address_lines=_list_address_lines(session, place),
        location_name=location.name if location else None,
        latitude=candidate.latitude,
        longitude=candidate.longitude,
        transportation=location.transportation if location else None,
        hours=hours if hours.timetables else None,
        today=_describe(hours, now),
        phone_hours=phone_hours if phone_hours.timetables else None,
        phone_today=_describe(phone_hours, now),
        opening_hours=tuple(table.opening_hours for table in hours.timetables),
        hours_notes=parts.list_hours_notes(row, place),
        phones=tuple(
            PhoneLine(phone.number, phone.description or "", phone.evidence) for phone in parts.list_phones(row, place)
        ),
        website=service.url or organization.website,
        email=service.email,
        by_appointment=service.by_appointment,
        how=_translate(service.application_process, service.translations, "application_process"),
        costs=tuple(
            Cost(cost.amount, _translate(cost.amount_description, cost.translations, "amount_description"))
            for cost in queries.list_costs(session, service.id)
        ),
        required_documents=tuple(
            _translate(document.document, document.translations, "document")
            for document in queries.list_documents(session, service.id)
        ),
        languages=tuple(sorted(candidate.languages)),
        interpretation_services=service.interpretation_services,
        eligibility=_translate(service.eligibility_description, service.translations, "eligibility_description"),
        wheelchair=candidate.wheelchair,
        accessibility=next((found.description for found in accessibility if found.description), None),
        alert=_translate(service.alert, service.translations, "alert"),
        status=candidate.status,
        is_offered=candidate.status is Status.ACTIVE and bool(candidate.channels),
        is_government=organization.is_government,
        is_example=service.is_example,
        assured_date=service.assured_date,
        check_due=service.check_due,
        is_check_overdue=is_overdue(service.assured_date, service.check_due, today),
    )


def _describe(hours: Hours, now: datetime) -> HoursToday | None:
    return describe_today(hours, now) if hours.timetables else None


def _list_address_lines(session: Session, place: AnyRow | None) -> tuple[str, ...]:
    if place is None:
        return ()
    for address in queries.list_addresses(session, place.location_id):
        lines = (address.attention, address.address_1, address.address_2, f"{address.postal_code} {address.city}")
        return tuple(line for line in lines if line)
    return ()


def _translate(dutch: str | None, translations: dict[str, dict[str, str]], name: str) -> Words:
    """Return a text by language; empty when there is no text at all."""
    if not dutch:
        return {}
    return {"nl": dutch} | {language: texts[name] for language, texts in translations.items() if texts.get(name)}


def find_service_of(session: Session, organization_id: str, kind: str) -> str | None:
    """Return the id of an active service of this kind that the organization itself gives, if it has one."""
    return queries.find_service_of(session, organization_id, kind)


def find_organization(session: Session, organization_id: str) -> Organization | None:
    return queries.find_organization(session, organization_id)


def list_organizations(session: Session) -> Sequence[Organization]:
    """Return every organization that gives a service now, by name."""
    return queries.list_organizations(session)


def list_givers(session: Session, kind: str) -> set[str]:
    """Return the ids of the organizations that give a service of this kind now."""
    return queries.list_givers(session, kind)
