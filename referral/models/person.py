"""Somebody of the staff, or of a partner, with an account. Never a citizen."""

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import Id

EMAIL_LENGTH = 254


class Person(Base):
    """`email` is in lower case. Signs in with a password (argon2id), with an identity of `issuer`, or with both.

    `one_time_until` is there as long as the password is a one-time one: it ends then, and is changed at first sign-in.
    """

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("email"), UniqueConstraint("issuer", "subject"))

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH))
    password_hash: Mapped[str | None] = mapped_column(Text)
    one_time_until: Mapped[datetime | None]
    issuer: Mapped[str | None] = mapped_column(String(255))
    subject: Mapped[str | None] = mapped_column(String(255))
    is_blocked: Mapped[bool] = mapped_column(default=False)
    failed_attempts: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
