"""A reminder: in this week a partner was asked to check what we tell about it."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import Id, refer_to


class Reminder(Base):
    """One a week for an organization; `week` is ISO 8601 (`2026-W48`). `claimed_at`: somebody is sending it."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("organization_id", "week"),)

    id: Mapped[Id]
    organization_id: Mapped[str] = refer_to("organization")
    week: Mapped[str] = mapped_column(String(8), index=True)
    made_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
