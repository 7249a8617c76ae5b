"""All SQL of the letters of the week."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from referral.journal.statuses import Status
from referral.models.digest import Digest, DigestRefusal
from referral.models.organization import Organization
from referral.models.question import Question
from referral.models.referral import Referral
from referral.models.service import Service

OPEN = (Status.REQUESTED, Status.ACCEPTED, Status.IN_PROGRESS, Status.ON_HOLD)


def list_open(session: Session, since: datetime) -> Sequence[tuple[Organization, Service, Question, Referral]]:
    """Return what citizens were shown since then and no partner has closed, by partner, the oldest first.

    Without examples, and without whom wants no letter.
    """
    refused = select(DigestRefusal.organization_id)
    statement = (
        select(Organization, Service, Question, Referral)
        .join(Service, Service.organization_id == Organization.id)
        .join(Referral, Referral.service_id == Service.id)
        .join(Question, Question.id == Referral.question_id)
        .where(
            Referral.status.in_(OPEN),
            Referral.shown_at.is_not(None),
            Referral.created_at >= since,
            Referral.is_example.is_(False),
            Organization.is_example.is_(False),
            Organization.id.not_in(refused),
        )
        .order_by(Organization.id, Referral.created_at, Referral.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(statement)]


def list_digests(session: Session, week: str, organization_ids: Collection[str]) -> Sequence[Digest]:
    statement = select(Digest).where(Digest.week == week, Digest.organization_id.in_(organization_ids))
    return session.scalars(statement).all()


def note_sent(session: Session, organization_id: str, week: str, now: datetime) -> None:
    digest = update(Digest).where(Digest.organization_id == organization_id, Digest.week == week)
    session.execute(digest.values(sent_at=now))


def find_refusal(session: Session, organization_id: str) -> DigestRefusal | None:
    return session.scalar(select(DigestRefusal).where(DigestRefusal.organization_id == organization_id))


def delete_refusal(session: Session, organization_id: str) -> None:
    session.execute(delete(DigestRefusal).where(DigestRefusal.organization_id == organization_id))
