"""All SQL of the proposals and reminders."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, and_, or_, select, update
from sqlalchemy.orm import Session

from referral.models.address import Address
from referral.models.base import Base
from referral.models.columns import AttendingType, Status
from referral.models.location import Location
from referral.models.organization import Organization
from referral.models.phone import Phone
from referral.models.proposal import Proposal, ProposalStatus, Sender
from referral.models.reminder import Reminder
from referral.models.schedule import Schedule
from referral.models.service import Service
from referral.models.service_at_location import ServiceAtLocation

GONE = (Status.DEFUNCT, Status.MOVED)


def find_service(session: Session, service_id: str) -> Service | None:
    return session.get(Service, service_id)


def list_places(session: Session, service_id: str) -> Sequence[tuple[str, str, str]]:
    """Return for each location of a service: the id of the service there, and the location's id and name."""
    statement = (
        select(ServiceAtLocation.id, Location.id, Location.name)
        .join(Location, Location.id == ServiceAtLocation.location_id)
        .where(ServiceAtLocation.service_id == service_id)
    )
    return [(row[0], row[1], row[2] or "") for row in session.execute(statement.order_by(Location.id))]


def list_schedules(session: Session, service_id: str, location_ids: Collection[str]) -> Sequence[Schedule]:
    """Return the hours to come by of a service, of it at a location, and of its locations."""
    at_locations = select(ServiceAtLocation.id).where(ServiceAtLocation.service_id == service_id)
    statement = select(Schedule).where(
        Schedule.attending_type == AttendingType.IN_PERSON,
        or_(
            Schedule.service_id == service_id,
            Schedule.service_at_location_id.in_(at_locations),
            Schedule.location_id.in_(location_ids),
        ),
    )
    return session.scalars(statement.order_by(Schedule.id)).all()


def list_phones(session: Session, service: Service, location_ids: Collection[str]) -> Sequence[Phone]:
    statement = select(Phone).where(
        or_(
            Phone.service_id == service.id,
            and_(Phone.location_id.in_(location_ids), Phone.service_id.is_(None)),
            and_(Phone.organization_id == service.organization_id, Phone.service_id.is_(None)),
        )
    )
    return session.scalars(statement.order_by(Phone.id)).all()


def list_addresses(session: Session, location_ids: Collection[str]) -> Sequence[Address]:
    return session.scalars(select(Address).where(Address.location_id.in_(location_ids)).order_by(Address.id)).all()


def find_value(session: Session, table: str, row_id: str, column: str) -> Any:
    """Return what a column of a row holds now; `None` when the row is gone."""
    found: Table = Base.metadata.tables[table]
    return session.scalar(select(found.c[column]).where(found.c.id == row_id))


def list_services(session: Session, organization_id: str) -> Sequence[Service]:
    """Return what an organization still gives, by name."""
    statement = select(Service).where(Service.organization_id == organization_id, Service.status.not_in(GONE))
    return session.scalars(statement.order_by(Service.name, Service.id)).all()


# ── proposals ─────────────────────────────────────────────────────────────────


def find_proposal(session: Session, proposal_id: str) -> Proposal | None:
    """Return the proposal, on which nobody else decides until the end of the transaction."""
    return session.scalar(select(Proposal).where(Proposal.id == proposal_id).with_for_update())


def list_proposals(
    session: Session, *, status: ProposalStatus | None = None, service_id: str | None = None, limit: int
) -> Sequence[tuple[Proposal, Service, Organization]]:
    """Return proposals with what they are about, the newest first."""
    statement = (
        select(Proposal, Service, Organization)
        .join(Service, Service.id == Proposal.service_id)
        .join(Organization, Organization.id == Service.organization_id)
    )
    if status:
        statement = statement.where(Proposal.status == status)
    if service_id:
        statement = statement.where(Proposal.service_id == service_id)
    rows = session.execute(statement.order_by(Proposal.sent_at.desc(), Proposal.id).limit(limit))
    return [(row[0], row[1], row[2]) for row in rows]


def find_open_of_partner(session: Session, service_id: str, field: str, row_id: str | None) -> Proposal | None:
    return session.scalar(
        select(Proposal).where(
            Proposal.service_id == service_id,
            Proposal.field == field,
            Proposal.resource_id.is_(None) if row_id is None else Proposal.resource_id == row_id,
            Proposal.sender == Sender.PARTNER,
            Proposal.status == ProposalStatus.OPEN,
        )
    )


# ── reminders ─────────────────────────────────────────────────────────────────


def list_due(session: Session, *, due_by: date, assured_by: date) -> Sequence[tuple[Service, Organization]]:
    """Return services with a check due on or before a day; without one, those checked on or before `assured_by`."""
    is_due = or_(Service.check_due <= due_by, and_(Service.check_due.is_(None), Service.assured_date <= assured_by))
    statement = (
        select(Service, Organization)
        .join(Organization, Organization.id == Service.organization_id)
        .where(is_due, Service.status.not_in(GONE))
        .order_by(Organization.name, Organization.id, Service.name, Service.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def list_reminders(session: Session, week: str) -> Sequence[Reminder]:
    return session.scalars(select(Reminder).where(Reminder.week == week)).all()


def note_sent(session: Session, organization_id: str, week: str, now: datetime) -> None:
    reminder = update(Reminder).where(Reminder.organization_id == organization_id, Reminder.week == week)
    session.execute(reminder.values(sent_at=now))
