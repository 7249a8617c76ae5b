"""Changes some fields of rows that are there, or adds a row: a plan of its own, written at once."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from referral.exchange import queries
from referral.exchange.apply import apply_plan
from referral.exchange.plan import make_plan
from referral.exchange.records import OWNER_COLUMNS, Batch, Record


def write_fields(session: Session, records: Iterable[Record], *, source: str, by: str, now: datetime) -> None:
    """Write the values of records; a row that is there need not say what it belongs to.

    Leaves audit rows as every change does. Raises `PlanRefused` and `PlanOutdated`; the caller commits.
    """
    batch = Batch(source)
    for record in records:
        batch.add(_complete(session, record))
    apply_plan(session, make_plan(session, batch), by=by, now=now)
    session.expire_all()  # the exchange writes past the objects of this session


def _complete(session: Session, record: Record) -> Record:
    for row in queries.list_rows(session, record.table, "id", [record.id]):
        owner = {column: row[column] for column, _ in OWNER_COLUMNS if row.get(column)}
        return replace(record, values={**owner, **record.values})
    return record
