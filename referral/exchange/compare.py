"""Row by row: what a source says against what the directory holds. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from referral.exchange.check import find_missing
from referral.exchange.known import Known
from referral.exchange.problems import Problem
from referral.exchange.queries import Row
from referral.exchange.records import HEADS, MODELS, ORGANIZATION, Batch, Key, Record, find_owner
from referral.exchange.steps import WHOLE_ROW, Change
from referral.models.columns import Evidence

# A number that changes is another number: what was confirmed of the old one does not hold.
UNCONFIRMED = {"evidence": Evidence.UNVERIFIED, "assured_date": None, "assurer_name": None}


@dataclass(slots=True)
class Comparison:
    """`heads` are the organizations, locations and services that the batch speaks of; `changes` are by head."""

    heads: dict[Key, Record] = field(default_factory=dict)
    added: list[Key] = field(default_factory=list)
    changes: dict[Key, list[Change]] = field(default_factory=dict)
    inserts: tuple[Record, ...] = ()
    updates: tuple[Record, ...] = ()
    deletes: tuple[Key, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def compare(records: Mapping[Key, Record], known: Known, batch: Batch) -> Comparison:
    """Return what would have to be written to make the directory say what the batch says."""
    comparison = Comparison()
    inserts, updates = [], []
    for key, record in records.items():
        head = _find_head(key, records, known)
        comparison.heads.setdefault(head, records.get(head) or Record(*head, known.get(head, {})))
        row = known.get(key)
        if row is None:
            new = _complete(record, batch.source)
            comparison.problems += find_missing(new)
            inserts.append(new)
            if key == head:
                comparison.added.append(key)
            else:
                change = Change(record.table, record.id, WHOLE_ROW, None, new.values)
                comparison.changes.setdefault(head, []).append(change)
        elif changed := {column: value for column, value in _say(record, row) if row[column] != value}:
            updates.append(replace(record, values=changed))
            comparison.changes.setdefault(head, []).extend(
                Change(record.table, record.id, column, row[column], value) for column, value in changed.items()
            )
    deletes = [key for key in known if key not in records and _is_left_out(key, known[key], batch)]
    for key in deletes:
        change = Change(*key, WHOLE_ROW, known[key], None)
        comparison.changes.setdefault(_find_head(key, records, known), []).append(change)
    comparison.inserts, comparison.updates, comparison.deletes = tuple(_order(inserts)), tuple(updates), tuple(deletes)
    return comparison


def _complete(record: Record, source: str) -> Record:
    """Return a new row with what only a new row gets; a head says where it came from."""
    values: dict[str, Any] = {**record.initial, **record.values}
    if record.table in HEADS:
        values.setdefault("source", source or None)
    return replace(record, values=values, initial={})


def _say(record: Record, row: Row) -> Iterator[tuple[str, Any]]:
    """Yield what the source says of a row that is there."""
    values = record.values
    if record.table == "phone" and values.get("number", row["number"]) != row["number"]:
        values = {**UNCONFIRMED, **record.initial, **values}
    yield from values.items()


def _is_left_out(key: Key, row: Row, batch: Batch) -> bool:
    owner = find_owner(key[0], row)
    return owner is not None and key[0] in batch.whole.get(owner, ())


def _find_head(key: Key, records: Mapping[Key, Record], known: Known) -> Key:
    """Return the organization, location or service that a row belongs to."""
    while key[0] not in HEADS:
        values = {**known.get(key, {}), **(records[key].values if key in records else {})}
        owner = find_owner(key[0], values)
        if owner is None:
            return key
        key = owner
    return key


def _order(records: list[Record]) -> list[Record]:
    """Put parents before children: by table, and an organization after the one that it is a part of."""
    places = {table: number for number, table in enumerate(MODELS)}
    new = {record.id: record for record in records if record.table == ORGANIZATION}
    return sorted(records, key=lambda record: (places[record.table], _count_parents(record, new)))


def _count_parents(record: Record, organizations: Mapping[str, Record]) -> int:
    """Return how many of the new organizations stand above this one."""
    seen: set[str] = set()
    parent: str = record.values.get("parent_organization_id") or ""
    while parent in organizations and parent not in seen:
        seen.add(parent)
        parent = organizations[parent].values.get("parent_organization_id") or ""
    return len(seen)
