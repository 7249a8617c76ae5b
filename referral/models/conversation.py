"""A citizen's conversation with the assistant. Deleted, with its messages, some hours after the last turn."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base, make_id


class Conversation(Base):
    """What the door knows of a conversation; Rasa's tracker is made from this at every turn.

    `is_private`: an urgent signal or a topic that is nobody's business came up, so nothing of it is learnt from.
    `is_language_chosen`: the citizen chose it by hand, so it does not follow the messages.
    """

    __tablename__ = "conversation"

    id: Mapped[str] = mapped_column(primary_key=True, default=make_id)
    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id"))
    library_id: Mapped[str]
    channel: Mapped[str]
    language: Mapped[str]
    is_language_chosen: Mapped[bool] = mapped_column(default=False, server_default=false())
    place: Mapped[str | None]
    skipped_place: Mapped[bool] = mapped_column(default=False)
    topic: Mapped[str | None]
    sender: Mapped[str | None]
    signal: Mapped[str | None]
    awaiting: Mapped[str | None]
    misses: Mapped[int] = mapped_column(default=0)
    question_id: Mapped[str | None]
    referral_id: Mapped[str | None]
    is_private: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime]
    last_turn_at: Mapped[datetime] = mapped_column(index=True)
    # The turn that is running; another waits for it. A process that died gives it back by the clock.
    running_turn: Mapped[str | None]
    running_until: Mapped[datetime | None]


class Message(Base):
    """One turn: what was said (masked), and the reply as it was given, for a client that asks again.

    `unclear` are the topics that the triage thought of, when the message was not understood.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("conversation_id", "turn_id"),
        Index("ix_message_conversation_id_created_at", "conversation_id", "created_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=make_id)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    turn_id: Mapped[str]
    text: Mapped[str | None]
    button_id: Mapped[str | None]
    reply: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    unclear: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime]


class Button(Base):
    """A button that was shown: the client knows its id only, what it means stays here."""

    __tablename__ = "button"

    id: Mapped[str] = mapped_column(primary_key=True, default=make_id)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    meaning: Mapped[dict[str, Any]] = mapped_column(JSON)
    used_in: Mapped[str | None]
