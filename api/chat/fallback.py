"""When Rasa is down: say so, offer the topics, and still refer who chooses one (DESIGN §6.6)."""

import re
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from api.chat.draft import Draft, Meaning
from api.chat.render import Renderer
from referral.catalogue.service import Catalogue
from referral.errors import AmbiguousPlace, UnknownPlace
from referral.models.conversation import Conversation
from referral.places.service import resolve_place
from referral.referring.knowledge import Knowledge
from referral.referring.service import Ask, refer_citizen
from referral.referring.telling import tell_result

MAX_FOUND = 3
# "ik woon in Zwolle", "I live near Zwolle": what stands before the name.
_BEFORE_PLACE = re.compile(r"^.*\b(?:in|te|uit|bij|near|from)\s+", re.IGNORECASE)


def show_assistant_down(
    session: Session, draft: Draft, conversation: Conversation, *, renderer: Renderer, text: str, now: datetime
) -> None:
    """Say honestly that we do not understand now; offer topics whose words are in the text, the menu, and a person."""
    found = find_topics(text, renderer.knowledge.catalogue)
    renderer.render(session, draft, [{"topics": found}], now)
    draft.say("assistant_down")
    renderer.render(session, draft, [{"human": conversation.library_id}], now)


def find_topics(text: str, catalogue: Catalogue) -> list[str]:
    """Return at most three topics of which the message holds a word, the longest word first."""
    folded = text.lower()
    hits = [
        (max(len(word) for word in topic.words if word in folded), topic.id)
        for topic in catalogue.topics.values()
        if not topic.is_emergency and any(word in folded for word in topic.words)
    ]
    return [topic_id for _, topic_id in sorted(hits, reverse=True)[:MAX_FOUND]]


def read_place(text: str, conversation: Conversation, knowledge: Knowledge) -> Meaning | None:
    """Return what was typed as a button for that place, when a place was asked for and this is one."""
    if conversation.awaiting != "place":
        return None
    for name in (text, _BEFORE_PLACE.sub("", text)):
        try:
            resolve_place(name, knowledge.places, knowledge.postcodes)
        except UnknownPlace:
            continue
        except AmbiguousPlace:
            pass
        return {"intent": "inform_place", "entities": {"place": name}}
    return None


def refer_without_rasa(
    session: Session,
    draft: Draft,
    conversation: Conversation,
    *,
    turn_id: str,
    chosen: dict[str, Any],
    renderer: Renderer,
    now: datetime,
) -> bool:
    """Follow a button or typed place (a topic, a place, "skip") without Rasa; return False for what needs Rasa."""
    catalogue = renderer.knowledge.catalogue
    intent = chosen.get("intent", "")
    place = chosen.get("entities", {}).get("place") or conversation.place
    topic = intent if intent in catalogue.topics else conversation.topic
    if not topic or not (intent in catalogue.topics or intent in ("inform_place", "skip")):
        return False
    ask = Ask(
        turn_id=turn_id,
        topic=topic,
        library_id=conversation.library_id,
        visit_id=conversation.visit_id,
        language=draft.language,
        place=place,
        skipped_place=conversation.skipped_place or intent == "skip",
        sender=conversation.sender,
        question_id=conversation.question_id,
    )
    told = tell_result(refer_citizen(session, ask, renderer.knowledge, now), topic)
    for slot, value in {"place": place, **told.slots}.items():
        setattr(conversation, slot, value)
    renderer.render(session, draft, told.payloads, now)
    return True
