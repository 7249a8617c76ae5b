"""HSDS `cost_option`: what it costs."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import Extra, Id, Translations, refer_to


class CostOption(Base):
    """HSDS 3.1 cost_option; an `amount` of 0 is free, none is unknown. Translated: amount_description."""

    __tablename__ = "cost_option"

    id: Mapped[Id]
    service_id: Mapped[str] = refer_to("service")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    option: Mapped[str | None] = mapped_column(Text)
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    amount: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    amount_description: Mapped[str | None] = mapped_column(Text)

    translations: Mapped[Translations]
    extra: Mapped[Extra]
