"""HSDS `service_area`: for whom a service is, by municipality."""

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import Extra, Id, refer_to

WHOLE_COUNTRY = "NL"


class ServiceArea(Base):
    """HSDS 3.1 service_area; `extent` is a municipality's code (GMxxxx, CBS) or `NL`, `extent_type` says which."""

    __tablename__ = "service_area"
    __table_args__ = (UniqueConstraint("service_id", "extent"), Index(None, "extent", "service_id"))

    id: Mapped[Id]
    service_id: Mapped[str] = refer_to("service")
    service_at_location_id: Mapped[str | None] = refer_to("service_at_location", optional=True)
    name: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    extent: Mapped[str] = mapped_column(String(6))
    extent_type: Mapped[str] = mapped_column(String(20), default="municipality")
    uri: Mapped[str | None] = mapped_column(Text)
    extra: Mapped[Extra]
