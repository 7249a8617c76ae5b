"""How long pages of figures take over years of questions; writes docs/benchmarks/reports.md.

    .venv/bin/python -m benchmarks.reports [--sqlite 10000 100000 1000000] [--postgresql 100000 1000000 10000000]

The real application in a process of its own, on a journal that `benchmarks.journal` makes; somebody signs in and asks
for every page of figures, over HTTP, in an order that is drawn: of the own library, of a province, of the country, with
filters, and beside an earlier period; and the reports of `/reports/dossiers`. In the same run: the bare query on the
tallies (the floor) and the bare `GROUP BY` on the journal (the peer), for questions by topic, and that both count the
same.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from sqlalchemy import text

from api.reports.blocks import KINDS
from benchmarks import charts
from benchmarks.journal import LAST, YEARS, fill
from benchmarks.measure import take_percentile
from benchmarks.sections import write_table
from referral.db import Database
from referral.referring.knowledge import load_knowledge
from referral.reports.dimensions import read_government
from referral.settings import ROOT
from referral.tallies import service as tallies
from tests.api.account.colleague import PASSWORD, add_person
from tests.postgres import NoPostgres, Postgres
from tests.processes import Assistant

SEED = 20261123
NOW = datetime(LAST.year, LAST.month, LAST.day, 12, tzinfo=UTC) + timedelta(days=1)
GOAL_MS = 200.0
EMAIL, LIBRARY, PROVINCE, TOPIC = "ans@bibliotheek.example", "bibliotheek-0", "Overijssel", "aow_pensioen"
HEADERS = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
WARM_UP = 30
# A month, a year and four years; the last ones end yesterday, so that they have days at their edges.
PERIODS = (
    (LAST.replace(month=10, day=1), LAST.replace(month=10, day=31)),
    (LAST - timedelta(days=364), LAST),
    (LAST - timedelta(days=YEARS * 365), LAST),
)
SCOPES = {
    "own library": f"library={LIBRARY}",
    "province": f"library=&province={PROVINCE}",
    "country": "library=",
    "own library, filtered": f"library={LIBRARY}&channel=desk&cause=no_digid",
    "country, filtered": f"library=&topic={TOPIC}&channel=desk",
    "own library, beside a period": f"library={LIBRARY}&against=before",
    "country, beside a period": "library=&against=before",
}
REPORTS = "reports for others"
REPORTS_FOR = ("provider?for=cjib&library=", "municipality?for=GM0193&library=", "taxes?", "skills?", "taxes?library=")
CHARTED = ("own library", "country", "country, filtered", REPORTS)


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked: of which scope, and its address."""

    scope: str
    path: str


@dataclass(slots=True)
class Measured:
    """Milliseconds of every page of a scope, and those of the floor and the peer."""

    pages: list[tuple[float, str]] = field(default_factory=list)
    floor: float = 0.0
    peer: float = 0.0

    @property
    def times(self) -> list[float]:
        return [took for took, _ in self.pages]


Sizes = dict[int, dict[str, Measured]]


def list_pages(seed: int) -> list[Page]:
    """Return every page of every scope once, each of a period that is drawn, in an order that is drawn."""
    chance = random.Random(seed)  # noqa: S311
    pages = []
    for scope, query in SCOPES.items():
        for kind in KINDS:
            first, last = chance.choice(PERIODS)
            pages.append(Page(scope, f"/reports?by={kind}&from={first}&to={last}&{query}"))
    for path in REPORTS_FOR:
        pages.append(Page(REPORTS, f"/reports/dossiers/{path}&year={LAST.year - 1}"))
    pages += [Page(REPORTS, "/reports/milestones"), Page(REPORTS, "/reports/milestones?library=")]
    chance.shuffle(pages)
    return pages


