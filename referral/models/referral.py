"""A referral: this question went to that service, and what became of it."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base, make_id, make_key
from referral.models.practised import Practised


class Referral(Practised, Base):
    """Written only by `referral.journal`. `turn_id` makes writing idempotent; `shown_at` says that a citizen saw it.

    `slip_key` opens the citizen's own page of it. While a partner can take its answer back, `undo_until` is there, with
    `undo_to`: the number of the event after which it stood as it did before.
    """

    __tablename__ = "referral"
    __table_args__ = (Index("ix_referral_shown_at_created_at", "shown_at", "created_at"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=make_id)
    code: Mapped[str] = mapped_column(unique=True)
    slip_key: Mapped[str] = mapped_column(unique=True, default=make_key)
    turn_id: Mapped[str] = mapped_column(unique=True)
    question_id: Mapped[str] = mapped_column(ForeignKey("question.id"), index=True)
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    location_id: Mapped[str | None] = mapped_column(ForeignKey("location.id"))
    way: Mapped[str]
    status: Mapped[str]
    reason: Mapped[str | None]
    matched_because: Mapped[list[str]] = mapped_column(JSON)
    distance_km: Mapped[float | None]
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("referral.id"), index=True)
    is_example: Mapped[bool]
    day_only: Mapped[bool]
    created_at: Mapped[datetime]
    shown_at: Mapped[datetime | None]
    taken_up_at: Mapped[datetime | None] = mapped_column(index=True)
    taken_up_by: Mapped[str | None]
    undo_until: Mapped[datetime | None]
    undo_to: Mapped[int | None]


class ReferralEvent(Practised, Base):
    """One change of a referral, append-only: who, from, to, when, why.

    `returns_to`: somebody took back what they said; the referral stands again as after the event of that number.
    """

    __tablename__ = "referral_event"
    __table_args__ = (UniqueConstraint("referral_id", "sequence"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=make_id)
    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"))
    sequence: Mapped[int]
    actor: Mapped[str]
    from_status: Mapped[str | None]
    to_status: Mapped[str]
    reason: Mapped[str | None]
    returns_to: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(index=True)
