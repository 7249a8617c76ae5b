"""A question that a visitor came with, as the national registration form counts it."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base, make_id


class Question(Base):
    """For sensitive topics only day, library and signal are kept: no visit, place or organisation (DESIGN §5)."""

    __tablename__ = "question"

    id: Mapped[str] = mapped_column(primary_key=True, default=make_id)
    turn_id: Mapped[str] = mapped_column(unique=True)
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visit.id"), index=True)
    library_id: Mapped[str]
    day: Mapped[date] = mapped_column(index=True)
    kind: Mapped[str]
    topic: Mapped[str] = mapped_column(index=True)
    organisation: Mapped[str | None]
    municipality: Mapped[str | None]
    signal: Mapped[str | None]
    cause: Mapped[str | None]
    help_given: Mapped[str | None]
    resolved: Mapped[str | None]
    day_only: Mapped[bool]
