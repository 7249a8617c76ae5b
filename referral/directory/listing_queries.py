"""All SQL of finding partners: what services are, and when they are open; `outlines` and `assembly` make values."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Unpack

from sqlalchemy import ColumnElement, CompoundSelect, Select, bindparam, func, select, union
from sqlalchemy.orm import InstrumentedAttribute, Session

from referral.directory.queries import ANY_SERVICE, AnyRow, has_kind
from referral.directory.sieve import Sieve, is_active, name_lack
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


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows that say what some services are, one query a table."""

    services: Sequence[AnyRow]
    terms: Sequence[AnyRow]
    areas: Sequence[AnyRow]
    places: Sequence[AnyRow]
    languages: Sequence[AnyRow]


@dataclass(frozen=True, slots=True)
class Details:
    """The rows that say when some services are open and how they are called, one query a table."""

    schedules: Sequence[AnyRow]
    changes: Sequence[AnyRow]
    phones: Sequence[AnyRow]


def _is_one_of(column: InstrumentedAttribute[Any], name: str) -> ColumnElement[bool]:
    return column.in_(bindparam(name, expanding=True))


def _unite(
    columns: Sequence[InstrumentedAttribute[Any]], owners: Mapping[str, InstrumentedAttribute[Any]]
) -> CompoundSelect[Unpack[tuple[Any, ...]]]:
    """Return a query for the rows of several owners, in the order of the first two columns.

    One query an owner, together: with OR in place of UNION, SQLite reads the whole table.
    """
    queries = (select(*columns).where(_is_one_of(column, name)) for name, column in owners.items())
    return union(*queries).order_by(*columns[:2])


# Put together once: making a query anew for each match costs as much as running it.
_SERVICE_IDS = (
    select(ServiceArea.service_id)
    .where(
        _is_one_of(ServiceArea.extent, "extents"), has_kind(bindparam("kinds", expanding=True), ServiceArea.service_id)
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
    )
    .join(Organization, Organization.id == Service.organization_id)
    .where(_is_one_of(Service.id, "service_ids"))
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
    )
    .join(Location, Location.id == ServiceAtLocation.location_id)
    .outerjoin(Organization, Organization.id == Location.organization_id)
    .outerjoin(Accessibility, Accessibility.location_id == Location.id)
    .where(_is_one_of(ServiceAtLocation.service_id, "service_ids"))
    .order_by(ServiceAtLocation.service_id, ServiceAtLocation.location_id)
)
_TERMS = (
    select(Attribute.link_id.label("service_id"), TaxonomyTerm.taxonomy, TaxonomyTerm.code)
    .join(TaxonomyTerm, TaxonomyTerm.id == Attribute.taxonomy_term_id)
    .where(
        Attribute.link_entity == ANY_SERVICE,
        _is_one_of(Attribute.link_id, "service_ids"),
        TaxonomyTerm.taxonomy.in_((PARTNER_KINDS, TARGET_GROUPS)),
    )
)
_AREAS = select(ServiceArea.service_id, ServiceArea.extent).where(_is_one_of(ServiceArea.service_id, "service_ids"))
_LANGUAGES = _unite(
    (Language.code, Language.service_id, Language.location_id),
    {"service_ids": Language.service_id, "location_ids": Language.location_id},
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
    return list(session.scalars(_SERVICE_IDS, {"kinds": list(kinds), "extents": list(extents)}))


@lru_cache(maxsize=16)
def _make_sieve_query(shape: tuple[bool, bool, bool, bool]) -> Select[Unpack[tuple[Any, ...]]]:
    return select(Service.id, name_lack(shape).label("lack"), is_active().label("is_active")).where(
        Service.id.in_(_SERVICE_IDS)
    )


def sift(session: Session, kinds: Collection[str], extents: Collection[str], sieve: Sieve) -> Sequence[AnyRow]:
    """Return `id`, `lack` (None: it has everything) and `is_active` of the services of `list_service_ids`."""
    asked = {"kinds": list(kinds), "extents": list(extents)}
    wanted = {"language": sieve.language, "target_group": sieve.target_group}
    return session.execute(
        _make_sieve_query(sieve.shape), asked | {name: value for name, value in wanted.items() if value is not None}
    ).all()


def load_listing(session: Session, service_ids: Collection[str]) -> Listing:
    """Return what these services are; ids that do not exist are left out."""
    asked = {"service_ids": list(service_ids)}
    places = session.execute(_PLACES, asked).all()
    there = asked | {"location_ids": list({place.location_id for place in places})}
    return Listing(
        services=session.execute(_SERVICES, asked).all(),
        terms=session.execute(_TERMS, asked).all(),
        areas=session.execute(_AREAS, asked).all(),
        places=places,
        languages=session.execute(_LANGUAGES, there).all(),
    )


def load_details(session: Session, services: Iterable[AnyRow], places: Iterable[AnyRow]) -> Details:
    """Return hours and numbers of services and places of a listing, of their buildings and of who runs them."""
    services, places = list(services), list(places)
    owners = {
        "service_ids": list({service.id for service in services}),
        "location_ids": list({place.location_id for place in places}),
        "organization_ids": list({row.organization_id for row in (*services, *places) if row.organization_id}),
    }
    return Details(
        schedules=session.execute(_SCHEDULES, owners | {"site_ids": [place.id for place in places]}).all(),
        changes=session.execute(_CHANGES, owners).all(),
        phones=session.execute(_PHONES, owners).all(),
    )
