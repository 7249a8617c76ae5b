"""A question that was not recognised, masked, for staff to say what it was about. Deleted after some weeks."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import ID_LENGTH, Code, Id, one_of


class Heard(StrEnum):
    """Where a question was not recognised."""

    CHAT = "chat"
    DESK = "desk"


class Unrecognised(Base):
    """The text is all there is: no conversation, no visit, and the day instead of the moment.

    `likely` are the topics that the triage thought of. `chosen` is the topic that staff opened instead, at the desk.
    `decision` is a topic, or one of `referral.learning.service.OTHER_DECISIONS`; none: nobody has looked yet.
    """

    __tablename__ = "unrecognised"
    __table_args__ = (Index("ix_unrecognised_library_id_decision", "library_id", "decision"),)

    id: Mapped[Id]
    library_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    heard: Mapped[Heard] = mapped_column(one_of(Heard, "heard"))
    text: Mapped[str] = mapped_column(Text)
    likely: Mapped[list[str]] = mapped_column(JSON)
    chosen: Mapped[Code | None]
    day: Mapped[date] = mapped_column(index=True)
    decision: Mapped[Code | None]
    decided_at: Mapped[datetime | None]
