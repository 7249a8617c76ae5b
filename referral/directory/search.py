"""Searching the directory: services, organizations and locations by name, a window at a time.

Only what is in use is listed. Whoever knows an id also finds what is closed, and is told so.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from referral.directory import queries, search_queries
from referral.directory.assembly import may_be_shown
from referral.directory.candidate import Candidate
from referral.directory.card import PhoneLine, Words, translate
from referral.directory.national import make_national_id
from referral.directory.search_queries import Box, Conditions
from referral.directory.service import load_candidates
from referral.directory.sieve import OPEN_SIEVE, Sieve, is_active, list_demands
from referral.errors import NotFound
from referral.models.address import Address
from referral.models.columns import Status, Wheelchair
from referral.models.location import Location
from referral.models.organization import Organization
from referral.models.service_area import WHOLE_COUNTRY
from referral.models.taxonomy_term import TaxonomyTerm

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a list: `size` items after the first `offset`."""

    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Found(Generic[Thing]):
    """What is in the window, and how long the whole list is."""

    items: Sequence[Thing]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFilter:
    """Which services are wanted; what is left out does not matter.

    `kinds` are kinds of partner and `national` ids of `data/organisations.yml`: one of these. `municipality` (GMxxxx)
    is served. Every word of `text` stands in the name, the description or the name of the organization. `sieve` lets
    it through. `taxonomy` is its name in `taxonomy_term`; `modified_since` is aware. Not `is_in_use`: closed ones too.
    """

    kinds: Collection[str] = ()
    national: Collection[str] = ()
    municipality: str | None = None
    organization_id: str | None = None
    text: str = ""
    sieve: Sieve = OPEN_SIEVE
    term_id: str | None = None
    taxonomy: str | None = None
    modified_since: datetime | None = None
    is_in_use: bool = True


@dataclass(frozen=True, slots=True)
class Modified:
    """When a service was last changed (aware), if that is known."""

    service_id: str
    moment: datetime | None


