"""All SQL of the exchange: rows of the directory's tables by id, by owner, by source; and writing them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, Table, delete, insert, select, update
from sqlalchemy.orm import Session

from referral.exchange.records import MODELS, Key
from referral.models.base import Base
from referral.models.columns import Status
from referral.models.metadata import Metadata
from referral.models.service import Service
from referral.models.service_at_location import ServiceAtLocation
from referral.models.taxonomy_term import TaxonomyTerm

# Ids in one statement: SQLite takes 32,766 values, and a plan of PostgreSQL stays small.
CHUNK = 500

UUID_SHAPE = "-".join("_" * length for length in (8, 4, 4, 4, 12))

Row = dict[str, Any]
Item = TypeVar("Item")


def get_table(name: str) -> Table:
    """Return the table of this name, also one that is only referred to."""
    return Base.metadata.tables[name]


def list_rows(session: Session, table: str, column: str, values: Collection[str]) -> Iterator[Row]:
    """Yield the rows of which a column has one of these values, in no order."""
    found = get_table(table)
    yield from _list_chunks(session, select(found), found.c[column], values)


def list_attributes(session: Session, entity: str, ids: Collection[str]) -> Iterator[Row]:
    """Yield the attributes of these rows of a table, in no order; no index finds them by the id alone."""
    found = get_table("attribute")
    yield from _list_chunks(session, select(found).where(found.c.link_entity == entity), found.c.link_id, ids)


def _list_chunks(
    session: Session, statement: Select[Any], column: ColumnElement[str], values: Collection[str]
) -> Iterator[Row]:
    for some in split(sorted(set(values)), CHUNK):
        for row in session.execute(statement.where(column.in_(some))):
            yield dict(row._mapping)


def find_ids(session: Session, table: str, ids: Collection[str]) -> set[str]:
    """Return which of these ids exist."""
    found = get_table(table)
    return {
        row_id
        for some in split(sorted(set(ids)), CHUNK)
        for row_id in session.scalars(select(found.c.id).where(found.c.id.in_(some)))
    }


def list_short_ids(session: Session, table: str) -> Sequence[str]:
    """Return the ids that are no UUID: not in its groups of 8, 4, 4, 4 and 12 characters."""
    found = get_table(table)
    return session.scalars(select(found.c.id).where(found.c.id.not_like(UUID_SHAPE)).order_by(found.c.id)).all()


def list_ids(session: Session, table: str) -> Sequence[str]:
    return session.scalars(select(get_table(table).c.id)).all()


def map_columns(session: Session, table: str, columns: Collection[str]) -> dict[str, Row]:
    """Return these columns of every row of a table, by id."""
    found = get_table(table)
    rows = session.execute(select(*(found.c[name] for name in columns)))
    return {row.id: dict(row._mapping) for row in rows}


def list_of_source(session: Session, table: str, source: str) -> Sequence[Any]:
    """Return id, name and status of everything that came from a source."""
    found = get_table(table)
    statement = select(found.c.id, found.c.name, found.c.status).where(found.c.source == source).order_by(found.c.id)
    return session.execute(statement).all()


def list_users(session: Session, location_ids: Collection[str]) -> dict[str, set[str]]:
    """Return the ids of the services that are given at these locations and are not closed for good."""
    users: dict[str, set[str]] = {}
    for some in split(sorted(location_ids), CHUNK):
        statement = (
            select(ServiceAtLocation.location_id, Service.id)
            .join(Service, Service.id == ServiceAtLocation.service_id)
            .where(ServiceAtLocation.location_id.in_(some), Service.status != Status.DEFUNCT)
        )
        for location_id, service_id in session.execute(statement):
            users.setdefault(location_id, set()).add(service_id)
    return users


def list_terms(session: Session) -> Sequence[TaxonomyTerm]:
    return session.scalars(select(TaxonomyTerm).order_by(TaxonomyTerm.id)).all()


def insert_rows(session: Session, table: str, rows: Iterable[Row]) -> None:
    for some in split(list(rows), CHUNK):
        session.execute(insert(MODELS[table]), list(some))


def update_rows(session: Session, table: str, rows: Iterable[Row]) -> None:
    """Write the given columns of rows that are there; each row has its `id`."""
    for some in split(list(rows), CHUNK):
        session.execute(update(MODELS[table]), list(some))


def delete_rows(session: Session, keys: Iterable[Key]) -> None:
    by_table: dict[str, list[str]] = {}
    for table, row_id in keys:
        by_table.setdefault(table, []).append(row_id)
    for table, ids in by_table.items():
        model = get_table(table)
        for some in split(ids, CHUNK):
            session.execute(delete(model).where(model.c.id.in_(some)))


def insert_audit(session: Session, rows: Sequence[Row]) -> None:
    for some in split(rows, CHUNK):
        session.execute(insert(Metadata), list(some))


def split(values: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]
