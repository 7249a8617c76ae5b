"""A colleague who has a conversation sends the citizen to a partner: once, and by staff."""

import pytest
from sqlalchemy import select

from referral.conversations import service as conversations
from referral.errors import PartnerGone, RecordChanged
from referral.handover import service as handover
from referral.handover.referring import Chosen, refer
from referral.journal.statuses import Actor
from referral.models.gap import Gap
from referral.models.question import Question
from referral.models.referral import Referral, ReferralEvent
from referral.places.service import resolve_place
from referral.referring.knowledge import load_knowledge
from referral.referring.service import Ask, refer_citizen
from referral.referring.visiting import find_partners
from referral.staff import people
from tests.clock import TUESDAY
from tests.referral.conversations.conftest import open_one

TOPIC = "huurtoeslag"


@pytest.fixture
def knowledge():
    return load_knowledge()


@pytest.fixture
def zwolle(knowledge):
    return resolve_place("Zwolle", knowledge.places, knowledge.postcodes)


@pytest.fixture
def talking(example_session):
    """A session, a conversation in it, and the colleague who has that."""
    session = example_session
    noor = people.add_person(session, "noor", "noor@x.nl", now=TUESDAY).id
    conversation = conversations.get_conversation(session, open_one(session))
    handover.ask(session, conversation, TUESDAY)
    handover.take(session, conversation.id, noor, TUESDAY)
    return session, conversation, noor


def list_partners(session, topic, place):
    outcome = find_partners(session, topic, place=place, knowledge=load_knowledge(), now=TUESDAY)
    return [(match.candidate.service_id, match.candidate.location_id) for match in outcome.matches]


def choose(partner, place, topic=TOPIC, turn_id="turn-refer"):
    return Chosen(turn_id=turn_id, topic=topic, place=place, partner=partner)


def test_a_referral_of_staff_is_written_once_and_is_a_line(talking, knowledge, zwolle):
    session, conversation, noor = talking
    chosen = choose(list_partners(session, TOPIC, zwolle)[0], zwolle)
    for _ in range(2):
        refer(session, conversation.id, noor, chosen, knowledge=knowledge, now=TUESDAY)
    (referral,) = session.scalars(select(Referral))
    (event,) = session.scalars(select(ReferralEvent))
    (line,) = handover.list_lines(session, conversation.id)
    assert (referral.service_id, event.actor, line.referral_id) == (chosen.partner[0], Actor.STAFF, referral.id)
    assert referral.shown_at is None
    question = session.get_one(Question, referral.question_id)
    assert (question.topic, question.municipality, question.visit_id) == (TOPIC, "GM0193", conversation.visit_id)
    assert (conversation.topic, conversation.referral_id) == (TOPIC, referral.id)
    assert session.scalars(select(Gap)).all() == []


def test_the_question_that_the_assistant_was_asked_goes_on(talking, knowledge, zwolle):
    session, conversation, noor = talking
    ask = Ask(
        turn_id="turn-bot",
        topic=TOPIC,
        library_id=conversation.library_id,
        visit_id=None,
        language="nl",
        place="Zwolle",
    )
    told = refer_citizen(session, ask, knowledge, TUESDAY)
    conversation.question_id = told.question_id
    first, second = list_partners(session, TOPIC, zwolle)[:2]
    for number, partner in enumerate((first, second)):
        refer(
            session, conversation.id, noor, choose(partner, zwolle, turn_id=f"t-{number}"), knowledge=knowledge,
            now=TUESDAY,
        )  # fmt: skip
    lines = handover.list_lines(session, conversation.id)
    assert lines[0].referral_id == told.referral_id
    assert [one.question_id for one in session.scalars(select(Referral))] == [told.question_id] * 2


def test_a_colleague_without_the_conversation_refers_nobody(talking, knowledge, zwolle):
    session, conversation, _ = talking
    bas = people.add_person(session, "bas", "bas@x.nl", now=TUESDAY).id
    chosen = choose(list_partners(session, TOPIC, zwolle)[0], zwolle)
    with pytest.raises(RecordChanged):
        refer(session, conversation.id, bas, chosen, knowledge=knowledge, now=TUESDAY)
    assert session.scalars(select(Referral)).all() == []


def test_a_partner_that_is_not_offered_is_nobody(talking, knowledge, zwolle):
    session, conversation, noor = talking
    with pytest.raises(PartnerGone):
        refer(session, conversation.id, noor, choose(("no-such", None), zwolle), knowledge=knowledge, now=TUESDAY)


def test_of_a_sensitive_topic_no_place_is_kept_and_nothing_is_learnt(talking, knowledge, zwolle):
    session, conversation, noor = talking
    topic = next(one for one in sorted(knowledge.catalogue.topics) if knowledge.catalogue.is_sensitive(one))
    partners = list_partners(session, topic, zwolle)
    refer(session, conversation.id, noor, choose(partners[0], zwolle, topic), knowledge=knowledge, now=TUESDAY)
    (question,) = session.scalars(select(Question))
    assert (question.municipality, question.visit_id, conversation.is_private) == (None, None, True)
