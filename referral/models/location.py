"""HSDS `location`: a place where services are given."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.models.base import Base
from referral.models.columns import Extra, Id, Source, Status, WebAddress, one_of, refer_to

if TYPE_CHECKING:
    from referral.models.accessibility import Accessibility
    from referral.models.address import Address
    from referral.models.organization import Organization
    from referral.models.phone import Phone


class Location(Base):
    """HSDS 3.1 location. Ours: `status` (a building closes or moves as well as a service) and `is_example`.

    `latitude` and `longitude` are WGS 84 degrees; both or neither.
    """

    __tablename__ = "location"
    __table_args__ = (
        Index(None, "latitude", "longitude"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="both_coordinates"),
        CheckConstraint("latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180", name="on_earth"),
    )

    id: Mapped[Id]
    organization_id: Mapped[str | None] = refer_to("organization", optional=True)
    location_type: Mapped[str] = mapped_column(String(10), default="physical")
    url: Mapped[str | None] = mapped_column(WebAddress)
    name: Mapped[str | None] = mapped_column(Text)
    alternate_name: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    transportation: Mapped[str | None] = mapped_column(Text)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    external_identifier: Mapped[str | None] = mapped_column(Text)
    external_identifier_type: Mapped[str | None] = mapped_column(Text)

    status: Mapped[Status] = mapped_column(one_of(Status, "status"), default=Status.ACTIVE)
    is_example: Mapped[bool] = mapped_column(default=False)
    source: Mapped[Source]
    extra: Mapped[Extra]

    organization: Mapped["Organization | None"] = relationship(back_populates="locations", lazy="raise")
    addresses: Mapped[list["Address"]] = relationship(lazy="raise", viewonly=True, order_by="Address.id")
    phones: Mapped[list["Phone"]] = relationship(lazy="raise", viewonly=True, order_by="Phone.id")
    accessibility: Mapped[list["Accessibility"]] = relationship(
        lazy="raise", viewonly=True, order_by="Accessibility.id"
    )
