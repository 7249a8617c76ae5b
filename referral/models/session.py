"""A session: somebody of the staff is signed in, in one browser."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import Id, refer_to


class StaffSession(Base):
    """Only a hash of the token is here: who reads the database cannot sign in with it."""

    __tablename__ = "session"
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: Mapped[Id]
    person_id: Mapped[str] = refer_to("person")
    token_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
