"""All SQL of finding partners: what services are, and when they are open; `outlines` and `assembly` make values."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Unpack

from sqlalchemy import ColumnElement, CompoundSelect, ScalarSelect, Select, bindparam, func, select, union
from sqlalchemy.orm import InstrumentedAttribute, Session

from referral.directory.membership import is_one_of, is_selected
from referral.directory.queries import ANY_SERVICE, AnyRow, fetch, has_kind
from referral.directory.sieve import Sieve, is_active, is_found, name_lack
from referral.models.accessibility import Accessibility
from referral.models.attribute import Attribute
from referral.models.cost_option import CostOption
from referral.models.hours_exception import HoursException
from referral.models.language import Language
from referral.models.location import Location
from referral.models.organization import Organization
from referral.models.phone import Phone
from referral.models.schedule import Schedule
from referral.models.service import Service
from referral.models.service_area import ServiceArea
from referral.models.service_at_location import ServiceAtLocation
from referral.models.taxonomy_term import PARTNER_KINDS, TARGET_GROUPS, TaxonomyTerm

# Between the codes of one column; no code has it.
SEPARATOR = "\n"


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows that say what some services are and where they are given; codes of a row stand in one column."""

    services: Sequence[AnyRow]
    places: Sequence[AnyRow]


@dataclass(frozen=True, slots=True)
class Details:
    """The rows that say when some services are open and how they are called, one query a table."""

    schedules: Sequence[AnyRow]
    changes: Sequence[AnyRow]
    phones: Sequence[AnyRow]


def _unite(
    columns: Sequence[InstrumentedAttribute[Any]], owners: Mapping[str, InstrumentedAttribute[Any]]
) -> CompoundSelect[Unpack[tuple[Any, ...]]]:
    """Return a query for the rows of several owners, in the order of the first two columns.

    One query an owner, together: with OR in place of UNION, SQLite reads the whole table.
    """
    queries = (select(*columns).where(is_one_of(column, name)) for name, column in owners.items())
    return union(*queries).order_by(*columns[:2])


def _gather(column: InstrumentedAttribute[str], *conditions: ColumnElement[bool]) -> ScalarSelect[str]:
    """Return the codes that belong to a row as one text, which `outlines` reads; NULL: there are none."""
    return select(func.aggregate_strings(column, SEPARATOR)).where(*conditions).scalar_subquery()


def _gather_terms(taxonomy: str) -> ScalarSelect[str]:
    return _gather(
        TaxonomyTerm.code,
        TaxonomyTerm.taxonomy == taxonomy,
        Attribute.taxonomy_term_id == TaxonomyTerm.id,
        Attribute.link_entity == ANY_SERVICE,
        Attribute.link_id == Service.id,
    )


