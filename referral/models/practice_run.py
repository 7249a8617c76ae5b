"""A colleague who practises with a visitor from the script. Deleted after a day, with all that was practised."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import Code, Id, refer_to


class PracticeRun(Base):
    """`step` is how many of the visitor's sentences were heard; without `ended_at` the practice goes on."""

    __tablename__ = "practice_run"

    id: Mapped[Id]
    person_id: Mapped[str] = refer_to("person")
    visitor: Mapped[Code]
    step: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
