"""One value of a column as JSON says it, and back: the same on SQLite and PostgreSQL."""

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BindParameter, Column, ColumnElement, Date, Numeric, Table, Text, bindparam, cast
from sqlalchemy.types import TypeEngine

from referral.models.base import Moment

_READERS: tuple[tuple[type[TypeEngine[Any]], Callable[[str], Any]], ...] = (
    (Moment, datetime.fromisoformat),
    (Date, date.fromisoformat),
    (Numeric, Decimal),
)


def select_as_stored(table: Table) -> list[ColumnElement[Any]]:
    """Return the columns to select; one that holds JSON as its text, which tells no value from the value `null`."""
    return [cast(column, Text) if isinstance(column.type, JSON) else column for column in table.columns]


def bind_as_stored(table: Table) -> dict[str, BindParameter[Any]]:
    """Return what to insert, by column: `None` is no value, also where the column holds JSON."""
    return {column.name: bindparam(column.name, type_=_find_type(column)) for column in table.columns}


def encode(value: Any) -> Any:
    """Return a value as JSON can say it: dates and moments in ISO 8601, decimals as text."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def decode(column: Column[Any], said: Any) -> Any:
    """Return the value of a column of which `encode` gave `said`."""
    if said is None:
        return None
    if isinstance(column.type, JSON):
        value = json.loads(said)
        return JSON.NULL if value is None else value
    for kind, read in _READERS:
        if isinstance(column.type, kind):
            return read(said)
    return said


def _find_type(column: Column[Any]) -> Any:
    return JSON(none_as_null=True) if isinstance(column.type, JSON) else column.type
