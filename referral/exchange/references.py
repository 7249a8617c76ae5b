"""Whether the rows of a source hang together: what they refer to is there, and nothing is said twice."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Session

from referral.exchange import queries
from referral.exchange.problems import Problem
from referral.exchange.records import ORGANIZATION, Key, Record, find_owner

# A parent that nobody describes is kept in `extra`: feeds name one that they do not publish.
PARENT = "parent_organization_id"


def find_repeated(records: Iterable[Record]) -> Iterator[Problem]:
    """Yield a problem for each row that says the same as another, where a table allows it once."""
    seen: dict[tuple[str, ...], Record] = {}
    for record in records:
        for columns in _list_unique(record.table):
            said = tuple(str(record.values.get(column)) for column in columns)
            first = seen.setdefault((record.table, *said), record)
            if first is not record:
                yield Problem("pair_twice", record.path, record.table, {"first": first.path})


def _list_unique(table: str) -> Iterator[list[str]]:
    for constraint in queries.get_table(table).constraints:
        if isinstance(constraint, UniqueConstraint):
            yield [column.name for column in constraint.columns]


def resolve_references(session: Session, records: dict[Key, Record]) -> tuple[dict[Key, Record], list[Problem]]:
    """Return the rows with only references that exist, and a problem for each other one."""
    unknown = _find_unknown(session, records)
    resolved, problems = {}, []
    for key, record in records.items():
        kept = record
        for column, target in _list_references(record):
            if target not in unknown:
                continue
            if (record.table, column) == (ORGANIZATION, PARENT):
                extra = {**(record.values.get("extra") or {}), PARENT: target[1]}
                kept = replace(record, values={**record.values, PARENT: None, "extra": extra})
            else:
                told = {"table": target[0], "id": target[1]}
                problems.append(Problem("unknown_reference", record.path, f"{record.table}.{column}", told))
        resolved[key] = kept
    return resolved, problems


def _find_unknown(session: Session, records: dict[Key, Record]) -> set[Key]:
    wanted: dict[str, set[str]] = {}
    for record in records.values():
        for _, (table, row_id) in _list_references(record):
            if (table, row_id) not in records:
                wanted.setdefault(table, set()).add(row_id)
    return {(table, row_id) for table, ids in wanted.items() for row_id in ids - queries.find_ids(session, table, ids)}


def _list_references(record: Record) -> Iterator[tuple[str, Key]]:
    """Yield each column that refers to another row, with that row."""
    for column in queries.get_table(record.table).columns:
        for key in column.foreign_keys:
            if row_id := record.values.get(column.name):
                yield column.name, (key.column.table.name, row_id)
    if record.table == "attribute" and (owner := find_owner(record.table, record.values)):
        yield "link_id", owner
