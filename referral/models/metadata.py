"""HSDS `metadata`: one row for each change to a field in the directory."""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import ID_LENGTH, Code, Id


class Metadata(Base):
    """HSDS 3.1 metadata: who changed which field of which row, from what to what. Append-only."""

    __tablename__ = "metadata"
    __table_args__ = (Index(None, "resource_type", "resource_id"),)

    id: Mapped[Id]
    resource_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    resource_type: Mapped[Code]
    last_action_date: Mapped[datetime]
    last_action_type: Mapped[Code]
    field_name: Mapped[Code]
    previous_value: Mapped[str] = mapped_column(Text, default="")
    replacement_value: Mapped[str] = mapped_column(Text, default="")
    updated_by: Mapped[str] = mapped_column(Text)
