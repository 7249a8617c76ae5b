"""From an outcome to what is said and remembered: text keys and slots, no sentence.

The vocabulary of payloads, which `api/chat/render.py` makes sentences of:
    {"say": key, "values"?: {…}, "about"?: referral id}     a text; `about` fills in what is known of the partner
    {"recognise": topic}                                    the first sentence of the topic's card
    {"paragraphs": topic, "part": "what" | "do" | …}        a part of the topic's card
    {"card" | "phones" | "bring": referral id}              the referral card, its numbers, what to bring
    {"topics": [topic, …]}  {"menu": domain}                topics to choose from
    {"choices": [{"label", "intent", "entities"}, …]}       anything else to choose from
    {"human": library id}                                   the way to a person
    {"deadline": ISO date}                                  how many days are left, or that it has gone by
    {"also": topic}                                         a second topic of the message, to go on with
    {"unclear": [topic, …]}                                 not understood: the door notes it, and says nothing
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from referral.referring.service import Intro, Kind, Result

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """Payloads to say, in order, and slots of the conversation to set."""

    payloads: tuple[Payload, ...]
    slots: Mapping[str, Any]


def say(key: str, **values: Any) -> Payload:
    return {"say": key, **({"values": values} if values else {})}


def tell(*payloads: Payload, **slots: Any) -> Told:
    return Told(payloads, slots)


def tell_result(result: Result, topic: str, *, is_another: bool = False) -> Told:
    """Return what a call of `refer_citizen` leads to; `is_another`: the citizen asked for another partner."""
    kept: dict[str, Any] = {"question_id": result.question_id, "topic": topic}
    recognise: Payload = {"recognise": topic}
    match result.kind:
        case Kind.ASK_PLACE:
            return tell(recognise, say("ask_place"), awaiting="place", **kept)
        case Kind.CHOOSE_PLACE:
            choices = [
                {"label": name, "intent": "inform_place", "entities": {"place": name}} for name in result.choices
            ]
            return tell(say("choose_place"), {"choices": choices}, awaiting="place", place=None, **kept)
        case Kind.PLACE_UNKNOWN:
            return tell(say("place_unknown"), awaiting="place", place=None, **kept)
        case Kind.NO_PARTNER:
            return tell(say("no_more_partners" if is_another else "no_partner"), awaiting=None, **kept)
        case Kind.CARD:
            opening = [say("another")] if is_another and result.intro is Intro.LOCAL else [say(result.intro)]
            told = [*opening, {"card": result.referral_id}, say("is_this_it")]
            first = [] if is_another else [recognise]
            return tell(*first, *told, awaiting="helped", referral_id=result.referral_id, **kept)


def mind_deadline(told: Told, deadline: str | None) -> Told:
    """Return the same with the deadline that the citizen named said right after the recognition."""
    if deadline is None or "recognise" not in told.payloads[0]:
        return told
    recognise, *rest = told.payloads
    return Told((recognise, {"deadline": deadline}, *rest), told.slots)


def offer_second(told: Told, topic: str | None) -> Told:
    """Return the same with a second topic that the message is about offered below it."""
    if topic is None or topic == told.slots.get("topic"):
        return told
    return Told((*told.payloads, {"also": topic}), told.slots)
