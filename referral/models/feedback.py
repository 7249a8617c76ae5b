"""What a citizen or partner said afterwards about whether it helped."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base, make_id
from referral.models.practised import Practised


class Feedback(Practised, Base):
    """An answer about a question or a referral; no text. Of several about one referral the highest `sequence` holds."""

    __tablename__ = "feedback"

    id: Mapped[str] = mapped_column(primary_key=True, default=make_id)
    turn_id: Mapped[str] = mapped_column(unique=True)
    question_id: Mapped[str] = mapped_column(ForeignKey("question.id"), index=True)
    referral_id: Mapped[str | None] = mapped_column(ForeignKey("referral.id"), index=True)
    author: Mapped[str]
    sequence: Mapped[int] = mapped_column(default=1, server_default="1")
    helped: Mapped[str]
    reason: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(index=True)
