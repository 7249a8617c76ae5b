"""All SQL of the directory. Rows go out; `assembly` makes values of them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Unpack

from sqlalchemy import ColumnElement, Row, and_, exists, or_, select
from sqlalchemy.orm import Session

from referral.models.absence import Absence
from referral.models.accessibility import Accessibility
from referral.models.address import Address
from referral.models.attribute import Attribute
from referral.models.columns import Status
from referral.models.cost_option import CostOption
from referral.models.hours_exception import HoursException
from referral.models.language import Language
from referral.models.location import Location
from referral.models.organization import Organization
from referral.models.phone import Phone
from referral.models.required_document import RequiredDocument
from referral.models.schedule import Schedule
from referral.models.service import Service
from referral.models.service_area import ServiceArea
from referral.models.service_at_location import ServiceAtLocation
from referral.models.taxonomy_term import PARTNER_KINDS, TaxonomyTerm

# A row of several columns, read by their names.
AnyRow = Row[Unpack[tuple[Any, ...]]]
ANY_SERVICE = "service"  # `attribute.link_entity`


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of some services, one query a table."""

    services: Sequence[AnyRow]
    kinds: Sequence[AnyRow]
    areas: Sequence[AnyRow]
    places: Sequence[AnyRow]
    schedules: Sequence[AnyRow]
    changes: Sequence[AnyRow]
    languages: Sequence[AnyRow]
    phones: Sequence[AnyRow]


def list_service_ids(session: Session, kinds: Collection[str], extents: Collection[str]) -> list[str]:
    """Return the ids of all services of these kinds for these areas, whatever their status."""
    statement = (
        select(Service.id)
        .join(ServiceArea, ServiceArea.service_id == Service.id)
        .where(ServiceArea.extent.in_(extents), _has_kind(kinds))
        .distinct()
    )
    return list(session.scalars(statement))


def _has_kind(kinds: Collection[str]) -> ColumnElement[bool]:
    return exists().where(
        Attribute.link_entity == ANY_SERVICE,
        Attribute.link_id == Service.id,
        Attribute.taxonomy_term_id == TaxonomyTerm.id,
        TaxonomyTerm.taxonomy == PARTNER_KINDS,
        TaxonomyTerm.code.in_(kinds),
    )


def load_listing(session: Session, service_ids: Collection[str]) -> Listing:
    """Return what is needed to match these services; ids that do not exist are left out."""
    services = session.execute(
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
        )
        .join(Organization, Organization.id == Service.organization_id)
        .where(Service.id.in_(service_ids))
        .order_by(Service.id)
    ).all()
    places = session.execute(
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
        .where(ServiceAtLocation.service_id.in_(service_ids))
        .order_by(ServiceAtLocation.service_id, ServiceAtLocation.location_id)
    ).all()
    location_ids = {place.location_id for place in places}
    organization_ids = {row.organization_id for row in (*services, *places) if row.organization_id}
    return Listing(
        services=services,
        kinds=session.execute(
            select(Attribute.link_id.label("service_id"), TaxonomyTerm.code)
            .join(TaxonomyTerm, TaxonomyTerm.id == Attribute.taxonomy_term_id)
            .where(
                Attribute.link_entity == ANY_SERVICE,
                Attribute.link_id.in_(service_ids),
                TaxonomyTerm.taxonomy == PARTNER_KINDS,
            )
        ).all(),
        areas=session.execute(
            select(ServiceArea.service_id, ServiceArea.extent).where(ServiceArea.service_id.in_(service_ids))
        ).all(),
        places=places,
        schedules=session.execute(
            select(
                Schedule.service_id,
                Schedule.location_id,
                Schedule.service_at_location_id,
                Schedule.attending_type,
                Schedule.opening_hours,
                Schedule.valid_from,
                Schedule.valid_to,
                Schedule.notes,
            )
            .where(
                or_(
                    Schedule.service_id.in_(service_ids),
                    Schedule.location_id.in_(location_ids),
                    Schedule.service_at_location_id.in_({place.id for place in places}),
                )
            )
            .order_by(Schedule.id)
        ).all(),
        changes=session.execute(
            select(
                HoursException.service_id,
                HoursException.location_id,
                HoursException.organization_id,
                HoursException.start_date,
                HoursException.end_date,
                HoursException.opening_hours,
                HoursException.reason,
            )
            .where(
                or_(
                    HoursException.service_id.in_(service_ids),
                    HoursException.location_id.in_(location_ids),
                    HoursException.organization_id.in_(organization_ids),
                )
            )
            .order_by(HoursException.start_date, HoursException.id)
        ).all(),
        languages=session.execute(
            select(Language.service_id, Language.location_id, Language.code).where(
                or_(Language.service_id.in_(service_ids), Language.location_id.in_(location_ids))
            )
        ).all(),
        phones=list_phones(session, service_ids, location_ids, organization_ids),
    )


def list_phones(
    session: Session, service_ids: Iterable[str], location_ids: Iterable[str], organization_ids: Iterable[str]
) -> Sequence[AnyRow]:
    """Return every number of these services, locations and organizations, also those that may not be shown."""
    return session.execute(
        select(
            Phone.service_id,
            Phone.location_id,
            Phone.organization_id,
            Phone.number,
            Phone.description,
            Phone.evidence,
            Phone.assured_date,
        )
        .where(
            or_(
                Phone.service_id.in_(service_ids),
                and_(Phone.location_id.in_(location_ids), Phone.service_id.is_(None)),
                and_(Phone.organization_id.in_(organization_ids), Phone.service_id.is_(None)),
            )
        )
        .order_by(Phone.id)
    ).all()


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
    statement = select(Service.organization_id).where(Service.status == Status.ACTIVE, _has_kind([kind]))
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
            _has_kind(kinds),
        )
        .distinct()
    ).all()


def find_service_of(session: Session, organization_id: str, kind: str) -> str | None:
    statement = (
        select(Service.id)
        .where(Service.organization_id == organization_id, Service.status == Status.ACTIVE, _has_kind([kind]))
        .order_by(Service.id)
        .limit(1)
    )
    return session.scalar(statement)
