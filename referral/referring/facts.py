"""What there is to say about a referral: the partner as it is now, and the topic's card."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from referral.catalogue.topics import Card
from referral.directory import service as directory
from referral.directory.card import ServiceCard, Words
from referral.journal import service as journal
from referral.overlay.cards import get_card
from referral.referring.knowledge import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralFacts:
    """A referral for a screen; `municipality` by the name that people use, `distance_km` as the crow flies.

    `groups` are the labels of the groups that the service is for in particular.
    """

    referral_id: str
    code: str
    slip_key: str
    topic: str
    topic_card: Card
    service: ServiceCard
    groups: tuple[Words, ...]
    reasons: tuple[str, ...]
    municipality: str | None
    distance_km: float | None


def get_referral_facts(
    session: Session, referral_id: str, *, knowledge: Knowledge, language: str, now: datetime
) -> ReferralFacts:
    """Return the facts, or raise `NotFound`."""
    referral = journal.get_referral(session, referral_id)
    question = journal.get_question(session, referral.question_id)
    service = directory.get_service(session, referral.service_id, now=now, location_id=referral.location_id)
    municipality = knowledge.places.find_municipality(question.municipality) if question.municipality else None
    return ReferralFacts(
        referral_id=referral.id,
        code=referral.code,
        slip_key=referral.slip_key,
        topic=question.topic,
        topic_card=get_card(
            session, knowledge.catalogue, question.topic, language=language, library_id=question.library_id
        ),
        service=service,
        groups=knowledge.catalogue.list_labels(service.target_groups),
        reasons=tuple(referral.matched_because),
        municipality=municipality.shown if municipality else None,
        distance_km=referral.distance_km,
    )
