"""A grant: who may do what, and where."""

from enum import StrEnum

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import ID_LENGTH, Id, one_of, refer_to


class Role(StrEnum):
    """What somebody may do: refer and register, keep the directory, read the figures, or manage the people."""

    STAFF = "staff"
    EDITOR = "editor"
    ANALYST = "analyst"
    MANAGER = "manager"


class ScopeKind(StrEnum):
    """Where somebody may do it."""

    LIBRARY = "library"
    MUNICIPALITY = "municipality"
    PROVINCE = "province"
    PROVIDER = "provider"
    COUNTRY = "country"


class Grant(Base):
    """`scope_id`: an organization's id, a municipality's code (GMxxxx), a province's name, or `NL`."""

    __tablename__ = "grant"
    __table_args__ = (UniqueConstraint("person_id", "role", "scope_kind", "scope_id"),)

    id: Mapped[Id]
    person_id: Mapped[str] = refer_to("person")
    role: Mapped[Role] = mapped_column(one_of(Role, "role"))
    scope_kind: Mapped[ScopeKind] = mapped_column(one_of(ScopeKind, "scope_kind"))
    scope_id: Mapped[str] = mapped_column(String(ID_LENGTH))
