"""The rows of the directory that a batch speaks of: those with its ids, what hangs on its owners, and their owners."""

from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from referral.exchange import queries
from referral.exchange.queries import Row
from referral.exchange.records import Batch, Key, Record, find_owner

Known = dict[Key, Row]


def load_known(session: Session, batch: Batch, records: Mapping[Key, Record]) -> Known:
    known: Known = {}
    _load(session, known, records)
    for table, row in _list_owned(session, batch):
        known[table, row["id"]] = row
    missing = _find_unseen_owners(known, records)
    while missing:
        _load(session, known, missing)
        missing = _find_unseen_owners(known, records) - missing
    return known


def _load(session: Session, known: Known, keys: Mapping[Key, Record] | set[Key]) -> None:
    by_table: dict[str, list[str]] = {}
    for table, row_id in keys:
        by_table.setdefault(table, []).append(row_id)
    for table, ids in by_table.items():
        for row in queries.list_rows(session, table, "id", ids):
            known[table, row["id"]] = row


def _list_owned(session: Session, batch: Batch) -> Iterator[tuple[str, Row]]:
    owners: dict[tuple[str, str], list[str]] = {}
    for (owner_table, owner_id), tables in batch.whole.items():
        for table in tables:
            owners.setdefault((owner_table, table), []).append(owner_id)
    for (owner_table, table), ids in owners.items():
        if table == "attribute":
            rows = queries.list_attributes(session, owner_table, ids)
        else:
            rows = queries.list_rows(session, table, f"{owner_table}_id", ids)
        for row in rows:
            yield table, row


def _find_unseen_owners(known: Known, records: Mapping[Key, Record]) -> set[Key]:
    """Return the owners of rows that are themselves neither in the batch nor loaded."""
    owners = {find_owner(table, row) for (table, _), row in known.items()}
    owners |= {record.owner for record in records.values()}
    return {owner for owner in owners if owner and owner not in known and owner not in records}
