"""HSDS `required_document`: what to bring."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import Extra, Id, Translations, refer_to


class RequiredDocument(Base):
    """HSDS 3.1 required_document. Ours: `position` (most important first). Translated: document."""

    __tablename__ = "required_document"

    id: Mapped[Id]
    service_id: Mapped[str] = refer_to("service")
    document: Mapped[str] = mapped_column(Text)
    uri: Mapped[str | None] = mapped_column(Text)

    position: Mapped[int] = mapped_column(default=0)
    translations: Mapped[Translations]
    extra: Mapped[Extra]
