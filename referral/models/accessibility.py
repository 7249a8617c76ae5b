"""HSDS `accessibility`: who can get in."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import Extra, Id, WebAddress, Wheelchair, one_of, refer_to


class Accessibility(Base):
    """HSDS 3.1 accessibility. Ours: `wheelchair` (yes, limited, no; none is unknown)."""

    __tablename__ = "accessibility"

    id: Mapped[Id]
    location_id: Mapped[str] = refer_to("location")
    description: Mapped[str | None] = mapped_column(Text)
    details: Mapped[str | None] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(WebAddress)

    wheelchair: Mapped[Wheelchair | None] = mapped_column(one_of(Wheelchair, "wheelchair"))
    extra: Mapped[Extra]
