"""A gap: a question for which no local partner could be offered, and why."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base, make_id
from referral.models.practised import Practised


class Gap(Practised, Base):
    """Not a missing row but a fact with a kind (referral/matching/gaps.py)."""

    __tablename__ = "gap"

    id: Mapped[str] = mapped_column(primary_key=True, default=make_id)
    turn_id: Mapped[str] = mapped_column(unique=True)
    question_id: Mapped[str] = mapped_column(ForeignKey("question.id"))
    kind: Mapped[str]
    topic: Mapped[str]
    partner_kind: Mapped[str]
    municipality: Mapped[str]
    library_id: Mapped[str]
    day: Mapped[date] = mapped_column(index=True)
    is_example: Mapped[bool]
