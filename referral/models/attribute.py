"""HSDS `attribute`: links a thing in the directory to a taxonomy term."""

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import ID_LENGTH, Code, Extra, Id, refer_to


class Attribute(Base):
    """HSDS 3.1 attribute; `link_entity` names the table (for us mostly `service`) and `link_id` the row."""

    __tablename__ = "attribute"
    __table_args__ = (
        UniqueConstraint("link_entity", "link_id", "taxonomy_term_id"),
        Index(None, "taxonomy_term_id", "link_entity", "link_id"),
    )

    id: Mapped[Id]
    link_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    taxonomy_term_id: Mapped[str] = refer_to("taxonomy_term")
    link_type: Mapped[str | None] = mapped_column(Text)
    link_entity: Mapped[Code]
    value: Mapped[str | None] = mapped_column(Text)
    label: Mapped[str | None] = mapped_column(Text)
    extra: Mapped[Extra]
