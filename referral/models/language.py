"""HSDS `language`: what is spoken."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import Extra, Id, refer_to


class Language(Base):
    """HSDS 3.1 language; `code` is ISO 639-1 where there is one, else 639-3."""

    __tablename__ = "language"

    id: Mapped[Id]
    service_id: Mapped[str | None] = refer_to("service", optional=True)
    location_id: Mapped[str | None] = refer_to("location", optional=True)
    phone_id: Mapped[str | None] = refer_to("phone", optional=True)
    name: Mapped[str | None] = mapped_column(Text)
    code: Mapped[str] = mapped_column(String(10))
    note: Mapped[str | None] = mapped_column(Text)
    extra: Mapped[Extra]
