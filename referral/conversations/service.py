"""Keeps the conversations of the chat: one turn at a time, one reply a turn, gone after some hours."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from referral.conversations import queries
from referral.errors import UnknownButton, UnknownConversation
from referral.models.base import make_id
from referral.models.conversation import Button, Conversation, Message

# Longer than any turn can take (settings.turn_deadline), short enough that a killed process is not waited for.
TURN_LEASE = timedelta(seconds=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a turn starts with: a masked text, or a button by its id."""

    turn_id: str
    text: str | None = None
    button_id: str | None = None


def make_turn_key(conversation_id: str, turn_id: str) -> str:
    """Return the id of a turn for the journal: the client's own id could be another conversation's too."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{conversation_id}/{turn_id}"))


def open_conversation(
    session: Session, *, visit_id: str, library_id: str, channel: str, language: str, now: datetime
) -> Conversation:
    conversation = Conversation(
        id=make_id(),
        visit_id=visit_id,
        library_id=library_id,
        channel=channel,
        language=language,
        created_at=now,
        last_turn_at=now,
    )
    session.add(conversation)
    session.flush()
    return conversation


def get_conversation(session: Session, conversation_id: str) -> Conversation:
    """Return the conversation or raise `UnknownConversation`."""
    conversation = session.get(Conversation, conversation_id)
    if conversation is None:
        raise UnknownConversation("no such conversation")
    return conversation


def take_turn(session: Session, conversation_id: str, turn_id: str, now: datetime) -> bool:
    """Return whether this turn may run now; False while another one does."""
    return queries.take_turn(session, conversation_id, turn_id, now=now, until=now + TURN_LEASE)


def record_message(session: Session, conversation_id: str, said: Said, now: datetime) -> Message:
    """Write what was said, or return the turn when it is there: with its reply if it got one."""
    if known := queries.find_message(session, conversation_id, said.turn_id):
        return known
    message = Message(
        id=make_id(),
        conversation_id=conversation_id,
        turn_id=said.turn_id,
        text=said.text,
        button_id=said.button_id,
        created_at=now,
    )
    session.add(message)
    session.flush()
    return message


def find_reply(session: Session, conversation_id: str, turn_id: str) -> dict[str, Any] | None:
    """Return the reply that this turn got, if it was answered."""
    message = queries.find_message(session, conversation_id, turn_id)
    return message.reply if message else None


def finish_turn(session: Session, conversation: Conversation, message: Message, reply: dict[str, Any]) -> None:
    """Store the reply with its turn and let the next turn run."""
    message.reply = reply
    conversation.running_turn = conversation.running_until = None
    session.flush()


def list_turns(session: Session, conversation_id: str) -> Sequence[Message]:
    return queries.list_replies(session, conversation_id)


def find_last_reply(session: Session, conversation_id: str) -> dict[str, Any] | None:
    replies = queries.list_replies(session, conversation_id)
    return replies[-1].reply if replies else None


def add_button(session: Session, conversation_id: str, meaning: dict[str, Any]) -> str:
    """Keep what a button means and return the id that the client gets."""
    button = Button(id=make_id(), conversation_id=conversation_id, meaning=meaning)
    session.add(button)
    return button.id


def get_button(session: Session, conversation_id: str, button_id: str) -> Button:
    """Return the button, or raise `UnknownButton` when this conversation never showed it."""
    button = queries.find_button(session, conversation_id, button_id)
    if button is None:
        raise UnknownButton("no such button in this conversation")
    return button


def delete_conversation(session: Session, conversation_id: str) -> None:
    """Erase a conversation with everything said in it; the journal holds no text and stays."""
    session.delete(get_conversation(session, conversation_id))


def note_unclear(session: Session, conversation_id: str, turn_id: str, likely: Sequence[str]) -> None:
    """Note that the message of this turn was not understood, and which topics it may have been about."""
    message = queries.find_message(session, conversation_id, turn_id)
    if message is not None:
        message.unclear = list(likely)


def list_unclear(session: Session, conversation_ids: Collection[str]) -> Sequence[tuple[str, Message]]:
    """Return (library id, message) of what was not understood in these conversations.

    Those in which something came up that is nobody's business are left out.
    """
    return queries.list_unclear(session, conversation_ids)


def drop_question(session: Session, conversation_id: str) -> None:
    """Close whatever question is open (an emergency came between); a conversation that is gone is no error."""
    conversation = session.get(Conversation, conversation_id)
    if conversation is not None:
        conversation.is_private = True
        conversation.awaiting = None
        conversation.misses = 0


def reset(conversation: Conversation) -> None:
    """Forget everything that was said; the language stays."""
    conversation.topic = conversation.place = conversation.sender = conversation.signal = None
    conversation.awaiting = conversation.question_id = conversation.referral_id = None
    conversation.skipped_place, conversation.misses = False, 0
