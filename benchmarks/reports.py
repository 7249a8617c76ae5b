"""How long a report takes over years of questions.

    .venv/bin/python -m benchmarks.reports [--sqlite 1000000] [--postgresql 1000000] [--reports 60]

Each report is a split as a page asks for it, with a random period, reader and filters: half of them of one library, the
others of the whole country. Beside each, in the same run: the bare sum over the tallies (the floor), and the bare
`GROUP BY` over the questions (the peer), with the same period and library. Figures of all reports are checked to be
those of the peer.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.journal import LAST, LIBRARIES, SEED, YEARS, fill
from benchmarks.measure import take_percentile
from referral.catalogue.service import load_catalogue
from referral.db import Database
from referral.migrations.service import migrate
from referral.places.table import load_places
from referral.reports.dimensions import Dimension, Groups, get_column, make_groups
from referral.reports.filters import Filters, Period
from referral.reports.service import Reporter
from referral.settings import ROOT
from referral.tallies import service as tallies
from tests.postgres import NoPostgres, Postgres

NOW = datetime(LAST.year, LAST.month, LAST.day, 12, tzinfo=UTC) + timedelta(days=1)
GOAL_MS = 200.0
SPLITS = (Dimension.TOPIC, Dimension.DOMAIN, Dimension.ORGANISATION, Dimension.CAUSE, Dimension.RESOLVED)
FILTERS = {
    Dimension.CHANNEL: "desk",
    Dimension.CAUSE: "no_digid",
    Dimension.HELP_GIVEN: "practical",
    Dimension.KIND: "anders",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A report: what is split, with which filters, and the library that it is about (none: the country)."""

    split: Dimension
    filters: Filters
    library: str | None


def draw_reports(count: int) -> list[Asked]:
    chance = random.Random(SEED)  # noqa: S311
    drawn = []
    for number in range(count):
        library = f"bibliotheek-{chance.randrange(LIBRARIES)}" if number % 2 else None
        days = chance.choice((30, 91, 365, 365, YEARS * 365))
        wanted = {one: frozenset({FILTERS[one]}) for one in chance.sample(list(FILTERS), chance.choice((0, 0, 1, 2)))}
        if library:
            wanted[Dimension.LIBRARY] = frozenset({library})
        period = Period(LAST - timedelta(days=days), LAST)
        drawn.append(Asked(chance.choice(SPLITS), Filters(period, wanted), library))
    return drawn


