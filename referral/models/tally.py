"""Tallies: how many questions, referrals, gaps or pairs of one day share all their answers. Made from the journal."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base


class Tally(Base):
    """One cell of a day; `None` is not known, or does not apply to this `fact`. Written only by `referral.tallies`.

    `topic` is `None` for a sensitive one: of that only day and library are there. `rounding_key` is the sum of the keys
    of the questions that are counted (referral/reports/disclosure.py). `waited` are whole days until a partner
    answered, `came_from` the service that sent a citizen on, `other_topic` what was asked together with `topic`.
    """

    __tablename__ = "tally"
    __table_args__ = (
        Index("ix_tally_fact_day", "fact", "day"),
        Index("ix_tally_library_id_fact_day", "library_id", "fact", "day"),
        Index("ix_tally_municipality_fact_day", "municipality", "fact", "day"),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    fact: Mapped[str]
    day: Mapped[date]
    library_id: Mapped[str]
    location_id: Mapped[str | None]
    municipality: Mapped[str | None]
    channel: Mapped[str | None]
    campaign: Mapped[str | None]
    kind: Mapped[str | None]
    topic: Mapped[str | None]
    organisation: Mapped[str | None]
    cause: Mapped[str | None]
    help_given: Mapped[str | None]
    resolved: Mapped[str | None]
    outcome: Mapped[str | None]
    service_id: Mapped[str | None]
    came_from: Mapped[str | None]
    is_taken_up: Mapped[bool | None]
    helped: Mapped[str | None]
    waited: Mapped[int | None]
    other_topic: Mapped[str | None]
    gap: Mapped[str | None]
    partner_kind: Mapped[str | None]
    count: Mapped[int]
    rounding_key: Mapped[int] = mapped_column(BigInteger)


class TallyRun(Base):
    """The one row that says how far the tallies are: all days before `open_day`, with all that was so at `at`."""

    __tablename__ = "tally_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    open_day: Mapped[date]
    at: Mapped[datetime]
