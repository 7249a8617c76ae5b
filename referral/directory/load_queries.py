"""The SQL of loading files: what is known, and what has to make room for a changed entry."""

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

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

Confirmed = dict[tuple[str, str], tuple[date, str | None]]
"""(owner's id, number) → when and by whom it was confirmed."""


def list_digests(session: Session, *, prefix: str, is_example: bool) -> dict[str, str]:
    """Return the organizations that were loaded from files of this sort, with the digest of their entry."""
    statement = select(Organization.id, Organization.source_digest).where(
        Organization.source_digest.is_not(None),
        Organization.is_example == is_example,
        Organization.id.startswith(prefix, autoescape=True),
    )
    return {row.id: row.source_digest or "" for row in session.execute(statement)}


def withdraw_organizations(session: Session, organization_ids: Collection[str]) -> None:
    """Close everything of these organizations. Their entries will be new when they come back."""
    for table in (Service, Location):
        session.execute(update(table).where(table.organization_id.in_(organization_ids)).values(status=Status.DEFUNCT))
    session.execute(update(Organization).where(Organization.id.in_(organization_ids)).values(source_digest=None))


def withdraw_others(
    session: Session, organization_id: str, *, services: Collection[str], locations: Collection[str]
) -> None:
    """Close the services and locations of an organization that are no longer in its entry."""
    for table, kept in ((Service, services), (Location, locations)):
        session.execute(
            update(table)
            .where(table.organization_id == organization_id, table.id.not_in(kept))
            .values(status=Status.DEFUNCT)
        )


def list_confirmed(session: Session, owners: Collection[str]) -> Confirmed:
    """Return the numbers that a library has confirmed, of these organizations and services."""
    statement = select(
        Phone.service_id, Phone.organization_id, Phone.number, Phone.assured_date, Phone.assurer_name
    ).where(
        Phone.assured_date.is_not(None),
        or_(Phone.service_id.in_(owners), Phone.organization_id.in_(owners)),
    )
    return {
        (row.service_id or row.organization_id or "", row.number): (row.assured_date, row.assurer_name)
        for row in session.execute(statement)
        if row.assured_date is not None
    }


def clear_organization(session: Session, organization_id: str) -> None:
    """Remove what hangs on the organization itself; not its services and locations."""
    session.execute(delete(Phone).where(Phone.organization_id == organization_id))
    session.execute(delete(HoursException).where(HoursException.organization_id == organization_id))


def clear_locations(session: Session, location_ids: Iterable[str]) -> None:
    ids = list(location_ids)
    for table in (Address, Accessibility):
        session.execute(delete(table).where(table.location_id.in_(ids)))
    for owned in (Phone, Schedule, HoursException, Language):
        session.execute(delete(owned).where(owned.location_id.in_(ids)))


def clear_services(session: Session, service_ids: Iterable[str]) -> None:
    ids = list(service_ids)
    for table in (ServiceAtLocation, ServiceArea, CostOption, RequiredDocument):
        session.execute(delete(table).where(table.service_id.in_(ids)))
    for owned in (Phone, Schedule, HoursException, Language):
        session.execute(delete(owned).where(owned.service_id.in_(ids)))
    session.execute(delete(Attribute).where(Attribute.link_entity == "service", Attribute.link_id.in_(ids)))
