"""A citizen's conversation that is with a person of the library. Deleted with the conversation, and never after it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import ID_LENGTH, Code, Id, one_of


class State(StrEnum):
    """Where a handover is: the citizen waits, somebody is there, or it is over and the assistant is back."""

    WAITING = "waiting"
    TALKING = "talking"
    ENDED = "ended"


class End(StrEnum):
    """How it ended: nobody came (or whoever came went away), staff gave it back or closed it, the citizen left."""

    NOBODY = "nobody"
    HANDED_BACK = "handed_back"
    CLOSED = "closed"
    LEFT = "left"


class Handover(Base):
    """One for each conversation; who asks again opens the same one again.

    `closing_turn` is the turn in which the assistant said that it is back, once it did. `last_number` is that of the
    last line (`HandoverLine`).
    """

    __tablename__ = "handover"
    __table_args__ = (Index("ix_handover_library_id_state", "library_id", "state"),)

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True)
    library_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    state: Mapped[State] = mapped_column(one_of(State, "handover_state"))
    asked_at: Mapped[datetime]
    taken_by: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    taken_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_as: Mapped[End | None] = mapped_column(one_of(End, "handover_end"))
    closing_turn: Mapped[str | None]
    last_number: Mapped[int] = mapped_column(default=0)


class HandoverLine(Base):
    """What staff said (masked), a referral that they gave, or an urgent signal that the assistant answered meanwhile.

    `turn_id` keeps a form that is sent twice from being said twice. Citizens see texts and referrals only.
    """

    __tablename__ = "handover_line"
    __table_args__ = (UniqueConstraint("conversation_id", "turn_id"), UniqueConstraint("conversation_id", "number"))

    id: Mapped[Id]
    conversation_id: Mapped[str] = mapped_column(ForeignKey("handover.conversation_id", ondelete="CASCADE"))
    turn_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    number: Mapped[int]
    text: Mapped[str | None] = mapped_column(Text)
    referral_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    signal: Mapped[Code | None]
    created_at: Mapped[datetime]


class Presence(Base):
    """When somebody of the staff last had the inbox open, to know whether anybody would see a question come in.

    `id` is that of the person.
    """

    __tablename__ = "presence"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    library_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    seen_at: Mapped[datetime] = mapped_column(index=True)
