"""Questions about the partner on the screen: hours, phone, way, papers, more; and what the citizen did with it."""

from abc import ABC, abstractmethod

from sqlalchemy.orm import Session

from actions.base import Heard, ReferralAction
from referral.clock import read_clock
from referral.journal import service as journal
from referral.referring.facts import ReferralFacts, get_referral_facts
from referral.referring.knowledge import Knowledge
from referral.referring.telling import Payload, Told, say, tell


class AboutPartner(ReferralAction, ABC):
    """Answers from the facts of the last referral; without one it asks what the question is."""

    writes = False

    def decide(self, session: Session, heard: Heard, knowledge: Knowledge) -> Told:
        referral_id = heard.get("referral_id")
        if not referral_id:
            return tell(say("no_referral_yet"))
        language = heard.get("language") or "nl"
        facts = get_referral_facts(session, referral_id, knowledge=knowledge, language=language, now=read_clock())
        return tell(*self.describe(session, facts))

    @abstractmethod
    def describe(self, session: Session, facts: ReferralFacts) -> list[Payload]:
        """Return what to say; `about` tells the door which referral fills in the words."""


def say_about(key: str, facts: ReferralFacts) -> Payload:
    return {"say": key, "about": facts.referral_id}


class CallInstead(AboutPartner):
    writes = True

    def name(self) -> str:
        return "action_call_instead"

    def describe(self, session: Session, facts: ReferralFacts) -> list[Payload]:
        if not facts.service.phones:
            return [say_about("no_phone", facts)]
        journal.take_up(session, facts.referral_id, "called", read_clock())
        hours = facts.service.phone_today or facts.service.today
        is_closed = hours is not None and not hours.open_now
        return [
            say_about("call_instead_closed" if is_closed else "call_instead", facts),
            {"phones": facts.referral_id},
        ]


class OpeningHours(AboutPartner):
    def name(self) -> str:
        return "action_opening_hours"

    def describe(self, session: Session, facts: ReferralFacts) -> list[Payload]:
        return [say_about("opening_hours", facts)]


class WhatToBring(AboutPartner):
    def name(self) -> str:
        return "action_what_to_bring"

    def describe(self, session: Session, facts: ReferralFacts) -> list[Payload]:
        if not (facts.service.required_documents or facts.topic_card.bring):
            return [say_about("nothing_to_bring", facts)]
        return [say_about("what_to_bring", facts), {"bring": facts.referral_id}]


class Distance(AboutPartner):
    def name(self) -> str:
        return "action_distance"

    def describe(self, session: Session, facts: ReferralFacts) -> list[Payload]:
        if not facts.service.address_lines:
            return [say_about("no_address", facts)]
        return [say_about("address_only" if facts.distance_km is None else "distance", facts)]


class Details(AboutPartner):
    """What the partner does, and what the citizen can do meanwhile, as the topic's card says it."""

    def name(self) -> str:
        return "action_details"

    def describe(self, session: Session, facts: ReferralFacts) -> list[Payload]:
        parts: list[Payload] = [{"paragraphs": facts.topic, "part": part} for part in ("do", "dates", "who")]
        return [*parts, say("is_this_it")]


class Keep(AboutPartner):
    writes = True

    def name(self) -> str:
        return "action_keep"

    def describe(self, session: Session, facts: ReferralFacts) -> list[Payload]:
        journal.take_up(session, facts.referral_id, "kept", read_clock())
        return [say_about("keep", facts)]


class Helped(ReferralAction):
    """The citizen says that this is it."""

    def name(self) -> str:
        return "action_helped"

    def decide(self, session: Session, heard: Heard, knowledge: Knowledge) -> Told:
        return record_answer(session, heard, "yes", key="helped")


class NotHelped(ReferralAction):
    def name(self) -> str:
        return "action_not_helped"

    def decide(self, session: Session, heard: Heard, knowledge: Knowledge) -> Told:
        return record_answer(session, heard, "no", key="not_helped")


def record_answer(session: Session, heard: Heard, helped: str, *, key: str) -> Told:
    referral_id = heard.get("referral_id")
    if not referral_id:
        return tell(say("no_referral_yet"))
    now = read_clock()
    journal.record_helped(session, turn_id=heard.get("turn_id"), referral_id=referral_id, helped=helped, now=now)
    if helped == "yes":
        journal.take_up(session, referral_id, "confirmed", now)
    return tell(say(key), awaiting=None)


class Explain(ReferralAction):
    """Says in plain words what the topic is."""

    def name(self) -> str:
        return "action_explain"

    def decide(self, session: Session, heard: Heard, knowledge: Knowledge) -> Told:
        topic = heard.get("topic")
        if not topic:
            return tell(say("help"))
        return tell({"paragraphs": topic, "part": "what"}, {"paragraphs": topic, "part": "do"})
