"""The directory's answers: who could help with this here, and what to show of a service."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from referral.clock import to_local
from referral.directory import listing_queries, queries, rest_queries
from referral.directory.assembly import Parts, Reach
from referral.directory.candidate import Candidate, Outline
from referral.directory.card import Cost, PhoneLine, ServiceCard, translate
from referral.directory.freshness import is_overdue
from referral.directory.hours import HoursToday, describe_today
from referral.directory.listing_queries import Listing
from referral.directory.national import make_national_id
from referral.directory.openings import Hours
from referral.directory.outlines import Site, list_sites, make_outline
from referral.directory.queries import AnyRow
from referral.directory.rest import find_doubtful, make_stretch
from referral.directory.school_holidays import SchoolHolidays, read_school_holidays
from referral.directory.sieve import OPEN_SIEVE, Sieve
from referral.errors import NotFound
from referral.models.columns import AttendingType, Status
from referral.models.organization import Organization
from referral.models.service import Service
from referral.models.service_area import WHOLE_COUNTRY
from referral.settings import get_settings


def get_school_holidays() -> SchoolHolidays:
    return read_school_holidays(get_settings().data_dir / "school_holidays.yml")


# So many of those that fell through the sieve are read all the same: they tell whether there would be anybody.
SAMPLE = 4


@dataclass(frozen=True, slots=True)
class Sifted:
    """An active service that the sieve kept back, for lack of this; `is_found`: it can surely be reached."""

    service_id: str
    lack: str
    is_found: bool


class Found:
    """What a search found: outlines at once, whole candidates when they are asked for.

    `local` are the services of the wanted kinds at their locations, closed ones too; `national` the national
    organisations of the topic, in its order. `sifted` are those that the sieve kept back, and `sample` outlines of some
    of them.
    """

    def __init__(self, listing: Listing, local_ids: Collection[str], national_ids: Sequence[str]) -> None:
        self.sifted: list[Sifted] = []
        sites = list_sites(listing)
        self._sites = {(site.service.id, site.location_id): site for site in sites}
        outlines = [make_outline(site) for site in sites]
        self.local = [outline for outline in outlines if outline.service_id in local_ids]
        national = [outline for outline in outlines if outline.service_id in national_ids]
        self.national = sorted(national, key=lambda outline: national_ids.index(outline.service_id))
        others = {*local_ids, *national_ids}
        self.sample = [outline for outline in outlines if outline.service_id not in others]
        self._whole: dict[tuple[str, str | None], Candidate] = {}

    def complete(self, session: Session, outlines: Iterable[Outline]) -> list[Candidate]:
        """Return the candidates of these outlines, in the same order; each is read once."""
        keys = [(outline.service_id, outline.location_id) for outline in outlines]
        sites = [self._sites[key] for key in dict.fromkeys(keys) if key not in self._whole]
        if sites:
            parts = _load_parts(session, sites)
            self._whole.update(((site.service.id, site.location_id), parts.make_candidate(site)) for site in sites)
        return [self._whole[key] for key in keys]


def search(
    session: Session,
    kinds: Collection[str],
    municipality: str | None,
    catalogue_ids: Sequence[str],
    sieve: Sieve = OPEN_SIEVE,
) -> Found:
    """Return every listed service of these kinds for a municipality (GMxxxx) or the whole country; national ones too.

    Closed ones too: the matching leaves them out and needs them to say which kind of gap there is. Without a
    municipality only services for the whole country are found. `catalogue_ids` are ids of `data/organisations.yml`;
    unknown ones are left out. What the `sieve` keeps back is not read; national ones do not go through it.
    """
    extents = {WHOLE_COUNTRY, municipality} if municipality else {WHOLE_COUNTRY}
    national_ids = [make_national_id(catalogue_id) for catalogue_id in catalogue_ids]
    sifted: list[Sifted] = []
    local_ids: set[str] = set()
    if kinds and sieve.is_open:
        local_ids = set(listing_queries.list_service_ids(session, kinds, extents))
    elif kinds:
        rows = listing_queries.sift(session, kinds, extents, sieve)
        local_ids = {row.id for row in rows if row.lack is None}
        sifted = [Sifted(row.id, row.lack, bool(row.is_found)) for row in rows if row.lack and row.is_active]
    sample = [one.service_id for one in sifted[: max(0, SAMPLE - len(local_ids))]]
    found = Found(listing_queries.load_listing(session, {*local_ids, *national_ids, *sample}), local_ids, national_ids)
    found.sifted = sifted
    return found


def find_candidates(session: Session, kinds: Collection[str], municipality: str | None) -> list[Candidate]:
    """Return the local ones of `search`, whole."""
    found = search(session, kinds, municipality, ())
    return found.complete(session, found.local)


def load_candidates(session: Session, service_ids: Collection[str]) -> list[Candidate]:
    """Return these services at their locations, whole, in the order of their ids; unknown ids are left out."""
    if not service_ids:
        return []
    found = Found(listing_queries.load_listing(session, service_ids), frozenset(service_ids), ())
    return found.complete(session, found.local)


def list_doubtful(session: Session, service_ids: Collection[str], *, first: date, days: int) -> set[str]:
    """Return which of these services may be closed on every one of so many days from the first on; the others open."""
    if not service_ids:
        return set()
    stretch = make_stretch(first, days, get_school_holidays())
    return find_doubtful(rest_queries.list_hours(session, service_ids, first=first, last=stretch.last), stretch)


def list_reach(session: Session, service_ids: Collection[str]) -> list[Reach]:
    """Return when these services can be reached at each of their locations, in the order of their ids."""
    listing = listing_queries.load_listing(session, service_ids)
    sites = list_sites(listing)
    parts = _load_parts(session, sites)
    return [parts.make_reach(site) for site in sites]


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
    service, listing = _load_service(session, service_id)
    site = _pick_site(listing, location_id)
    return _make_card(session, service, _load_parts(session, [site]), site, now)


def list_cards(session: Session, service_id: str, *, now: datetime) -> list[ServiceCard]:
    """Return the cards of a service: one a location that is open, or one when it has none.

    Raises `NotFound` when there is no such service.
    """
    service, listing = _load_service(session, service_id)
    sites = list_sites(listing)
    parts = _load_parts(session, sites)
    return [_make_card(session, service, parts, site, now) for site in sites]


def _load_service(session: Session, service_id: str) -> tuple[Service, Listing]:
    service = queries.find_service(session, service_id)
    listing = listing_queries.load_listing(session, [service_id])
    if service is None or not listing.services:
        raise NotFound("no such service")
    return service, listing


def _pick_site(listing: Listing, location_id: str | None) -> Site:
    if location_id is None:
        return list_sites(listing)[0]
    for place in listing.places:
        if place.location_id == location_id:
            return Site(listing.services[0], place)
    raise NotFound("the service is not given at that location")


def _load_parts(session: Session, sites: Collection[Site]) -> Parts:
    """Return the hours and numbers of these sites, read at once."""
    places = [site.place for site in sites if site.place]
    details = listing_queries.load_details(session, [site.service for site in sites], places)
    return Parts(details, get_school_holidays())


def _make_card(session: Session, service: Service, parts: Parts, site: Site, now: datetime) -> ServiceCard:
    place = site.place
    hours = parts.make_hours(site, AttendingType.IN_PERSON)
    phone_hours = parts.make_hours(site, AttendingType.PHONE)
    candidate = parts.make_candidate(site)
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
        target_groups=tuple(sorted(candidate.target_groups)),
        does=translate(service.description, service.translations, "description"),
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
        hours_notes=parts.list_hours_notes(site),
        phones=tuple(
            PhoneLine(phone.number, phone.description or "", phone.evidence) for phone in parts.list_phones(site)
        ),
        website=service.url or organization.website,
        email=service.email,
        by_appointment=service.by_appointment,
        how=translate(service.application_process, service.translations, "application_process"),
        costs=tuple(
            Cost(cost.amount, translate(cost.amount_description, cost.translations, "amount_description"))
            for cost in queries.list_costs(session, service.id)
        ),
        is_free=candidate.is_free,
        required_documents=tuple(
            translate(document.document, document.translations, "document")
            for document in queries.list_documents(session, service.id)
        ),
        languages=tuple(sorted(candidate.languages)),
        interpretation_services=service.interpretation_services,
        eligibility=translate(service.eligibility_description, service.translations, "eligibility_description"),
        wheelchair=candidate.wheelchair,
        accessibility=next((found.description for found in accessibility if found.description), None),
        alert=translate(service.alert, service.translations, "alert"),
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


def find_service_of(session: Session, organization_id: str, kind: str) -> str | None:
    """Return the id of an active service of this kind that the organization itself gives, if it has one."""
    return queries.find_service_of(session, organization_id, kind)


@dataclass(frozen=True, slots=True)
class NamedService:
    """A service as a list of names shows it."""

    id: str
    name: str
    organization_name: str


def find_by_name(session: Session, words: Sequence[str], limit: int) -> list[NamedService]:
    """Return active services in whose name, or that of their organization, every word stands; none for no words."""
    rows = queries.find_by_name(session, words, limit) if words else ()
    return [NamedService(row.id, row.name, row.organization_name) for row in rows]


def get_name(session: Session, service_id: str) -> str:
    """Return what a service is called; raise `NotFound`."""
    service = queries.find_service(session, service_id)
    if service is None:
        raise NotFound("no such service")
    return service.name


def find_organization(session: Session, organization_id: str) -> Organization | None:
    return queries.find_organization(session, organization_id)


def list_organizations(session: Session) -> Sequence[Organization]:
    """Return every organization that gives a service now, by name."""
    return queries.list_organizations(session)


def list_givers(session: Session, kind: str) -> set[str]:
    """Return the ids of the organizations that give a service of this kind now."""
    return queries.list_givers(session, kind)
