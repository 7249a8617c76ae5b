"""HSDS `phone`: a number, with what we know about its truth."""

from datetime import date

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import Evidence, Extra, Id, one_of, refer_to


class Phone(Base):
    """HSDS 3.1 phone. Ours: `evidence`; an `unverified` number is kept and never shown.

    A library confirms a number by filling `assured_date` and `assurer_name`; it then counts as official, also after
    the file it came from is loaded again.
    """

    __tablename__ = "phone"

    id: Mapped[Id]
    location_id: Mapped[str | None] = refer_to("location", optional=True)
    service_id: Mapped[str | None] = refer_to("service", optional=True)
    organization_id: Mapped[str | None] = refer_to("organization", optional=True)
    contact_id: Mapped[str | None] = refer_to("contact", optional=True)
    service_at_location_id: Mapped[str | None] = refer_to("service_at_location", optional=True)
    number: Mapped[str] = mapped_column(String(30))
    extension: Mapped[int | None]
    type: Mapped[str] = mapped_column(String(10), default="voice")
    description: Mapped[str | None] = mapped_column(Text)

    evidence: Mapped[Evidence] = mapped_column(one_of(Evidence, "evidence"), default=Evidence.UNVERIFIED)
    assured_date: Mapped[date | None]
    assurer_name: Mapped[str | None] = mapped_column(Text)
    extra: Mapped[Extra]