@dataclass(frozen=True, slots=True)
class ServicePlace:
    """A service at a location, with its latitude and longitude in degrees where they are known."""

    place_id: str
    service_id: str
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationEntry:
    """An organization; `municipality` is its home (GMxxxx)."""

    organization_id: str
    name: str
    description: Words
    website: str | None
    email: str | None
    municipality: str | None
    is_government: bool
    is_example: bool
    phones: tuple[PhoneLine, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationEntry:
    """A location; `latitude` and `longitude` are WGS 84 degrees, `municipality` is GMxxxx."""

    location_id: str
    organization_id: str | None
    name: str | None
    street: str | None
    postcode: str | None
    city: str | None
    municipality: str | None
    latitude: float | None
    longitude: float | None
    transportation: str | None
    wheelchair: Wheelchair | None
    status: Status
    is_example: bool


def search_services(
    session: Session, wanted: ServiceFilter, window: Window, *, fits: Callable[[Candidate], bool] | None = None
) -> Found[tuple[Candidate, ...]]:
    """Return services by name, each as its candidates: one a location, or one without a location.

    With `fits` only the candidates for which that holds; each service is then looked at, so ask with a municipality.
    """
    conditions = _list_conditions(wanted)
    if fits is None:
        ids, total = search_queries.list_some_service_ids(session, conditions, offset=window.offset, size=window.size)
        return Found(_group(load_candidates(session, ids), ids), total)
    ids = search_queries.list_service_ids(session, conditions)
    groups = _group(list(filter(fits, load_candidates(session, ids))), ids)
    return Found(groups[window.offset : window.offset + window.size], len(groups))


def list_service_ids(session: Session, wanted: ServiceFilter) -> list[str]:
    """Return the ids of all services that are wanted, by name."""
    return search_queries.list_service_ids(session, _list_conditions(wanted))


def list_modified(session: Session, wanted: ServiceFilter) -> list[Modified]:
    """Return when each service was last changed, as far as that is known."""
    rows = search_queries.list_modified(session, _list_conditions(wanted))
    return [Modified(row.id, row.last_modified) for row in rows]


def list_organization_ids(session: Session, wanted: ServiceFilter) -> list[str]:
    """Return the ids of the organizations that give such a service, by name."""
    return search_queries.list_organization_ids(session, _list_conditions(wanted))


def list_places(session: Session, wanted: ServiceFilter, *, box: Box | None = None) -> list[ServicePlace]:
    """Return such services at each of their locations, by name; within a box of degrees, if one is given."""
    conditions = _list_conditions(wanted)
    if wanted.is_in_use:
        conditions.append(search_queries.is_location_in_use())
    return [
        ServicePlace(row.id, row.service_id, None if row.latitude is None else (row.latitude, row.longitude))
        for row in search_queries.list_places(session, conditions, box)
    ]


def list_terms(session: Session) -> Sequence[TaxonomyTerm]:
    """Return every term, by taxonomy and code."""
    return search_queries.list_terms(session)


def get_service_of_place(session: Session, place_id: str) -> str:
    """Return the id of the service that is given there; raise `NotFound` when nothing is."""
    service_id = search_queries.find_service_of_place(session, place_id)
    if service_id is None:
        raise NotFound("no such service at a location")
    return service_id


def _list_conditions(wanted: ServiceFilter) -> Conditions:
    conditions = [*search_queries.mentions(wanted.text.split()), *list_demands(wanted.sieve)]
    if wanted.is_in_use:
        conditions.append(is_active())
    if wanted.kinds or wanted.national:
        national = [make_national_id(organisation) for organisation in wanted.national]
        conditions.append(search_queries.has_kind_or_id(wanted.kinds, national))
    if wanted.municipality:
        conditions.append(search_queries.serves({WHOLE_COUNTRY, wanted.municipality}))
    if wanted.organization_id:
        conditions.append(search_queries.is_of_organization(wanted.organization_id))
    if wanted.term_id or wanted.taxonomy:
        conditions.append(search_queries.has_term(wanted.term_id, wanted.taxonomy))
    if wanted.modified_since:
        conditions.append(search_queries.is_modified_since(wanted.modified_since))
    return conditions


def _group(candidates: Sequence[Candidate], ids: Sequence[str]) -> list[tuple[Candidate, ...]]:
    """Return the candidates of each service together, in the order of the ids."""
    of_service: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        of_service.setdefault(candidate.service_id, []).append(candidate)
    return [tuple(of_service[service_id]) for service_id in ids if service_id in of_service]


def search_organizations(session: Session, window: Window) -> Found[OrganizationEntry]:
    """Return the organizations that give a service, by name."""
    organizations, total = search_queries.list_organizations(session, offset=window.offset, size=window.size)
    return Found(_describe_organizations(session, organizations), total)


def get_organization(session: Session, organization_id: str) -> OrganizationEntry:
    """Return an organization; raise `NotFound` when there is none."""
    organization = queries.find_organization(session, organization_id)
    if organization is None:
        raise NotFound("no such organization")
    return _describe_organizations(session, [organization])[0]


def _describe_organizations(session: Session, organizations: Sequence[Organization]) -> list[OrganizationEntry]:
    rows = search_queries.list_phones(session, {organization.id for organization in organizations})
    phones = [row for row in rows if may_be_shown(row)]
    return [
        OrganizationEntry(
            organization_id=one.id,
            name=one.name,
            description=translate(one.description, one.translations, "description"),
            website=one.website,
            email=one.email,
            municipality=one.municipality,
            is_government=one.is_government,
            is_example=one.is_example,
            phones=tuple(
                PhoneLine(row.number, row.description or "", row.evidence)
                for row in phones
                if row.organization_id == one.id
            ),
        )
        for one in organizations
    ]


def search_locations(
    session: Session, window: Window, *, municipality: str | None = None, organization_id: str | None = None
) -> Found[LocationEntry]:
    """Return the open locations in a municipality (GMxxxx) or of an organization, by name."""
    locations, total = search_queries.list_locations(
        session, municipality=municipality, organization_id=organization_id, offset=window.offset, size=window.size
    )
    return Found(_describe_locations(session, locations), total)


def get_location(session: Session, location_id: str) -> LocationEntry:
    """Return a location; raise `NotFound` when there is none."""
    location = queries.find_location(session, location_id)
    if location is None:
        raise NotFound("no such location")
    return _describe_locations(session, [location])[0]


def _describe_locations(session: Session, locations: Sequence[Location]) -> list[LocationEntry]:
    ids = {location.id for location in locations}
    addresses = {address.location_id: address for address in search_queries.list_addresses(session, ids)}
    wheelchair = {row.location_id: row.wheelchair for row in search_queries.list_wheelchair(session, ids)}
    return [_describe_location(one, addresses.get(one.id), wheelchair.get(one.id)) for one in locations]


def _describe_location(location: Location, address: Address | None, wheelchair: Wheelchair | None) -> LocationEntry:
    return LocationEntry(
        location_id=location.id,
        organization_id=location.organization_id,
        name=location.name,
        street=address.address_1 if address else None,
        postcode=address.postal_code if address else None,
        city=address.city if address else None,
        municipality=address.municipality if address else None,
        latitude=location.latitude,
        longitude=location.longitude,
        transportation=location.transportation,
        wheelchair=wheelchair,
        status=location.status,
        is_example=location.is_example,
    )
