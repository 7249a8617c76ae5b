"""All SQL of searching the directory: lists by name, a window at a time, of what is in use."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from referral.directory.queries import ANY_SERVICE, AnyRow, has_kind
from referral.models.accessibility import Accessibility
from referral.models.address import Address
from referral.models.attribute import Attribute
from referral.models.columns import Status
from referral.models.location import Location
from referral.models.organization import Organization
from referral.models.phone import Phone
from referral.models.service import Service
from referral.models.service_area import ServiceArea
from referral.models.service_at_location import ServiceAtLocation
from referral.models.taxonomy_term import TaxonomyTerm

Conditions = list[ColumnElement[bool]]
Box = tuple[float, float, float, float]
"""South, north, west and east, in degrees."""


def is_location_in_use() -> ColumnElement[bool]:
    return Location.status == Status.ACTIVE


def is_organization_in_use() -> ColumnElement[bool]:
    return exists().where(Service.organization_id == Organization.id, Service.status == Status.ACTIVE)


def has_kind_or_id(kinds: Collection[str], service_ids: Collection[str]) -> ColumnElement[bool]:
    return or_(has_kind(kinds), Service.id.in_(service_ids))


def serves(extents: Collection[str]) -> ColumnElement[bool]:
    return exists().where(ServiceArea.service_id == Service.id, ServiceArea.extent.in_(extents))


def is_of_organization(organization_id: str) -> ColumnElement[bool]:
    return Service.organization_id == organization_id


def mentions(words: Collection[str]) -> Conditions:
    """Return that each word stands in the name or description of the service, or in the name of its organization."""
    columns = (Service.name, Service.alternate_name, Service.description, Organization.name)
    return [or_(*(column.icontains(word, autoescape=True) for column in columns)) for word in words]


def has_term(term_id: str | None, taxonomy: str | None) -> ColumnElement[bool]:
    """Return whether a service bears this term, or any term of this taxonomy."""
    term = exists().where(
        Attribute.link_entity == ANY_SERVICE,
        Attribute.link_id == Service.id,
        Attribute.taxonomy_term_id == TaxonomyTerm.id,
    )
    if term_id:
        term = term.where(TaxonomyTerm.id == term_id)
    return term.where(TaxonomyTerm.taxonomy == taxonomy) if taxonomy else term


def is_modified_since(moment: datetime) -> ColumnElement[bool]:
    return Service.last_modified >= moment


def _select_services(conditions: Conditions) -> Select[str]:
    joined = select(Service.id).join(Organization, Organization.id == Service.organization_id)
    return joined.where(*conditions).order_by(Service.name, Service.id)


def list_service_ids(session: Session, conditions: Conditions) -> list[str]:
    return list(session.scalars(_select_services(conditions)))


def list_some_service_ids(session: Session, conditions: Conditions, *, offset: int, size: int) -> tuple[list[str], int]:
    """Return the ids in a window of the list, and how long the list is."""
    statement = _select_services(conditions)
    ids = list(session.scalars(statement.offset(offset).limit(size)))
    return ids, _count(session, statement)


def _count(session: Session, statement: Select[str]) -> int:
    return session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0


def list_modified(session: Session, conditions: Conditions) -> Sequence[AnyRow]:
    """Return the id of each service, and when it was last changed."""
    joined = select(Service.id, Service.last_modified).join(Organization, Organization.id == Service.organization_id)
    return session.execute(joined.where(*conditions).order_by(Service.name, Service.id)).all()


def list_places(session: Session, conditions: Conditions, box: Box | None) -> Sequence[AnyRow]:
    """Return each service at a location (ids and degrees), within a box of degrees if one is given."""
    statement = (
        select(ServiceAtLocation.id, ServiceAtLocation.service_id, Location.latitude, Location.longitude)
        .join(Location, Location.id == ServiceAtLocation.location_id)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .join(Organization, Organization.id == Service.organization_id)
        .where(*conditions)
        .order_by(Service.name, ServiceAtLocation.id)
    )
    if box:
        south, north, west, east = box
        statement = statement.where(Location.latitude.between(south, north), Location.longitude.between(west, east))
    return session.execute(statement).all()


def find_service_of_place(session: Session, place_id: str) -> str | None:
    """Return the service of a service at a location."""
    return session.scalar(select(ServiceAtLocation.service_id).where(ServiceAtLocation.id == place_id))


def list_terms(session: Session) -> Sequence[TaxonomyTerm]:
    return session.scalars(select(TaxonomyTerm).order_by(TaxonomyTerm.taxonomy, TaxonomyTerm.code)).all()


def list_organization_ids(session: Session, conditions: Conditions) -> list[str]:
    """Return the ids of the organizations that give a service for which this holds, by name."""
    statement = select(Organization.id, Organization.name).join(Service, Service.organization_id == Organization.id)
    rows = session.execute(statement.where(*conditions).distinct().order_by(Organization.name, Organization.id))
    return [row.id for row in rows]


def list_organizations(session: Session, *, offset: int, size: int) -> tuple[Sequence[Organization], int]:
    """Return the organizations in a window of those that give a service, and how many there are."""
    statement = select(Organization).where(is_organization_in_use()).order_by(Organization.name, Organization.id)
    ids = select(Organization.id).where(is_organization_in_use())
    return session.scalars(statement.offset(offset).limit(size)).all(), _count(session, ids)


def list_phones(session: Session, organization_ids: Collection[str]) -> Sequence[AnyRow]:
    """Return the numbers of these organizations themselves, also those that may not be shown."""
    return session.execute(
        select(Phone.organization_id, Phone.number, Phone.description, Phone.evidence, Phone.assured_date)
        .where(Phone.organization_id.in_(organization_ids), Phone.service_id.is_(None))
        .order_by(Phone.id)
    ).all()


def list_locations(
    session: Session, *, municipality: str | None, organization_id: str | None, offset: int, size: int
) -> tuple[Sequence[Location], int]:
    """Return the locations in a window of those that are open, and how many there are."""
    conditions: Conditions = [is_location_in_use()]
    if municipality:
        conditions.append(exists().where(Address.location_id == Location.id, Address.municipality == municipality))
    if organization_id:
        conditions.append(Location.organization_id == organization_id)
    statement = select(Location).where(*conditions).order_by(Location.name, Location.id)
    ids = select(Location.id).where(*conditions)
    return session.scalars(statement.offset(offset).limit(size)).all(), _count(session, ids)


def list_addresses(session: Session, location_ids: Collection[str]) -> Sequence[Address]:
    """Return the addresses of these locations; of one that has several the first comes last."""
    return session.scalars(
        select(Address).where(Address.location_id.in_(location_ids)).order_by(Address.id.desc())
    ).all()


def list_wheelchair(session: Session, location_ids: Collection[str]) -> Sequence[AnyRow]:
    return session.execute(
        select(Accessibility.location_id, Accessibility.wheelchair).where(Accessibility.location_id.in_(location_ids))
    ).all()
