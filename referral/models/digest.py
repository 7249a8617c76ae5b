"""The letter of the week that tells a partner which of its referrals are still open, and who does not want it."""

from datetime import datetime

from sqlalchemy import JSON, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import Id, refer_to


class Digest(Base):
    """One a week for an organization; `week` is ISO 8601 (`2026-W48`), `referral_ids` is what the letter told."""

    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("organization_id", "week"),)

    id: Mapped[Id]
    organization_id: Mapped[str] = refer_to("organization")
    week: Mapped[str] = mapped_column(String(8), index=True)
    referral_ids: Mapped[list[str]] = mapped_column(JSON)
    claimed_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class DigestRefusal(Base):
    """An organization that wants no such letter, for as long as the row is there."""

    __tablename__ = "digest_refusal"
    __table_args__ = (UniqueConstraint("organization_id"),)

    id: Mapped[Id]
    organization_id: Mapped[str] = refer_to("organization")
    refused_at: Mapped[datetime]
