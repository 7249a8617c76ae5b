"""The way to the database: one engine a process, one transaction a run, SQLite made as safe as it can be."""

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from referral.errors import DatabaseUnavailable
from referral.models.practised import PRACTICE
from referral.outbox import capture

BUSY_TIMEOUT_MS = 5_000
# What we read is in memory or on an SSD, and our queries are short: without this PostgreSQL, which reckons with a disk
# that turns, reads whole tables where a few rows by their index are wanted, and compiles queries of milliseconds.
POSTGRES_PLANS = "-c random_page_cost=1.1 -c jit=off"
READ_ONLY: Mapping[str, Any] = {"reads_only": True, "postgresql_readonly": True}
# What SQLite does by itself.
READ_ONE_MOMENT = {**READ_ONLY, "isolation_level": "REPEATABLE READ"}

# In `Session.info`: this run only reads.
READS_ONLY = "reads_only"

assert capture  # noqa: S101  (importing it makes every session write its events)


def make_engine(url: str) -> Engine:
    """Make an engine; on SQLite with WAL, `synchronous=FULL` (survives power loss), foreign keys and a busy timeout.

    An error that ends up in a log never tells the values: they may be what a citizen said.
    """
    if not url.startswith("sqlite"):
        return create_engine(
            url,
            pool_pre_ping=True,
            pool_size=5,
            max_overflow=15,
            hide_parameters=True,
            connect_args={"options": POSTGRES_PLANS},
        )
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT_MS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    """Take the write lock at once unless the run only reads: a read that becomes a write would fail when busy."""
    reads_only = connection.get_execution_options().get("reads_only", False)
    connection.exec_driver_sql(f"PRAGMA query_only={reads_only:d}")
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


class Database:
    """Hands out sessions: `begin()` for a run that writes, `read()` for one that does not.

    A run that reads sees one moment: figures are put together from several selects.
    SQLite has one writer at a time, and who finds the lock taken sleeps ever longer before the next try. Within one
    process the writers stand in line instead, each woken by the one before.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = make_engine(url)
        self._line = threading.Lock() if self.engine.dialect.name == "sqlite" else None
        self._write = sessionmaker(self.engine, expire_on_commit=False)
        self._reading = self.engine.execution_options(**(READ_ONLY if self._line else READ_ONE_MOMENT))
        self._read = sessionmaker(self._reading, expire_on_commit=False, info={READS_ONLY: True})

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """Open a session in one transaction: committed at the end, rolled back on any error."""
        with self._wait_in_line(), translated_errors(), self._write.begin() as session:
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a session for reading only: the database refuses to write in it.

        It ends with a commit: at a rollback psycopg throws away every prepared statement, and each query of the next
        run is planned anew, which takes longer than running it.
        """
        with translated_errors(), self._read() as session:
            yield session
            session.expunge_all()  # what was changed in memory stays there
            session.commit()

    def practise(self, run_id: str) -> "Database":
        """Return the same database as one practice sees it (referral/models/practised.py)."""
        apart = copy(self)
        apart._write = sessionmaker(self.engine, expire_on_commit=False, info={PRACTICE: run_id})
        apart._read = sessionmaker(self._reading, expire_on_commit=False, info={PRACTICE: run_id, READS_ONLY: True})
        return apart

    def dispose(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _wait_in_line(self) -> Iterator[None]:
        if self._line is None:
            yield
            return
        if not self._line.acquire(timeout=BUSY_TIMEOUT_MS / 1000):
            raise DatabaseUnavailable("busy")
        try:
            yield
        finally:
            self._line.release()


@event.listens_for(Session, "do_orm_execute")
def _refuse_locks(state: ORMExecuteState) -> None:
    """Refuse `FOR UPDATE` in a run that only reads: PostgreSQL does, and SQLite would hide it from our tests."""
    if state.session.info.get(READS_ONLY) and getattr(state.statement, "_for_update_arg", None) is not None:
        raise RuntimeError("a run that only reads locks nothing")


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn the driver's "cannot reach, disk full, locked, no database" into our one error; others are bugs and pass."""
    try:
        yield
    except OperationalError as error:
        raise DatabaseUnavailable(type(error.orig).__name__) from error
    except DBAPIError as error:
        # SQLite's own plain DatabaseError: "file is not a database", "disk image is malformed".
        if error.connection_invalidated or type(error.orig) is sqlite3.DatabaseError:
            raise DatabaseUnavailable(type(error.orig).__name__) from error
        raise
