"""HSDS `service_at_location`: which service is given where."""

from typing import TYPE_CHECKING

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.models.base import Base
from referral.models.columns import Extra, Id, refer_to

if TYPE_CHECKING:
    from referral.models.location import Location
    from referral.models.schedule import Schedule
    from referral.models.service import Service


class ServiceAtLocation(Base):
    """HSDS 3.1 service_at_location; its own schedules go before those of the service."""

    __tablename__ = "service_at_location"
    __table_args__ = (UniqueConstraint("service_id", "location_id"),)

    id: Mapped[Id]
    service_id: Mapped[str] = refer_to("service")
    location_id: Mapped[str] = refer_to("location")
    description: Mapped[str | None] = mapped_column(Text)
    extra: Mapped[Extra]

    service: Mapped["Service"] = relationship(back_populates="service_at_locations", lazy="raise")
    location: Mapped["Location"] = relationship(lazy="raise")
    schedules: Mapped[list["Schedule"]] = relationship(lazy="raise", viewonly=True, order_by="Schedule.id")
