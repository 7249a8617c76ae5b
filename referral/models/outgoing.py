"""The outbox: what changed in the journal and has to leave, and how far each sink is."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base, make_id
from referral.models.columns import ID_LENGTH


class Outgoing(Base):
    """One event. `number` grows within a `subject` (the id of a question, referral, gap or feedback).

    `data` are facts without text, names and keys; `at` is only the day for a sensitive question.
    """

    __tablename__ = "outgoing"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(ID_LENGTH), unique=True, default=make_id)
    type: Mapped[str]
    subject: Mapped[str] = mapped_column(String(ID_LENGTH))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(index=True)


class Delivery(Base):
    """What became of an event at a sink: `delivered_at`, or how often it was refused and whether it was given up."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("sink", "event_id"),
        Index("ix_delivery_sink_is_dead", "sink", "is_dead"),
    )

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=make_id)
    sink: Mapped[str] = mapped_column(String(ID_LENGTH))
    event_id: Mapped[str] = mapped_column(ForeignKey("outgoing.id", ondelete="CASCADE"))
    delivered_at: Mapped[datetime | None]
    refusals: Mapped[int] = mapped_column(default=0)
    is_dead: Mapped[bool] = mapped_column(default=False)
    answer: Mapped[str | None]


class Sink(Base):
    """A place that events go to. `leased_until`: a worker is at it; `next_at`: it failed, and is tried again then."""

    __tablename__ = "sink"

    name: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    leased_until: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None]
    answer: Mapped[str | None]
