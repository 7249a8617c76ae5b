"""All SQL of the overlays: paragraphs of cards, numbers that nobody confirmed, help that does not exist."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.models.absence import Absence
from referral.models.columns import Evidence, Status
from referral.models.organization import Organization
from referral.models.overlay import Overlay
from referral.models.phone import Phone
from referral.models.service import Service


def list_overlays(session: Session, library_id: str, topic: str | None = None) -> Sequence[Overlay]:
    statement = select(Overlay).where(Overlay.library_id == library_id)
    if topic:
        statement = statement.where(Overlay.topic == topic)
    return session.scalars(statement.order_by(Overlay.topic, Overlay.part, Overlay.paragraph_id)).all()


def find_overlay(session: Session, library_id: str, topic: str, *, part: str, paragraph_id: str) -> Overlay | None:
    return session.scalar(
        select(Overlay).where(
            Overlay.library_id == library_id,
            Overlay.topic == topic,
            Overlay.part == part,
            Overlay.paragraph_id == paragraph_id,
        )
    )


def list_unverified(session: Session) -> Sequence[tuple[Phone, Service | None, Organization]]:
    """Return the numbers that were read nowhere, confirmed or not, with whose they are; by name."""
    statement = (
        select(Phone, Service, Organization)
        .outerjoin(Service, Service.id == Phone.service_id)
        .join(
            Organization,
            (Organization.id == Phone.organization_id) | (Organization.id == Service.organization_id),
        )
        .where(Phone.evidence == Evidence.UNVERIFIED, (Service.id.is_(None)) | (Service.status != Status.DEFUNCT))
        .order_by(Organization.name, Phone.id)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(statement)]


def list_absences(session: Session) -> Sequence[Absence]:
    return session.scalars(select(Absence).order_by(Absence.municipality, Absence.partner_kind)).all()


def find_absence(session: Session, municipality: str, partner_kind: str) -> Absence | None:
    return session.scalar(
        select(Absence).where(Absence.municipality == municipality, Absence.partner_kind == partner_kind)
    )
