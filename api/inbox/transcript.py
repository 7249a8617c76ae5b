"""A conversation as staff read it: masked, oldest first, who said what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from referral.conversations import service as conversations
from referral.directory import service as directory
from referral.handover import service as handover
from referral.journal import service as journal
from referral.models.conversation import Message
from referral.models.handover import HandoverLine


class Speaker(StrEnum):
    """Whose words they are."""

    CITIZEN = "citizen"
    ASSISTANT = "assistant"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One bubble. `key` tells it from the others on the page; `note` ends a staff word: what there is no text of."""

    key: str
    at: datetime
    speaker: Speaker
    texts: tuple[str, ...] = ()
    note: str = ""


def read_transcript(session: Session, conversation_id: str, now: datetime) -> list[Entry]:
    """Return everything that was said, oldest first; of an emergency only that the assistant answered it."""
    said = [entry for turn in conversations.list_turns(session, conversation_id) for entry in _read_turn(turn)]
    said += [_read_line(session, line, now) for line in handover.list_lines(session, conversation_id)]
    return sorted(said, key=lambda entry: entry.at)


def _read_turn(turn: Message) -> Iterator[Entry]:
    if turn.text:
        yield Entry(key=f"said-{turn.id}", at=turn.created_at, speaker=Speaker.CITIZEN, texts=(turn.text,))
    elif turn.button_id:
        yield Entry(key=f"said-{turn.id}", at=turn.created_at, speaker=Speaker.CITIZEN, note="pressed")
    if texts := tuple(_list_texts(turn.reply or {})):
        yield Entry(key=f"reply-{turn.id}", at=turn.created_at, speaker=Speaker.ASSISTANT, texts=texts)


def _list_texts(reply: dict[str, Any]) -> Iterator[str]:
    """Return what a stored reply says: its texts, the names on its cards, its telephone numbers and lists."""
    if urgent := reply.get("urgent"):
        yield urgent["text"]
    for message in reply.get("messages", ()):
        if message["text"]:
            yield message["text"]
        if card := message["card"]:
            yield f"{card['name']}, {card['organisation']}"
        yield from (phone["number"] for phone in message["phones"])
        yield from message["items"]


def _read_line(session: Session, line: HandoverLine, now: datetime) -> Entry:
    key = f"line-{line.number}"
    if line.signal:
        return Entry(key=key, at=line.created_at, speaker=Speaker.ASSISTANT, note="signal")
    if line.referral_id is None:
        return Entry(key=key, at=line.created_at, speaker=Speaker.STAFF, texts=(line.text or "",))
    referral = journal.get_referral(session, line.referral_id)
    card = directory.get_service(session, referral.service_id, now=now, location_id=referral.location_id)
    texts = (f"{card.name}, {card.organization_name}",)
    return Entry(key=key, at=line.created_at, speaker=Speaker.STAFF, texts=texts, note="referred")
