"""A question that a visitor came with, as the national registration form counts it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base, make_id, make_rounding_key
from referral.models.practised import Practised


class Question(Practised, Base):
    """For sensitive topics only day, library and signal are kept: no visit, place or organisation (DESIGN §5).

    `is_registered`: staff registered it at the desk. `is_withdrawn`: taken back, never counted. `undo_until` is there
    only while it can be taken back. `version` grows with every correction.
    """

    __tablename__ = "question"

    id: Mapped[str] = mapped_column(primary_key=True, default=make_id)
    turn_id: Mapped[str] = mapped_column(unique=True)
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visit.id"), index=True)
    library_id: Mapped[str]
    day: Mapped[date] = mapped_column(index=True)
    kind: Mapped[str]
    topic: Mapped[str] = mapped_column(index=True)
    organisation: Mapped[str | None]
    municipality: Mapped[str | None]
    signal: Mapped[str | None]
    digid: Mapped[str | None]
    cause: Mapped[str | None]
    help_given: Mapped[str | None]
    resolved: Mapped[str | None]
    duration: Mapped[str | None]
    day_only: Mapped[bool]
    is_registered: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_withdrawn: Mapped[bool] = mapped_column(default=False, server_default=false())
    undo_until: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    rounding_key: Mapped[int] = mapped_column(default=make_rounding_key, server_default="0")
