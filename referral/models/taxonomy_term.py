"""HSDS `taxonomy_term`: the words by which services are found, such as our kinds of partner."""

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import ID_LENGTH, Code, Id

PARTNER_KINDS = "partner_kinds"
TARGET_GROUPS = "target_groups"
TOPICS = "topics"
NATIONAL_KIND = "national"


class TaxonomyTerm(Base):
    """HSDS 3.1 taxonomy_term; `code` is the id in the catalogue, `taxonomy` is one of those above."""

    __tablename__ = "taxonomy_term"
    __table_args__ = (UniqueConstraint("taxonomy", "code"),)

    id: Mapped[Id]
    code: Mapped[Code]
    name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text, default="")
    parent_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    taxonomy: Mapped[Code]
    language: Mapped[str] = mapped_column(String(10), default="nl")
    term_uri: Mapped[str | None] = mapped_column(Text)
