"""A partner sends a citizen on: to whom it can, and the new referral."""

from datetime import datetime

from sqlalchemy.orm import Session

from referral.directory import service as directory
from referral.directory.service import NamedService
from referral.errors import PartnerGone
from referral.journal import replies
from referral.journal import service as journal
from referral.journal.service import Offer
from referral.models.referral import Referral
from referral.referring.knowledge import Knowledge
from referral.referring.visiting import find_partners

MOST_FOUND = 10


def list_choices(
    session: Session, referral: Referral, *, text: str, knowledge: Knowledge, now: datetime
) -> list[NamedService]:
    """Return to whom a citizen can be sent on: by name when there is a text, else who helps with this topic there."""
    if text.strip():
        found = directory.find_by_name(session, text.split(), MOST_FOUND)
    else:
        found = _list_ranked(session, referral, knowledge, now)
    return [one for one in found if one.id != referral.service_id]


def send_on(session: Session, referral_id: str, service_id: str, now: datetime) -> Referral:
    """Write that a partner sends the citizen on to this service; return the new referral.

    Raises `PartnerGone` for a service that nobody is sent to, and what `journal.replies.forward` raises.
    """
    service = directory.get_service(session, service_id, now=now)
    if not service.is_offered:
        raise PartnerGone("closed or moved")
    offer = Offer(
        service_id=service_id,
        location_id=service.location_id,
        matched_because=(),
        is_example=service.is_example,
    )
    return replies.forward(session, referral_id, offer, now)


def _list_ranked(session: Session, referral: Referral, knowledge: Knowledge, now: datetime) -> list[NamedService]:
    question = journal.get_question(session, referral.question_id)
    place = knowledge.places.find_whole(question.municipality) if question.municipality else None
    outcome = find_partners(session, question.topic, place=place, knowledge=knowledge, now=now)
    # A service with two locations is one partner to be sent on to.
    ids = dict.fromkeys(match.candidate.service_id for match in outcome.matches)
    cards = [directory.get_service(session, one, now=now) for one in ids]
    return [NamedService(card.service_id, card.name, card.organization_name) for card in cards[:MOST_FOUND]]
