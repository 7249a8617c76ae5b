"""What an event adds to a durable write of the journal.

    .venv/bin/python -m benchmarks.outbox [--writes 500]

Three ways in turn, each write in a transaction of its own that is synced to the disk: the bare row of a question, the
journal without a sink, and the journal with one (the row and its event). On SQLite in a file, and on PostgreSQL.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

from sqlalchemy import insert

from referral.clock import read_clock
from referral.db import Database
from referral.journal import service as journal
from referral.journal.service import Asked
from referral.migrations.service import migrate
from referral.models.question import Question
from referral.settings import get_settings
from tests.postgres import NoPostgres, Postgres

SINK = "OMDEHOEK_EVENTS_FILE"
LIBRARY = "bibliotheek"


def write_bare(database: Database, turn_id: str) -> None:
    row = {"id": turn_id, "turn_id": turn_id, "library_id": LIBRARY, "day": read_clock().date(), "kind": "anders"}
    with database.begin() as session:
        session.execute(insert(Question.__table__), [{**row, "topic": "boete", "day_only": False}])  # type: ignore[arg-type]


def write_in_journal(database: Database, turn_id: str) -> None:
    asked = Asked(turn_id=turn_id, visit_id=None, library_id=LIBRARY, kind="anders", topic="boete", is_sensitive=False)
    with database.begin() as session:
        journal.record_question(session, asked, read_clock())


def set_sink(is_on: bool) -> None:
    if is_on:
        os.environ[SINK] = "/dev/null"
    else:
        os.environ.pop(SINK, None)
    get_settings.cache_clear()


def measure(database: Database, writes: int) -> list[float]:
    """Return the median milliseconds of each way; they take turns, so that a busy moment meets all of them."""
    ways: list[tuple[Callable[[Database, str], None], bool]] = [
        (write_bare, False),
        (write_in_journal, False),
        (write_in_journal, True),
    ]
    times: list[list[float]] = [[] for _ in ways]
    for number in range(writes):
        for place, (write, is_on) in enumerate(ways):
            set_sink(is_on)
            get_settings()
            start = time.perf_counter()
            write(database, f"{place}-{number}")
            times[place].append((time.perf_counter() - start) * 1000)
    set_sink(False)
    return [statistics.median(one) for one in times]


def show(name: str, url: str, writes: int) -> None:
    migrate(url)
    database = Database(url)
    bare, without, with_event = measure(database, writes)
    database.dispose()
    print(
        f"{name}: bare insert {bare:.2f} ms, journal {without:.2f} ms, journal and event {with_event:.2f} ms; "
        f"event adds {with_event / without:.2f} x, to the bare insert {with_event / bare:.2f} x"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writes", type=int, default=500)
    writes = parser.parse_args().writes
    with tempfile.TemporaryDirectory() as folder:
        show("SQLite", f"sqlite:///{folder}/journal.db", writes)
    try:
        server = Postgres()
        server.start()
    except NoPostgres as error:
        print(f"without PostgreSQL: {error}", file=sys.stderr)
        return
    try:
        show("PostgreSQL", server.url + "postgres", writes)
    finally:
        server.stop()


if __name__ == "__main__":
    main()
