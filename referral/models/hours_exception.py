"""Days on which the usual hours do not hold: a staff day, a refurbishment, Christmas Eve until four."""

from datetime import date

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import Extra, Id, refer_to


class HoursException(Base):
    """Ours. Holds for a whole organization (library), a location or one service; the narrowest wins.

    `start_date` … `end_date` inclusive; `opening_hours` empty: closed.
    """

    __tablename__ = "hours_exception"
    __table_args__ = (
        CheckConstraint("start_date <= end_date", name="start_before_end"),
        CheckConstraint(
            "organization_id IS NOT NULL OR location_id IS NOT NULL OR service_id IS NOT NULL",
            name="holds_for_something",
        ),
    )

    id: Mapped[Id]
    organization_id: Mapped[str | None] = refer_to("organization", optional=True)
    location_id: Mapped[str | None] = refer_to("location", optional=True)
    service_id: Mapped[str | None] = refer_to("service", optional=True)
    start_date: Mapped[date]
    end_date: Mapped[date]
    opening_hours: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="")
    extra: Mapped[Extra]
