"""All SQL of the quality rules: what services say of themselves, without their hours."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Unpack

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from referral.models.address import Address
from referral.models.attribute import Attribute
from referral.models.columns import Status
from referral.models.cost_option import CostOption
from referral.models.location import Location
from referral.models.organization import Organization
from referral.models.phone import Phone
from referral.models.service import Service
from referral.models.service_area import ServiceArea
from referral.models.service_at_location import ServiceAtLocation
from referral.models.taxonomy_term import PARTNER_KINDS, TARGET_GROUPS, TaxonomyTerm

AnyRow = Row[Unpack[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of some services, one query a table; each has the id of its service, or of its location."""

    services: Sequence[tuple[Service, Organization]]
    terms: Sequence[AnyRow]
    costs: Sequence[CostOption]
    phones: Sequence[Phone]
    locations: Sequence[Location]
    addresses: Sequence[Address]


def list_service_ids(session: Session, municipality: str | None) -> list[str]:
    """Return what has not stopped, for a municipality (GMxxxx) or all, the services of one organization together."""
    statement = (
        select(Service.id)
        .join(Organization, Organization.id == Service.organization_id)
        .where(Service.status != Status.DEFUNCT)
        .order_by(Organization.name, Organization.id, Service.name, Service.id)
    )
    if municipality:
        serving = select(ServiceArea.service_id).where(ServiceArea.extent == municipality)
        statement = statement.where(Service.id.in_(serving))
    return list(session.scalars(statement))


def load_rows(session: Session, service_ids: Collection[str]) -> Rows:
    services = session.execute(
        select(Service, Organization)
        .join(Organization, Organization.id == Service.organization_id)
        .where(Service.id.in_(service_ids))
    ).all()
    is_given_there = Location.id.in_(
        select(ServiceAtLocation.location_id).where(ServiceAtLocation.service_id.in_(service_ids))
    )
    return Rows(
        services=[(service, organization) for service, organization in services],
        terms=session.execute(
            select(Attribute.link_id.label("service_id"), TaxonomyTerm.taxonomy, TaxonomyTerm.code)
            .join(TaxonomyTerm, TaxonomyTerm.id == Attribute.taxonomy_term_id)
            .where(
                Attribute.link_entity == "service",
                Attribute.link_id.in_(service_ids),
                TaxonomyTerm.taxonomy.in_((PARTNER_KINDS, TARGET_GROUPS)),
            )
        ).all(),
        costs=session.scalars(select(CostOption).where(CostOption.service_id.in_(service_ids))).all(),
        phones=session.scalars(select(Phone).where(Phone.service_id.in_(service_ids)).order_by(Phone.id)).all(),
        locations=session.scalars(select(Location).where(is_given_there)).all(),
        addresses=session.scalars(
            select(Address)
            .join(Location, Location.id == Address.location_id)
            .where(is_given_there)
            .order_by(Address.id)
        ).all(),
    )
