"""The rows of all tables, on their way out of a database and into one."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, select

import referral.models
from referral.backup.values import bind_as_stored, decode, encode, select_as_stored
from referral.models.base import Base

assert referral.models  # noqa: S101  (importing it fills the metadata)

BATCH = 500
# Every table after those that it refers to.
TABLES: Sequence[Table] = Base.metadata.sorted_tables


def list_rows(connection: Connection) -> Iterator[dict[str, Any] | list[Any]]:
    """Yield each table as its name and columns, and then its rows."""
    for table in TABLES:
        yield {"table": table.name, "columns": [column.name for column in table.columns]}
        chosen = select(*select_as_stored(table)).order_by(*table.primary_key)
        for row in connection.execution_options(yield_per=BATCH).execute(chosen):
            yield [encode(value) for value in row]


def insert_rows(connection: Connection, lines: Iterable[dict[str, Any] | list[Any]]) -> int:
    """Insert what `list_rows` gave; return the number of rows."""
    count = 0
    writer: _Writer | None = None
    for line in lines:
        if isinstance(line, dict):
            if writer:
                count += writer.finish()
            writer = _Writer(connection, Base.metadata.tables[line["table"]], line["columns"])
        elif writer:
            writer.add(line)
    return count + (writer.finish() if writer else 0)


class _Writer:
    """Inserts the rows of one table, some at a time; what refers to the same table follows when all rows are there."""

    def __init__(self, connection: Connection, table: Table, columns: Sequence[str]) -> None:
        self._connection, self._table = connection, table
        self._columns = [table.c[name] for name in columns]
        self._insert = insert(table).values(bind_as_stored(table))
        self._own = {key.parent.name for key in table.foreign_keys if key.column.table is table}
        self._waiting: list[dict[str, Any]] = []
        self._references: list[dict[str, Any]] = []
        self._count = 0

    def add(self, row: Sequence[Any]) -> None:
        values = {column.name: decode(column, said) for column, said in zip(self._columns, row, strict=True)}
        if any(values[name] is not None for name in self._own):
            self._references.append({f"of_{name}": values[name] for name in (*self._list_key(), *self._own)})
            values |= dict.fromkeys(self._own)
        self._waiting.append(values)
        if len(self._waiting) == BATCH:
            self._flush()

    def finish(self) -> int:
        """Return the number of rows."""
        self._flush()
        if self._references:
            is_this = [self._table.c[name] == bindparam(f"of_{name}") for name in self._list_key()]
            refer: dict[str, Any] = {name: bindparam(f"of_{name}") for name in self._own}
            references = iter(self._references)
            while some := list(islice(references, BATCH)):
                self._connection.execute(self._table.update().where(*is_this).values(refer), some)
        return self._count

    def _flush(self) -> None:
        if self._waiting:
            self._connection.execute(self._insert, self._waiting)
            self._count += len(self._waiting)
            self._waiting.clear()

    def _list_key(self) -> list[str]:
        return [column.name for column in self._table.primary_key]
