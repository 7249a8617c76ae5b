"""The one neutral form of what a source says: rows of the directory's tables, by table and id. Pure.

A reader (HSDS, a spreadsheet, OSM, a form of the editor) makes a batch, `plan` compares it with the database and
`apply` writes it; `hsds.write` and the spreadsheet go the other way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from referral.exchange.problems import Problem
from referral.models.accessibility import Accessibility
from referral.models.address import Address
from referral.models.attribute import Attribute
from referral.models.base import Base
from referral.models.contact import Contact
from referral.models.cost_option import CostOption
from referral.models.hours_exception import HoursException
from referral.models.language import Language
from referral.models.location import Location
from referral.models.organization import Organization
from referral.models.phone import Phone
from referral.models.required_document import RequiredDocument
from referral.models.schedule import Schedule
from referral.models.service import Service
from referral.models.service_area import ServiceArea
from referral.models.service_at_location import ServiceAtLocation

Key = tuple[str, str]
"""Name of a table, and id of a row."""

ORGANIZATION, LOCATION, SERVICE = "organization", "location", "service"
SERVICE_AT_LOCATION = "service_at_location"
HEADS = (ORGANIZATION, LOCATION, SERVICE)
"""What a report speaks of; every other row belongs to one of these and is told as a part of it."""

_MODELS: tuple[type[Base], ...] = (
    Organization,
    Location,
    Service,
    ServiceAtLocation,
    Contact,
    Address,
    Accessibility,
    Phone,
    Schedule,
    HoursException,
    Language,
    CostOption,
    RequiredDocument,
    ServiceArea,
    Attribute,
)
MODELS: Mapping[str, type[Base]] = {model.__tablename__: model for model in _MODELS}
"""The tables that are exchanged, parents before children."""

OWNER_COLUMNS = (
    ("phone_id", "phone"),
    ("contact_id", "contact"),
    ("service_at_location_id", SERVICE_AT_LOCATION),
    ("service_id", SERVICE),
    ("location_id", LOCATION),
    ("organization_id", ORGANIZATION),
)
"""Columns that say what a row belongs to, the narrowest first, each with its table."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row. `values` by column; a column that is not there is left as it is.

    Values are of the column's Python type, or a text or number that `check` can turn into it. `initial` are values that
    only a new row gets. `path` is the place in the source, for the report.
    """

    table: str
    id: str
    values: Mapping[str, Any]
    path: str = ""
    initial: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        return self.table, self.id

    @property
    def owner(self) -> Key | None:
        """The row that this one belongs to; none for a head."""
        return find_owner(self.table, self.values)


def find_owner(table: str, values: Mapping[str, Any]) -> Key | None:
    if table in HEADS:
        return None
    if table == Attribute.__tablename__:
        entity, row_id = values.get("link_entity"), values.get("link_id")
        return (entity, row_id) if entity and row_id else None
    return next((owner, values[column]) for column, owner in OWNER_COLUMNS if values.get(column))


@dataclass(slots=True)
class Batch:
    """Everything that one source says.

    `source` is its name (empty: written here, by hand): what came from the same source before and is no longer in it
    is closed, if the batch `is_all` of it. `whole` names, for an owner, the tables of which the batch holds all its
    rows: others are removed.
    """

    source: str
    is_all: bool = False
    records: dict[Key, Record] = field(default_factory=dict)
    whole: dict[Key, frozenset[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, record: Record) -> None:
        """Add a row, or what a second mention of it says more. Where the two differ the first holds, and it is told."""
        known = self.records.get(record.key)
        if known is None:
            self.records[record.key] = record
            return
        for column, value in record.values.items():
            if column in known.values and value != known.values[column]:
                values = {"first": known.path, "table": record.table}
                self.problems.append(Problem("said_twice", record.path, column, values, blocks=False))
        self.records[record.key] = replace(known, values={**record.values, **known.values})

    def hold_all(self, owner: Key, tables: Iterable[str]) -> None:
        """Say that the batch holds all rows of these tables that belong to an owner."""
        self.whole[owner] = self.whole.get(owner, frozenset()) | frozenset(tables)

    def list_table(self, table: str) -> list[Record]:
        return [record for record in self.records.values() if record.table == table]
