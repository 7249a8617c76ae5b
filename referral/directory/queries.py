"""What the directory asks one thing at a time; `listing_queries`, `search_queries` and `load_queries` hold the rest."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Unpack

from sqlalchemy import BindParameter, ColumnElement, Executable, Row, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from referral.directory.membership import is_selected
from referral.models.absence import Absence
from referral.models.accessibility import Accessibility
from referral.models.address import Address
from referral.models.attribute import Attribute
from referral.models.columns import Status
from referral.models.cost_option import CostOption
from referral.models.location import Location
from referral.models.organization import Organization
from referral.models.required_document import RequiredDocument
from referral.models.service import Service
from referral.models.service_at_location import ServiceAtLocation
from referral.models.taxonomy_term import PARTNER_KINDS, TaxonomyTerm

# A row of several columns, read by their names.
AnyRow = Row[Unpack[tuple[Any, ...]]]
ANY_SERVICE = "service"  # `attribute.link_entity`


def fetch(session: Session, statement: Executable, values: Mapping[str, Any]) -> Sequence[AnyRow]:
    """Return the rows of a statement that asks for columns, without the ORM, which would take half of the time."""
    session.flush()
    return session.connection().execute(statement, values).all()


def has_kind(
    kinds: Collection[str] | BindParameter[Any], service_id: InstrumentedAttribute[str] = Service.id
) -> ColumnElement[bool]:
    """Return the condition that a service is of one of these kinds of partner."""
    terms = select(TaxonomyTerm.id).where(TaxonomyTerm.taxonomy == PARTNER_KINDS, TaxonomyTerm.code.in_(kinds))
    return exists().where(
        Attribute.link_entity == ANY_SERVICE,
        Attribute.link_id == service_id,
        is_selected(Attribute.taxonomy_term_id, terms),
    )


def find_service(session: Session, service_id: str) -> Service | None:
    return session.get(Service, service_id)


def get_organization(session: Session, organization_id: str) -> Organization:
    return session.get_one(Organization, organization_id)


def find_organization(session: Session, organization_id: str) -> Organization | None:
    return session.get(Organization, organization_id)


def find_by_name(session: Session, words: Collection[str], limit: int) -> Sequence[AnyRow]:
    """Return active services in whose name, or that of their organization, every word stands."""
    named = [
        or_(Service.name.icontains(word, autoescape=True), Organization.name.icontains(word, autoescape=True))
        for word in words
    ]
    statement = (
        select(Service.id, Service.name, Organization.name.label("organization_name"))
        .join(Organization, Organization.id == Service.organization_id)
        .where(Service.status == Status.ACTIVE, *named)
        .order_by(Service.name, Service.id)
        .limit(limit)
    )
    return session.execute(statement).all()


def list_organizations(session: Session) -> Sequence[Organization]:
    """Return every organization that gives an active service, by name."""
    gives = exists().where(Service.organization_id == Organization.id, Service.status == Status.ACTIVE)
    return session.scalars(select(Organization).where(gives).order_by(Organization.name, Organization.id)).all()


def list_givers(session: Session, kind: str) -> set[str]:
    statement = select(Service.organization_id).where(Service.status == Status.ACTIVE, has_kind([kind]))
    return set(session.scalars(statement))


def find_location(session: Session, location_id: str) -> Location | None:
    return session.get(Location, location_id)


def list_addresses(session: Session, location_id: str) -> Sequence[Address]:
    return session.scalars(select(Address).where(Address.location_id == location_id).order_by(Address.id)).all()


def list_accessibility(session: Session, location_id: str) -> Sequence[Accessibility]:
    return session.scalars(select(Accessibility).where(Accessibility.location_id == location_id)).all()


def list_costs(session: Session, service_id: str) -> Sequence[CostOption]:
    return session.scalars(select(CostOption).where(CostOption.service_id == service_id).order_by(CostOption.id)).all()


def list_documents(session: Session, service_id: str) -> Sequence[RequiredDocument]:
    statement = select(RequiredDocument).where(RequiredDocument.service_id == service_id)
    return session.scalars(statement.order_by(RequiredDocument.position, RequiredDocument.id)).all()


def list_absent_kinds(session: Session, municipality: str) -> set[str]:
    """Return the kinds that an editor has confirmed not to exist in this municipality."""
    return set(session.scalars(select(Absence.partner_kind).where(Absence.municipality == municipality)))


def list_points(
    session: Session, kinds: Collection[str], *, south: float, north: float, west: float, east: float
) -> Sequence[AnyRow]:
    """Return the coordinates of active services of these kinds within a box of degrees."""
    return session.execute(
        select(Location.latitude, Location.longitude)
        .join(ServiceAtLocation, ServiceAtLocation.location_id == Location.id)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .where(
            Service.status == Status.ACTIVE,
            Location.status == Status.ACTIVE,
            Location.latitude.between(south, north),
            Location.longitude.between(west, east),
            has_kind(kinds),
        )
        .distinct()
    ).all()


def find_service_of(session: Session, organization_id: str, kind: str) -> str | None:
    statement = (
        select(Service.id)
        .where(Service.organization_id == organization_id, Service.status == Status.ACTIVE, has_kind([kind]))
        .order_by(Service.id)
        .limit(1)
    )
    return session.scalar(statement)
