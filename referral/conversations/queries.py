"""All SQL of the conversations."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.orm import Session

from referral.models.conversation import Button, Conversation, Message


def find_message(session: Session, conversation_id: str, turn_id: str) -> Message | None:
    return session.scalar(select(Message).where(Message.conversation_id == conversation_id, Message.turn_id == turn_id))


def find_button(session: Session, conversation_id: str, button_id: str) -> Button | None:
    return session.scalar(select(Button).where(Button.id == button_id, Button.conversation_id == conversation_id))


def list_replies(session: Session, conversation_id: str) -> Sequence[Message]:
    """Return the turns that were answered, oldest first."""
    statement = (
        select(Message)
        .where(Message.conversation_id == conversation_id, Message.reply.is_not(None))
        .order_by(Message.created_at)
    )
    return [message for message in session.scalars(statement) if message.reply]


def take_turn(session: Session, conversation_id: str, turn_id: str, *, now: datetime, until: datetime) -> bool:
    """Let this turn run unless another one is running; one statement, so two at once cannot both get it."""
    statement = (
        update(Conversation)
        .where(
            Conversation.id == conversation_id,
            or_(
                Conversation.running_turn.is_(None),
                Conversation.running_turn == turn_id,
                Conversation.running_until < now,
            ),
        )
        .values(running_turn=turn_id, running_until=until)
        .execution_options(synchronize_session=False)
    )
    result = session.execute(statement)
    return isinstance(result, CursorResult) and result.rowcount == 1


def list_unclear(session: Session, conversation_ids: Collection[str]) -> Sequence[tuple[str, Message]]:
    """Return (library, message) of what was not understood in these conversations."""
    statement = (
        select(Conversation.library_id, Message)
        .join(Message, Message.conversation_id == Conversation.id)
        .where(
            Conversation.id.in_(conversation_ids),
            Conversation.is_private.is_(False),
            Message.unclear.is_not(None),
            Message.text.is_not(None),
        )
        .order_by(Message.created_at)
    )
    return [(library_id, message) for library_id, message in session.execute(statement)]
