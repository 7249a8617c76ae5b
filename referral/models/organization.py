"""HSDS `organization`: who offers services; a library is one of them."""

from typing import TYPE_CHECKING

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.models.base import Base
from referral.models.columns import ID_LENGTH, Extra, Id, Source, Translations, WebAddress

if TYPE_CHECKING:
    from referral.models.location import Location
    from referral.models.service import Service


class Organization(Base):
    """HSDS 3.1 organization.

    Ours: `municipality` (home, GMxxxx), `school_region`, `holiday_policy` (holiday → closed, open or ask, over the
    default of `directory.holidays`), `is_government`, `is_example`, `source_digest` (of the entry it came from).
    """

    __tablename__ = "organization"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(Text)
    alternate_name: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text, default="")
    email: Mapped[str | None] = mapped_column(Text)
    website: Mapped[str | None] = mapped_column(WebAddress)
    legal_status: Mapped[str | None] = mapped_column(Text)
    logo: Mapped[str | None] = mapped_column(Text)
    uri: Mapped[str | None] = mapped_column(Text)
    parent_organization_id: Mapped[str | None] = mapped_column(
        String(ID_LENGTH), ForeignKey("organization.id"), index=True
    )

    municipality: Mapped[str | None] = mapped_column(String(6), index=True)
    school_region: Mapped[str | None] = mapped_column(String(10))
    holiday_policy: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    is_government: Mapped[bool] = mapped_column(default=False)
    is_example: Mapped[bool] = mapped_column(default=False)
    source_digest: Mapped[str | None] = mapped_column(String(64))
    translations: Mapped[Translations]
    source: Mapped[Source]
    extra: Mapped[Extra]

    services: Mapped[list["Service"]] = relationship(back_populates="organization", lazy="raise")
    locations: Mapped[list["Location"]] = relationship(back_populates="organization", lazy="raise")