def measure_pages(url: str, rounds: int) -> dict[str, Measured]:
    """Ask for every page so many times, after one that does not count; return the times by scope."""
    measured: dict[str, Measured] = {}
    with httpx.Client(base_url=url, headers=HEADERS, trust_env=False, timeout=600) as http:
        http.post("/account/sign-in", data={"email": EMAIL, "password": PASSWORD})
        for number in range(rounds + 1):
            pages = list_pages(SEED + number)
            for page in pages if number else pages[:WARM_UP]:
                start = time.perf_counter()
                answer = http.get(page.path)
                took = (time.perf_counter() - start) * 1000
                if answer.status_code != 200 or 'role="alert"' in answer.text:
                    raise SystemExit(f"{page.path}: {answer.status_code}")
                if number:
                    measured.setdefault(page.scope, Measured()).pages.append((took, page.path))
    return measured


def measure_queries(database: Database, measured: dict[str, Measured]) -> None:
    """Take the time of the bare queries by topic, over a year, of what each scope is about."""
    provinces = {one.code: one.province for one in load_knowledge().places.municipalities}
    codes = ", ".join(f"'{code}'" for code, province in provinces.items() if province == PROVINCE)
    where = {
        "own library": f"library_id = '{LIBRARY}'",
        "province": f"municipality IN ({codes})",
        "country": "TRUE",
    }
    first, last = LAST.replace(year=LAST.year - 1, month=1, day=1), LAST.replace(year=LAST.year - 1, month=12, day=31)
    days = {"first": first, "last": last}
    for scope, condition in where.items():
        floor = (
            "SELECT topic, SUM(count) FROM tally WHERE fact = 'question' AND day BETWEEN :first AND :last "
            f"AND {condition} GROUP BY topic ORDER BY topic"
        )
        peer = (
            "SELECT topic, COUNT(*) FROM question WHERE day BETWEEN :first AND :last "
            f"AND {condition} GROUP BY topic ORDER BY topic"
        )
        with database.read() as session:
            floors, peers = [], []
            for _ in range(3):
                took, stored = _time(lambda: session.execute(text(floor), days).all())  # noqa: B023
                floors.append(took)
                took, raw = _time(lambda: session.execute(text(peer), days).all())  # noqa: B023
                peers.append(took)
        if [tuple(row) for row in stored] != [tuple(row) for row in raw]:
            raise SystemExit(f"the tallies are not the journal: {scope}")
        measured[scope].floor, measured[scope].peer = statistics.median(floors), statistics.median(peers)


def _time(work: Callable[[], Sequence[object]]) -> tuple[float, Sequence[object]]:
    start = time.perf_counter()
    found = work()
    return (time.perf_counter() - start) * 1000, found


def measure(name: str, count: int, url: str | None, rounds: int) -> dict[str, Measured]:
    """Fill and tally one database, start the application on it, and measure."""
    knowledge = load_knowledge()
    with tempfile.TemporaryDirectory() as folder:
        settings = {"OMDEHOEK_LIBRARY": LIBRARY, **({"OMDEHOEK_DATABASE_URL": url} if url else {})}
        assistant = Assistant(Path(folder), start_at=NOW, **settings)
        assistant.prepare()
        assistant.database = database = Database(assistant.database_url)
        add_person(assistant, EMAIL, "analyst country")
        began = time.perf_counter()
        for done in fill(
            database,
            count,
            topics=list(knowledge.catalogue.topics),
            municipalities=[one.code for one in knowledge.places.municipalities],
            organisations=sorted(read_government(ROOT / "data")),
        ):
            report_progress(f"{name}: {done:,} questions after {time.perf_counter() - began:.0f} s")
        gather_statistics(database)
        began = time.perf_counter()
        tallies.tally_all(database, NOW)
        gather_statistics(database)
        report_progress(f"{name}: {count:,} tallied in {time.perf_counter() - began:.0f} s")
        assistant.start("api")
        try:
            measured = measure_pages(assistant.url, rounds)
        finally:
            assistant.stop()
        measure_queries(database, measured)
        database.dispose()
    for scope, found in measured.items():
        slowest, path = max(found.pages)
        p95 = take_percentile(found.times, 95)
        report_progress(f"{name}: {count:,} {scope}: p95 {p95:.0f} ms, slowest {slowest:.0f} ms {path}")
    return measured


