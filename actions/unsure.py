"""When the message is not understood: the best three to choose from, once more, and then a person."""

from sqlalchemy.orm import Session

from actions.base import Heard, ReferralAction
from actions.referral import PlacingAction
from referral.catalogue.service import Catalogue
from referral.referring.knowledge import Knowledge
from referral.referring.telling import Payload, Told, say, tell

CHOICES = 3
# Two misses in a row: a person (DESIGN §2.3).
MAX_MISSES = 2


def list_likely(heard: Heard, catalogue: Catalogue) -> list[str]:
    """Return the topics of the ranking, likeliest first."""
    return [name for name, _ in heard.ranking if name in catalogue.topics]


def rank_topics(heard: Heard, catalogue: Catalogue) -> list[str]:
    """Return the topics of the ranking that a citizen may choose; an emergency is never one of three choices."""
    return [name for name in list_likely(heard, catalogue) if not catalogue.get_topic(name).is_emergency]


def count_miss(heard: Heard) -> int:
    return int(heard.get("misses") or 0) + 1


def miss(heard: Heard, catalogue: Catalogue, *payloads: Payload) -> Told:
    """Say this, and count the miss; at the second in a row offer a person instead."""
    misses = count_miss(heard)
    unclear: Payload = {"unclear": list_likely(heard, catalogue)[:CHOICES]}
    if misses >= MAX_MISSES:
        return tell(say("two_misses"), {"human": heard.get("library_id")}, unclear, misses=misses)
    return tell(*payloads, unclear, misses=misses)


class Unsure(PlacingAction):
    """An urgent signal that names a topic decides; otherwise the citizen chooses."""

    def name(self) -> str:
        return "action_unsure"

    def decide(self, session: Session, heard: Heard, knowledge: Knowledge) -> Told:
        if topic := heard.get("signal_topic"):
            return self.refer(session, heard, knowledge, topic=topic)
        topics = rank_topics(heard, knowledge.catalogue)[:CHOICES]
        said = ({"topics": topics}, say("unsure")) if topics else (say("say_again"),)
        return miss(heard, knowledge.catalogue, *said)


class NoneOfThese(ReferralAction):
    def name(self) -> str:
        return "action_none_of_these"

    def decide(self, session: Session, heard: Heard, knowledge: Knowledge) -> Told:
        return miss(heard, knowledge.catalogue, say("say_again"))


class OutOfScope(ReferralAction):
    """Not for us; twice in a row a person may know better."""

    def name(self) -> str:
        return "action_out_of_scope"

    def decide(self, session: Session, heard: Heard, knowledge: Knowledge) -> Told:
        return miss(heard, knowledge.catalogue, say("out_of_scope"))


class PlaceUnknown(PlacingAction):
    """The place was asked for and the answer is no sentence that we know; perhaps there is a place in it."""

    def name(self) -> str:
        return "action_place_unknown"

    def decide(self, session: Session, heard: Heard, knowledge: Knowledge) -> Told:
        if heard.get("place"):
            return self.refer(session, heard, knowledge)
        misses = count_miss(heard)
        if misses >= MAX_MISSES:
            given = self.refer(session, heard, knowledge, place=None, skipped_place=True)
            return Told(given.payloads, {**given.slots, "skipped_place": True})
        return tell(say("place_unknown"), awaiting="place", misses=misses)


class Human(ReferralAction):
    """A person: at once when one is there, else the library's address, hours and phone; the door knows."""

    def name(self) -> str:
        return "action_human"

    def decide(self, session: Session, heard: Heard, knowledge: Knowledge) -> Told:
        return tell({"door": "meet_person"})
