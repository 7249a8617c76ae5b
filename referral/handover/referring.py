"""A colleague who has a conversation refers the citizen: a card in what they say, one referral in the journal."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from referral.conversations import service as conversations
from referral.conversations.service import make_turn_key
from referral.handover import service as handover
from referral.journal import service as journal
from referral.journal.statuses import Actor
from referral.learning.service import is_private
from referral.models.conversation import Conversation
from referral.models.referral import Referral
from referral.places.table import Place
from referral.referring.knowledge import Knowledge
from referral.referring.service import Ask, get_question, make_offer, record_gap
from referral.referring.visiting import find_chosen, find_partners


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a colleague chose. `partner` is the id of the service and of its location, if it has one."""

    turn_id: str
    topic: str
    place: Place | None
    partner: tuple[str, str | None]


def refer(
    session: Session, conversation_id: str, person_id: str, chosen: Chosen, *, knowledge: Knowledge, now: datetime
) -> None:
    """Send the citizen there, once a turn; the assistant goes on from this referral when it is back.

    Raises `RecordChanged` when the conversation is not this colleague's now, `UnknownTopic`, and `PartnerGone` when
    the partner is not offered any more.
    """
    if handover.find_line(session, conversation_id, chosen.turn_id) is not None:
        return
    handover.claim_line(session, conversation_id, person_id)
    conversation = conversations.get_conversation(session, conversation_id)
    referral = _write(session, conversation, chosen, knowledge=knowledge, now=now)
    handover.add_line(session, conversation_id, turn_id=chosen.turn_id, referral_id=referral.id, now=now)
    conversation.topic, conversation.question_id = chosen.topic, referral.question_id
    conversation.referral_id, conversation.awaiting = referral.id, None
    if is_private(knowledge.catalogue, [chosen.topic]):
        conversation.is_private = True


def _write(
    session: Session, conversation: Conversation, chosen: Chosen, *, knowledge: Knowledge, now: datetime
) -> Referral:
    """Write the referral, or give the open one to the same place for the same question."""
    turn_id = make_turn_key(conversation.id, chosen.turn_id)
    outcome = find_partners(session, chosen.topic, place=chosen.place, knowledge=knowledge, now=now)
    match = find_chosen(outcome, chosen.partner)
    ask = Ask(
        turn_id=turn_id,
        topic=chosen.topic,
        library_id=conversation.library_id,
        visit_id=conversation.visit_id,
        language=conversation.language,
        sender=conversation.sender,
        question_id=conversation.question_id,
    )
    question = get_question(session, ask, knowledge.catalogue.get_topic(chosen.topic), knowledge, now)
    if chosen.place and not question.day_only:
        question.municipality = chosen.place.municipality_code
    record_gap(session, turn_id=turn_id, question=question, outcome=outcome, now=now)
    if open_one := journal.find_open_referral(session, question.id, match.candidate.service_id):
        return open_one
    offer = make_offer(question, match)
    return journal.refer(session, turn_id=turn_id, question=question, offer=offer, now=now, actor=Actor.STAFF)
