"""What happened to a service, from the rows in `metadata`: each save, import or click is one entry. Pure."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from referral.exchange.check import check_record
from referral.exchange.records import Record
from referral.exchange.steps import WHOLE_ROW, Change
from referral.models.metadata import Metadata


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything that was changed at one moment by one person (or `import`). `id` is that of its first row."""

    id: str
    moment: datetime
    by: str
    changes: tuple[Change, ...]


def make_entries(rows: Iterable[Metadata]) -> list[Entry]:
    """Return the entries, the last one first."""
    saves: dict[tuple[datetime, str], list[Metadata]] = {}
    for row in rows:
        saves.setdefault((row.last_action_date, row.updated_by), []).append(row)
    return [
        Entry(min(row.id for row in saved), moment, by, tuple(map(_make_change, saved)))
        for (moment, by), saved in sorted(saves.items(), reverse=True)
    ]


def list_newer(entries: Sequence[Entry], version: str) -> list[Entry]:
    """Return the entries after the one that was the last when somebody looked (empty: there were none)."""
    newer = []
    for entry in entries:
        if entry.id == version:
            break
        newer.append(entry)
    return newer


def get_version(entries: Sequence[Entry]) -> str:
    """Return the version of a service: the id of the last entry, empty when there is none."""
    return entries[0].id if entries else ""


def _make_change(row: Metadata) -> Change:
    table, field = row.resource_type, row.field_name
    previous, replacement = json.loads(row.previous_value), json.loads(row.replacement_value)
    return Change(
        table,
        row.resource_id,
        field,
        _read_value(table, field, previous),
        _read_value(table, field, replacement),
    )


def _read_value(table: str, field: str, value: Any) -> Any:
    """Return a value, or all values of a row, in the types of the columns."""
    if field != WHOLE_ROW:
        return read_values(table, {field: value})[field]
    return read_values(table, value) if isinstance(value, dict) else value


def read_values(table: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return what JSON holds of a row in the types of its columns; what does not fit any more stays as it is."""
    return {**values, **check_record(Record(table, "", values))[0].values}
