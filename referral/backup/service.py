"""A backup of everything in the database, and putting it back: into the same kind of database or the other.

Here, other than elsewhere, transactions begin and end: a backup is one that only reads, and so sees one moment; putting
it back is one that writes, so all of it is there or nothing has changed.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DataError, IntegrityError

from referral.backup import file
from referral.backup.rows import TABLES, insert_rows, list_rows
from referral.db import READ_ONLY, Database, translated_errors
from referral.errors import InvalidInput
from referral.migrations.service import make_config, migrate


def backup(database: Database, path: Path) -> int:
    """Write everything as it is at this moment, while others go on writing; return the number of rows.

    InvalidInput: the database has not the shape that this program knows, or the file cannot be written.
    """
    with translated_errors(), _open_snapshot(database) as connection:
        return file.write_lines(path, _list_lines(connection, _check_shape(database, connection)))


def restore(database: Database, path: Path, *, replace: bool = False) -> int:
    """Put everything of a backup in an empty database, or with `replace` in the place of all it has; return the rows.

    InvalidInput: the file is damaged or of another shape, the database is not empty, or cannot hold what is in the
    file. Then nothing has changed.
    """
    head = file.check(path)
    migrate(database.url)
    with translated_errors(), database.engine.begin() as connection:
        revision = _check_shape(database, connection)
        if head["revision"] != revision:
            raise InvalidInput(
                f"{path} has the shape {head['revision']} and this program {revision}:"
                " restore it with the program that made it, then update"
            )
        _keep_others_out(connection)
        _make_empty(connection, replace=replace)
        try:
            rows = insert_rows(connection, file.read_lines(path))
        except (IntegrityError, DataError) as error:
            raise InvalidInput(f"a row does not fit in this database: {type(error.orig).__name__}") from error
        _continue_numbers(connection)
    return rows


def _open_snapshot(database: Database) -> Connection:
    """Open one moment to read: SQLite's WAL gives that to every reader, PostgreSQL who asks for it."""
    engine = database.engine.execution_options(**READ_ONLY)
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    return engine.connect()


def _check_shape(database: Database, connection: Connection) -> str:
    """Return the newest revision, which the database must have."""
    newest = ScriptDirectory.from_config(make_config(database.url)).get_current_head()
    revision = MigrationContext.configure(connection).get_current_revision()
    if newest is None or revision != newest:
        raise InvalidInput(f"the database has the shape {revision} and this program {newest}: start the program first")
    return newest


def _list_lines(connection: Connection, revision: str) -> Iterator[Any]:
    yield {"format": file.FORMAT, "revision": revision}
    yield from list_rows(connection)


def _keep_others_out(connection: Connection) -> None:
    """Let nobody write beside us; on SQLite the transaction has the lock already."""
    if connection.dialect.name == "postgresql":
        names = ", ".join(map(connection.dialect.identifier_preparer.format_table, TABLES))
        connection.execute(text(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE"))


def _make_empty(connection: Connection, *, replace: bool) -> None:
    for table in reversed(TABLES):
        if replace:
            connection.execute(table.delete())
        elif connection.scalar(select(func.count()).select_from(table)):
            raise InvalidInput(f"the database is not empty ({table.name}): use an empty one, or --replace")


def _continue_numbers(connection: Connection) -> None:
    """Let PostgreSQL count on from the highest number that came in; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in TABLES:
        counted = table.autoincrement_column
        if counted is not None:
            highest = select(func.coalesce(func.max(counted), 0) + 1).scalar_subquery()
            sequence = func.pg_get_serial_sequence(table.name, counted.name)
            connection.execute(select(func.setval(sequence, highest, False)))