def gather_statistics(database: Database) -> None:
    """Do what autovacuum does by itself while rows come in over the years."""
    if database.engine.dialect.name == "postgresql":
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


@contextmanager
def start_postgres() -> Iterator[Callable[[int], str] | None]:
    """Give a function that makes an empty database; nothing, and why, where there is no PostgreSQL."""
    server = None
    try:
        server = Postgres()
        server.start()
    except NoPostgres as error:
        report_progress(f"PostgreSQL is left out: {error}")
        yield None
        return

    def make(size: int) -> str:
        admin = Database(server.url + "postgres")
        with admin.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text(f"CREATE DATABASE journal_{size}"))
        admin.dispose()
        return f"{server.url}journal_{size}"

    try:
        yield make
    finally:
        server.stop()


def write_report(measured: dict[str, Sizes], rounds: int, out: Path) -> None:
    """Write the table of what is measured so far, and how pages grow."""
    rows = []
    for name, sizes in measured.items():
        for count, scopes in sizes.items():
            for scope in (*SCOPES, REPORTS):
                found = scopes[scope]
                p50, p95 = (take_percentile(found.times, percent) for percent in (50, 95))
                bare = (
                    [f"{found.floor:.0f}", f"{found.peer:.0f}", f"{found.peer / p50:.1f} ×"] if found.peer else [""] * 3
                )
                rows.append((name, f"{count:,}", scope, f"{p50:.0f}", f"{p95:.0f}", *bare))
    growth = {
        f"{name}: {scope}": {count: take_percentile(scopes[scope].times, 95) for count, scopes in sizes.items()}
        for name, sizes in measured.items()
        for scope in CHARTED
    }
    out.mkdir(parents=True, exist_ok=True)
    charts.draw_growth(growth, GOAL_MS, out / "reports.svg", across="questions", up="p95 of a page (ms)")
    about = (
        "`.venv/bin/python -m benchmarks.reports` wrote this: pages over HTTP, of the application in a process of its",
        f"own, {len(list_pages(SEED))} of them a round, rounds: {rounds}. All that figures are split by",
        f"({len(KINDS)}), for each of the scopes below, of a month, a year or four years, as is drawn.",
        f"The goal is a p95 of {GOAL_MS:g} ms. The own library has a seventh of all questions.",
        "*Floor*: the bare query on the daily tallies; *peer*: the bare `GROUP BY` on the journal; both by topic over",
        "one year, and they count the same. *Reports for others* are those of `/reports/dossiers` and the milestones.",
        "Other work shared the two cores of the machine: read the ratios.",
    )
    headers = ["database", "questions", "pages", "p50 (ms)", "p95 (ms)", "floor (ms)", "peer (ms)", "peer ÷ p50"]
    lines = [
        "# Pages of figures over years of questions",
        "\n".join(about),
        write_table(rows, headers).rstrip(),
        "![how they grow](reports.svg)",
    ]
    (out / "reports.md").write_text("\n\n".join(lines) + "\n", encoding="utf-8")


def report_progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sqlite", type=int, nargs="*", default=[10_000, 100_000, 1_000_000], help="questions")
    parser.add_argument("--postgresql", type=int, nargs="*", default=[100_000, 1_000_000, 10_000_000], help="questions")
    parser.add_argument("--rounds", type=int, default=2, help="times that each page is asked for")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks", help="folder for report and chart")
    options = parser.parse_args()
    measured: dict[str, Sizes] = {}
    for count in options.sqlite:
        measured.setdefault("SQLite", {})[count] = measure("SQLite", count, None, options.rounds)
        write_report(measured, options.rounds, options.out)
    if options.postgresql:
        with start_postgres() as make:
            for count in options.postgresql if make else ():
                measured.setdefault("PostgreSQL", {})[count] = measure("PostgreSQL", count, make(count), options.rounds)
                write_report(measured, options.rounds, options.out)


if __name__ == "__main__":
    main()
