"""HSDS `schedule`, held as what people can write: an OSM opening_hours string."""

from datetime import date

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import AttendingType, Extra, Id, one_of, refer_to


class Schedule(Base):
    """Opening hours of a service, a location, or a service at a location, within `valid_from` … `valid_to` (inclusive).

    `opening_hours` follows https://wiki.openstreetmap.org/wiki/Key:opening_hours as narrowed by `directory.notation`.
    `time_zone` is the IANA name: HSDS's `timezone` is a number of hours and wrong for half of the year.
    """

    __tablename__ = "schedule"
    __table_args__ = (CheckConstraint("valid_from <= valid_to", name="from_before_to"),)

    id: Mapped[Id]
    service_id: Mapped[str | None] = refer_to("service", optional=True)
    location_id: Mapped[str | None] = refer_to("location", optional=True)
    service_at_location_id: Mapped[str | None] = refer_to("service_at_location", optional=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    description: Mapped[str | None] = mapped_column(Text)
    schedule_link: Mapped[str | None] = mapped_column(Text)
    attending_type: Mapped[AttendingType] = mapped_column(
        one_of(AttendingType, "attending_type"), default=AttendingType.IN_PERSON
    )
    notes: Mapped[str | None] = mapped_column(Text)

    opening_hours: Mapped[str] = mapped_column(Text)
    time_zone: Mapped[str] = mapped_column(String(40), default="Europe/Amsterdam")
    extra: Mapped[Extra]