# Put together once: making a query anew for each match costs as much as running it.
_SERVICE_IDS = (
    select(ServiceArea.service_id)
    .where(
        ServiceArea.extent.in_(bindparam("extents", expanding=True)),
        has_kind(bindparam("kinds", expanding=True), ServiceArea.service_id),
    )
    .distinct()
)
_SERVICES = (
    select(
        Service.id,
        Service.organization_id,
        Service.name,
        Service.status,
        Service.url,
        Service.email,
        Service.application_process,
        Service.by_appointment,
        Service.assured_date,
        Service.check_due,
        Service.is_example,
        Organization.name.label("organization_name"),
        Organization.website,
        Organization.holiday_policy,
        Organization.school_region,
        select(func.max(CostOption.amount))
        .where(CostOption.service_id == Service.id)
        .scalar_subquery()
        .label("highest_cost"),
        _gather_terms(PARTNER_KINDS).label("kinds"),
        _gather_terms(TARGET_GROUPS).label("target_groups"),
        _gather(ServiceArea.extent, ServiceArea.service_id == Service.id).label("extents"),
        _gather(Language.code, Language.service_id == Service.id).label("languages"),
    )
    .join(Organization, Organization.id == Service.organization_id)
    .where(is_one_of(Service.id, "service_ids"))
    .order_by(Service.id)
)
_PLACES = (
    select(
        ServiceAtLocation.id,
        ServiceAtLocation.service_id,
        ServiceAtLocation.location_id,
        Location.status,
        Location.latitude,
        Location.longitude,
        Location.organization_id,
        Organization.holiday_policy,
        Organization.school_region,
        Accessibility.wheelchair,
        _gather(Language.code, Language.location_id == Location.id).label("languages"),
    )
    .join(Location, Location.id == ServiceAtLocation.location_id)
    .outerjoin(Organization, Organization.id == Location.organization_id)
    .outerjoin(Accessibility, Accessibility.location_id == Location.id)
    .where(is_one_of(ServiceAtLocation.service_id, "service_ids"))
    .order_by(ServiceAtLocation.service_id, ServiceAtLocation.location_id)
)
_SCHEDULES = _unite(
    (
        Schedule.id,
        Schedule.service_id,
        Schedule.location_id,
        Schedule.service_at_location_id,
        Schedule.attending_type,
        Schedule.opening_hours,
        Schedule.valid_from,
        Schedule.valid_to,
        Schedule.notes,
    ),
    {
        "service_ids": Schedule.service_id,
        "location_ids": Schedule.location_id,
        "site_ids": Schedule.service_at_location_id,
    },
)
_CHANGES = _unite(
    (
        HoursException.start_date,
        HoursException.id,
        HoursException.service_id,
        HoursException.location_id,
        HoursException.organization_id,
        HoursException.end_date,
        HoursException.opening_hours,
        HoursException.reason,
    ),
    {
        "service_ids": HoursException.service_id,
        "location_ids": HoursException.location_id,
        "organization_ids": HoursException.organization_id,
    },
)
_PHONES = _unite(
    (
        Phone.id,
        Phone.service_id,
        Phone.location_id,
        Phone.organization_id,
        Phone.number,
        Phone.description,
        Phone.evidence,
        Phone.assured_date,
    ),
    {"service_ids": Phone.service_id, "location_ids": Phone.location_id, "organization_ids": Phone.organization_id},
)


def list_service_ids(session: Session, kinds: Collection[str], extents: Collection[str]) -> list[str]:
    """Return the ids of all services of these kinds for these areas, whatever their status."""
    rows = fetch(session, _SERVICE_IDS, {"kinds": list(kinds), "extents": list(extents)})
    return [row.service_id for row in rows]


@lru_cache(maxsize=16)
def _make_sieve_query(shape: tuple[bool, bool, bool, bool]) -> Select[Unpack[tuple[Any, ...]]]:
    return select(
        Service.id,
        name_lack(shape).label("lack"),
        is_active().label("is_active"),
        is_found().label("is_found"),
    ).where(is_selected(Service.id, _SERVICE_IDS))


def sift(session: Session, kinds: Collection[str], extents: Collection[str], sieve: Sieve) -> Sequence[AnyRow]:
    """Return `id`, `lack` (None: it has everything), `is_active` and `is_found` of all services that are listed."""
    wanted = {"language": sieve.language, "target_group": sieve.target_group}
    asked = {name: value for name, value in wanted.items() if value is not None}
    return fetch(session, _make_sieve_query(sieve.shape), asked | {"kinds": list(kinds), "extents": list(extents)})


def load_listing(session: Session, service_ids: Collection[str]) -> Listing:
    """Return what these services are; ids that do not exist are left out."""
    asked = {"service_ids": service_ids}
    return Listing(
        services=fetch(session, _SERVICES, asked),
        places=fetch(session, _PLACES, asked),
    )


def load_details(session: Session, services: Iterable[AnyRow], places: Iterable[AnyRow]) -> Details:
    """Return hours and numbers of services and places of a listing, of their buildings and of who runs them."""
    services, places = list(services), list(places)
    owners = {
        "service_ids": {service.id for service in services},
        "location_ids": {place.location_id for place in places},
        "organization_ids": {row.organization_id for row in (*services, *places) if row.organization_id},
    }
    return Details(
        schedules=fetch(session, _SCHEDULES, owners | {"site_ids": {place.id for place in places}}),
        changes=fetch(session, _CHANGES, owners),
        phones=fetch(session, _PHONES, owners),
    )
