"""An emergency that was met with its fixed text: day, library and signal, nothing else."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base


class UrgentCount(Base):
    """`id` is made when the text is shown, so that a row from the spool is written once."""

    __tablename__ = "urgent_count"

    id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    library_id: Mapped[str]
    signal: Mapped[str]
