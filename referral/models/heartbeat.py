"""When a part that has no port last did its work."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base

MAX_PART = 20


class Heartbeat(Base):
    """One row a part; each beat takes the place of the one before."""

    __tablename__ = "heartbeat"

    part: Mapped[str] = mapped_column(String(MAX_PART), primary_key=True)
    at: Mapped[datetime]
