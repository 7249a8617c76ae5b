"""An editor's word that a municipality has no partner of a kind: the only ground for the gap `none_exists`."""

from datetime import date

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import Code, Id


class Absence(Base):
    """Ours. `partner_kind` is an id of `data/partner_kinds.yml`, `municipality` is GMxxxx."""

    __tablename__ = "absence"
    __table_args__ = (UniqueConstraint("municipality", "partner_kind"),)

    id: Mapped[Id]
    municipality: Mapped[str] = mapped_column(String(6))
    partner_kind: Mapped[Code]
    assured_date: Mapped[date]
    assurer_name: Mapped[str] = mapped_column(Text)
