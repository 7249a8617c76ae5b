"""How a library wants the chat on its own site."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import ID_LENGTH, one_of


class Position(StrEnum):
    """The lower corner in which the button stands, in the direction of reading."""

    END = "end"
    START = "start"


class Widget(Base):
    """One row a library.

    `origins`: the sites that may show the chat, like `https://www.example.nl`. `hidden_paths`: where on them there is
    no button (`/jeugd/*`: every path that begins so). `greeting`: a line under the title, by language. `accent` and
    `top` (`#rrggbb`) are the colours of buttons and head; none: those of the library's theme. `hidden_languages` (ISO
    639-1) cannot be chosen; who writes in one is answered in it all the same.
    """

    __tablename__ = "widget"

    library_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    origins: Mapped[list[str]] = mapped_column(JSON, default=list)
    hidden_paths: Mapped[list[str]] = mapped_column(JSON, default=list)
    position: Mapped[Position] = mapped_column(one_of(Position, "position"), default=Position.END)
    greeting: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    accent: Mapped[str | None] = mapped_column(String(7))
    top: Mapped[str | None] = mapped_column(String(7))
    shows_hours: Mapped[bool] = mapped_column(default=True)
    campaign: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    hidden_languages: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(Text)
