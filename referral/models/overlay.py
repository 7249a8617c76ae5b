"""An overlay: a library says a paragraph of a topic's card in its own words, or leaves it out."""

from datetime import datetime

from sqlalchemy import JSON, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import ID_LENGTH, Code, Id


class Overlay(Base):
    """`texts` by language replace the paragraph; none: it is hidden. `bases` are what the catalogue said then.

    `library_id` is an organization's id without a reference: the directory may be loaded after it.
    """

    __tablename__ = "overlay"
    __table_args__ = (UniqueConstraint("library_id", "topic", "part", "paragraph_id"),)

    id: Mapped[Id]
    library_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    topic: Mapped[Code]
    part: Mapped[Code]
    paragraph_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    texts: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    bases: Mapped[dict[str, str]] = mapped_column(JSON)
    made_by: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
