"""Which partners get a letter this week about referrals that are still open, and which do not want one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from referral.feedback import queries
from referral.models.base import make_id
from referral.models.digest import Digest, DigestRefusal
from referral.models.organization import Organization
from referral.models.question import Question
from referral.models.referral import Referral
from referral.models.service import Service
from referral.proposals.reminders import TRY_AGAIN, name_week

# A longer letter nobody reads; who answers these gets the others next week.
MOST_TOLD = 30


@dataclass(frozen=True, slots=True)
class OpenReferral:
    referral: Referral
    question: Question
    service: Service


@dataclass(frozen=True, slots=True)
class DueDigest:
    """A letter to one partner; `email` is of the organization, or of the first service that has one."""

    organization: Organization
    email: str
    open: tuple[OpenReferral, ...]


def claim_next(session: Session, *, days: int, now: datetime) -> DueDigest | None:
    """Take the next letter of this week; whoever commits this sends it, then `note_sent`.

    `days`: how long a referral can be answered. A process that died with a letter in hand is given an hour.
    """
    due = {one.organization.id: one for one in _list_due(session, now - timedelta(days=days))}
    week = name_week(now)
    made = {one.organization_id: one for one in queries.list_digests(session, week, due)}
    for organization_id, one in due.items():
        digest = made.get(organization_id)
        told = [each.referral.id for each in one.open]
        if digest is None:
            session.add(
                Digest(id=make_id(), organization_id=organization_id, week=week, referral_ids=told, claimed_at=now)
            )
            return one
        if digest.sent_at is None and digest.claimed_at < now - TRY_AGAIN:
            digest.claimed_at, digest.referral_ids = now, told
            return one
    return None


def note_sent(session: Session, organization_id: str, now: datetime) -> None:
    """Note that the letter of this week left."""
    queries.note_sent(session, organization_id, name_week(now), now)


def wants_digest(session: Session, organization_id: str) -> bool:
    return queries.find_refusal(session, organization_id) is None


def refuse_digest(session: Session, organization_id: str, now: datetime) -> None:
    """Note that a partner wants no such letter; once is as good as twice."""
    if wants_digest(session, organization_id):
        session.add(DigestRefusal(id=make_id(), organization_id=organization_id, refused_at=now))
        session.flush()


def want_digest(session: Session, organization_id: str) -> None:
    queries.delete_refusal(session, organization_id)


def _list_due(session: Session, since: datetime) -> Iterator[DueDigest]:
    grouped: dict[str, tuple[Organization, list[OpenReferral]]] = {}
    for organization, service, question, referral in queries.list_open(session, since):
        grouped.setdefault(organization.id, (organization, []))[1].append(OpenReferral(referral, question, service))
    for organization, rows in grouped.values():
        email = organization.email or next((one.service.email for one in rows if one.service.email), None)
        if email:
            yield DueDigest(organization, email, tuple(rows[:MOST_TOLD]))
