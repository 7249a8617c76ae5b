"""HSDS `address`: where a location is, in words."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import Extra, Id, refer_to


class Address(Base):
    """HSDS 3.1 address (required there: address_1, city, state_province, postal_code, country, address_type).

    `state_province` is the province. Ours: `municipality` (GMxxxx, CBS).
    """

    __tablename__ = "address"

    id: Mapped[Id]
    location_id: Mapped[str] = refer_to("location")
    attention: Mapped[str | None] = mapped_column(Text)
    address_1: Mapped[str] = mapped_column(Text)
    address_2: Mapped[str | None] = mapped_column(Text)
    city: Mapped[str] = mapped_column(Text)
    region: Mapped[str | None] = mapped_column(Text)
    state_province: Mapped[str] = mapped_column(Text, default="")
    postal_code: Mapped[str] = mapped_column(String(10))
    country: Mapped[str] = mapped_column(String(2), default="NL")
    address_type: Mapped[str] = mapped_column(String(10), default="physical")

    municipality: Mapped[str | None] = mapped_column(String(6), index=True)
    extra: Mapped[Extra]
