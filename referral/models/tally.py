"""Tallies: how many questions, referrals, gaps or pairs of a day or a month share their answers; from the journal."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base


class Counted:
    """What a cell has: answers, and how many share them. `None` is not known, or does not apply to this `fact`.

    `topic` is `None` for a sensitive one: of that only day and library are there. `rounding_key` is the sum of the keys
    of the questions that are counted (referral/reports/disclosure.py). `waited` are whole days until a partner
    answered, `came_from` the service that sent a citizen on, `other_topic` what was asked together with `topic`.
    """

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    fact: Mapped[str]
    day: Mapped[date]
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


class Tally(Counted, Base):
    """One cell of a day, with all its answers. Written only by `referral.tallies`."""

    __tablename__ = "tally"
    __table_args__ = (
        Index("ix_tally_fact_day", "fact", "day"),
        Index("ix_tally_library_id_fact_day", "library_id", "fact", "day"),
        Index("ix_tally_municipality_fact_day", "municipality", "fact", "day"),
    )

    library_id: Mapped[str]


class TallyMonth(Counted, Base):
    """One cell of a month; `day` is its first. It has the answers of one `rollup` (referral/tallies/rollups.py)."""

    __tablename__ = "tally_month"
    __table_args__ = (
        Index("ix_tally_month_rollup_fact_day", "rollup", "fact", "day"),
        Index("ix_tally_month_library_id_rollup_fact_day", "library_id", "rollup", "fact", "day"),
        Index("ix_tally_month_municipality_rollup_fact_day", "municipality", "rollup", "fact", "day"),
    )

    rollup: Mapped[str]
    library_id: Mapped[str | None]


class TallyRun(Base):
    """The one row that says how far the tallies are: all days before `open_day`, with all that was so at `at`."""

    __tablename__ = "tally_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    open_day: Mapped[date]
    at: Mapped[datetime]
