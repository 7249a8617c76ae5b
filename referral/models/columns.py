"""Column types that the tables of the directory share: ids, references, closed lists and translations."""

from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import JSON, Enum, ForeignKey, String, Text
from sqlalchemy.orm import MappedColumn, mapped_column

from referral.models.base import make_id

ID_LENGTH = 80

Id = Annotated[str, mapped_column(String(ID_LENGTH), primary_key=True, default=make_id)]
Code = Annotated[str, mapped_column(String(40))]
# {"en": {"description": "…"}}: the same fields in another language; the columns themselves hold Dutch.
Translations = Annotated[dict[str, dict[str, str]], mapped_column(JSON, default=dict)]
# What a source says of a row that no column holds, in the source's own words; it goes out again as it came in.
Extra = Annotated[dict[str, Any] | None, mapped_column(JSON(none_as_null=True))]
# The name of the source (a feed, a file) that a row was first imported from; none: written here.
Source = Annotated[str | None, mapped_column(String(80), index=True)]


class WebAddress(Text):
    """The address of a page that is shown as a link."""


class Status(StrEnum):
    """HSDS 3.1 `service.status`; `moved` is ours and is exported as `inactive`."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    TEMPORARILY_CLOSED = "temporarily closed"
    MOVED = "moved"


class Evidence(StrEnum):
    """Where a fact was read: the organisation's own page, somebody else's, or nowhere."""

    OFFICIAL = "official"
    THIRD_PARTY = "third_party"
    UNVERIFIED = "unverified"


class AttendingType(StrEnum):
    """HSDS `schedule.attending_type`, narrowed: hours to come by, or hours to call."""

    IN_PERSON = "in_person"
    PHONE = "phone"


class Wheelchair(StrEnum):
    """The values of OSM's `wheelchair` key."""

    YES = "yes"
    LIMITED = "limited"
    NO = "no"


def one_of(values: type[StrEnum], name: str) -> Enum:
    """Return a column type for a closed list: a string with a check, the same on SQLite and PostgreSQL."""
    return Enum(
        values,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )


def refer_to(table: str, *, optional: bool = False) -> MappedColumn[str]:
    """Return an indexed reference to `table`; a child goes when its parent goes."""
    key = ForeignKey(f"{table}.id", ondelete="CASCADE")
    return mapped_column(String(ID_LENGTH), key, index=True, nullable=optional)
