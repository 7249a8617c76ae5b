"""A visit: somebody came with questions, by some channel, at some library (DESIGN's *contact*; HSDS has one too)."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base, make_id
from referral.models.practised import Practised


class Visit(Practised, Base):
    """Channel, library, location and language; the day, not the moment. Holds no person."""

    __tablename__ = "visit"

    id: Mapped[str] = mapped_column(primary_key=True, default=make_id)
    day: Mapped[date] = mapped_column(index=True)
    channel: Mapped[str]
    library_id: Mapped[str] = mapped_column(index=True)
    location_id: Mapped[str | None]
    language: Mapped[str]
    campaign: Mapped[str | None]
