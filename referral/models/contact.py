"""HSDS `contact`: whom staff can reach at a partner. A function or a team; never shown to citizens."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import Extra, Id, refer_to


class Contact(Base):
    """HSDS 3.1 contact; the visitor of DESIGN §5 is in `visit`."""

    __tablename__ = "contact"

    id: Mapped[Id]
    organization_id: Mapped[str | None] = refer_to("organization", optional=True)
    service_id: Mapped[str | None] = refer_to("service", optional=True)
    service_at_location_id: Mapped[str | None] = refer_to("service_at_location", optional=True)
    location_id: Mapped[str | None] = refer_to("location", optional=True)
    name: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(Text)
    department: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    extra: Mapped[Extra]