def time_one(work: Callable[[], object]) -> float:
    """Return milliseconds on the clock."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def measure(database: Database, reports: list[Asked], groups: Groups) -> list[tuple[float, float, float]]:
    """Return for each report the milliseconds of it, of the floor and of the peer."""
    everything = frozenset(f"bibliotheek-{number}" for number in range(LIBRARIES))
    found = []
    for asked in reports:
        with database.read() as session:
            column = get_column(asked.split)
            wanted = asked.filters.wanted
            values = {"first": asked.filters.period.first, "last": asked.filters.period.last}
            conditions = [f"{get_column(one)} = :{one.value}" for one in wanted if one is not Dimension.CHANNEL]
            values |= {one.value: next(iter(wanted[one])) for one in wanted}
            own = asked.filters if asked.library else asked.filters.narrow(Dimension.LIBRARY, *everything)

            def report(session: Session = session, own: Filters = own, asked: Asked = asked) -> object:
                reporter = Reporter(session, groups, own=everything, today=LAST)
                return reporter.split(asked.split, own if asked.library else asked.filters)

            # Of the country figures are rounded to whole months; the floor and the peer count the same days.
            fitted = Reporter(session, groups, own=everything, today=LAST).fit(own if asked.library else asked.filters)
            values |= {"first": fitted.period.first, "last": fitted.period.last}
            where = " AND ".join(["day BETWEEN :first AND :last", *conditions])
            stored = raw = where
            if Dimension.CHANNEL in wanted:
                stored = f"{where} AND channel = :channel"
                raw = f"{where} AND visit_id IN (SELECT id FROM visit WHERE channel = :channel)"
            floor, peer = (
                text(f"SELECT {column}, {sum_} FROM {table} WHERE {conditions_} GROUP BY {column}")
                for table, sum_, conditions_ in (
                    ("tally", "SUM(count)", f"fact = 'question' AND {stored}"),
                    ("question", "COUNT(*)", raw),
                )
            )
            times = (
                time_one(report),
                time_one(lambda: session.execute(floor, values).all()),  # noqa: B023
                time_one(lambda: session.execute(peer, values).all()),  # noqa: B023
            )
            counted = sum(row[1] for row in session.execute(floor, values))
            if counted != sum(row[1] for row in session.execute(peer, values)):
                raise SystemExit(f"the tallies are not the journal: {asked}")
        found.append(times)
    return found


@contextmanager
def open_databases(sqlite: int, postgresql: int) -> Iterator[list[tuple[str, int, Database]]]:
    """Open an empty file and a server of our own, where there is one."""
    opened = []
    with tempfile.TemporaryDirectory() as folder:
        server = None
        if sqlite:
            opened.append(("SQLite", sqlite, Database(f"sqlite:///{folder}/journal.db")))
        try:
            if postgresql:
                server = Postgres()
                server.start()
                opened.append(("PostgreSQL", postgresql, Database(server.url + "postgres")))
        except NoPostgres as error:
            print(f"without PostgreSQL: {error}", file=sys.stderr)
        try:
            yield opened
        finally:
            for _, _, database in opened:
                database.dispose()
            if server:
                server.stop()


def run(name: str, count: int, database: Database, reports: list[Asked]) -> list[tuple[str, ...]]:
    """Fill, tally and measure one database; return the rows of the table."""
    catalogue, places = load_catalogue(ROOT / "data"), load_places(ROOT / "data")
    groups = make_groups(catalogue, places, government={}, inhabitants={})
    migrate(database.url)
    topics, municipalities = list(catalogue.topics), [one.code for one in places.municipalities]
    for done in fill(database, count, topics=topics, municipalities=municipalities):
        if done % 200_000 == 0:
            print(f"{name}: {done:,} questions", file=sys.stderr)
    _gather_statistics(name, database)  # as autovacuum does while rows come in over the years
    start = time.perf_counter()
    for _ in tallies.rebuild(database, NOW):
        pass
    tallies.tally_all(database, NOW)
    seconds = time.perf_counter() - start
    _gather_statistics(name, database)
    with database.read() as session:
        rows = session.execute(text("SELECT COUNT(*) FROM tally WHERE fact = 'question'")).scalar_one()
    measure(database, reports[:4], groups)  # warm up
    lines = []
    for scope in ("library", "country"):
        times = measure(database, [one for one in reports if bool(one.library) is (scope == "library")], groups)
        columns = list(zip(*times, strict=True))
        medians = [statistics.median(column) for column in columns]
        lines.append(
            (
                name,
                f"{count:,}",
                f"{rows:,}",
                f"{seconds:.0f}",
                scope,
                *(f"{median:.1f}" for median in medians),
                f"{take_percentile(list(columns[0]), 95):.0f}",
                f"{medians[2] / medians[0]:.1f}",
            )
        )
    return lines


def _gather_statistics(name: str, database: Database) -> None:
    if name == "PostgreSQL":
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sqlite", type=int, default=1_000_000)
    parser.add_argument("--postgresql", type=int, default=1_000_000)
    parser.add_argument("--reports", type=int, default=60)
    arguments = parser.parse_args()
    reports = draw_reports(arguments.reports)
    lines = []
    with open_databases(arguments.sqlite, arguments.postgresql) as opened:
        for name, count, database in opened:
            lines += run(name, count, database, reports)
    headers = (
        "database",
        "questions",
        "cells",
        "tally s",
        "of",
        "report ms",
        "floor ms",
        "peer ms",
        "p95 ms",
        "peer ÷ report",
    )
    print(headers, *lines, sep="\n")


if __name__ == "__main__":
    main()
