"""How long a match takes in a directory of a whole country, and how that grows; writes docs/benchmarks/directory.md.

    .venv/bin/python -m benchmarks.directory [--sizes 300 3000 30000] [--matches 1000] [--out docs/benchmarks]

Each citizen lives in a municipality by its share of the population, has a topic, and asks at a moment of the week.
Three sorts of match are taken in turn: with every filter, as the chat asks (the best one), and the whole list. The
floor is the bare indexed query, "which services of these kinds serve this municipality", without which no match can be
made. On SQLite in a file, and on a PostgreSQL server of its own on loopback.
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
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks import charts
from benchmarks.country import SEED, Town, fill, list_towns
from benchmarks.measure import take_percentile
from benchmarks.sections import write_table
from referral.catalogue.topics import Topic
from referral.clock import AMSTERDAM
from referral.db import Database
from referral.directory.listing_queries import list_service_ids
from referral.directory.load import load_terms
from referral.matching.service import find_partner
from referral.matching.wishes import Arrival, Wanted, When
from referral.migrations.service import migrate
from referral.models.service_area import WHOLE_COUNTRY
from referral.referring.knowledge import Knowledge, load_knowledge
from referral.settings import ROOT
from tests.postgres import NoPostgres, Postgres

MONDAY = datetime(2026, 11, 23, tzinfo=AMSTERDAM)
EVERY_FILTER = Wanted(
    language="en",
    wheelchair=True,
    free=True,
    target_group="ouderen",
    arrival=Arrival.WALK_IN,
    evening=True,
    when=When.THIS_WEEK,
)
WARM_UP = 50
GOAL_MEDIAN_MS, GOAL_P99_MS = 5.0, 15.0


@dataclass(frozen=True, slots=True)
class Citizen:
    """Somebody who asks: where, about what, when."""

    town: Town
    topic: Topic
    moment: datetime


Ask = Callable[[Session, Citizen], object]


def ask_floor(session: Session, citizen: Citizen) -> object:
    return list_service_ids(session, citizen.topic.partners, {WHOLE_COUNTRY, citizen.town.code})


def ask_with_every_filter(session: Session, citizen: Citizen) -> object:
    return _find(session, citizen, required=EVERY_FILTER, limit=5)


def ask_as_the_chat(session: Session, citizen: Citizen) -> object:
    return _find(session, citizen, preferred=Wanted(language="en"), limit=1)


def ask_for_all(session: Session, citizen: Citizen) -> object:
    return _find(session, citizen)


def _find(session: Session, citizen: Citizen, **wanted: object) -> object:
    return find_partner(
        session,
        partners=citizen.topic.partners,
        national=citizen.topic.national,
        now=citizen.moment,
        municipality=citizen.town.code,
        point=citizen.town.point,
        **wanted,
    )


SORTS: dict[str, Ask] = {
    "bare query": ask_floor,
    "every filter": ask_with_every_filter,
    "as the chat asks": ask_as_the_chat,
    "the whole list": ask_for_all,
}
Times = dict[str, list[float]]
"""Milliseconds by sort."""


def draw_citizens(knowledge: Knowledge, towns: list[Town]) -> Iterator[Citizen]:
    chance = random.Random(SEED)  # noqa: S311  (no secret)
    topics = [topic for topic in knowledge.catalogue.topics.values() if topic.partners]
    weights = [town.people for town in towns]
    while True:
        (town,) = chance.choices(towns, weights)
        yield Citizen(town, chance.choice(topics), MONDAY + timedelta(minutes=chance.randrange(7 * 24 * 60)))


def measure(database: Database, citizens: Iterator[Citizen], matches: int) -> Times:
    """Take the time of each sort for each citizen, in turn, so that noise of the machine meets all alike."""
    times: Times = {name: [] for name in SORTS}
    for number in range(WARM_UP + matches):
        citizen = next(citizens)
        for name, ask in SORTS.items():
            with database.read() as session:
                session.connection()  # open, as it is in a run that has already read the question
                began = time.perf_counter()
                ask(session, citizen)
                took = time.perf_counter() - began
            if number >= WARM_UP:
                times[name].append(took * 1e3)
    return times


@contextmanager
def make_country(url: str, towns: list[Town], knowledge: Knowledge, size: int) -> Iterator[Database]:
    began = time.perf_counter()
    migrate(url)
    database = Database(url)
    with database.begin() as session:
        load_terms(session, ROOT / "data")
        kinds, groups = list(knowledge.catalogue.partner_kinds), list(knowledge.catalogue.target_groups)
        fill(session, towns, services=size, kinds=kinds, groups=groups)
    if database.engine.dialect.name == "postgresql":  # does so by itself after a while
        with database.begin() as session:
            session.execute(text("ANALYZE"))
    report_progress(f"{size} services written in {time.perf_counter() - began:.0f} s")
    yield database
    database.dispose()


def measure_sizes(urls: Callable[[int], str], options: argparse.Namespace) -> dict[int, Times]:
    knowledge = load_knowledge()
    towns = list_towns(knowledge.places)
    measured = {}
    for size in options.sizes:
        with make_country(urls(size), towns, knowledge, size) as database:
            measured[size] = measure(database, draw_citizens(knowledge, towns), options.matches)
    return measured


def measure_postgres(options: argparse.Namespace) -> dict[int, Times]:
    """Return nothing, and say why, where there is no PostgreSQL."""
    try:
        server = Postgres()
    except NoPostgres as error:
        report_progress(f"PostgreSQL is left out: {error}")
        return {}
    try:
        server.start()
        admin = Database(server.url + "postgres")
        with admin.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            for size in options.sizes:
                connection.execute(text(f"CREATE DATABASE country_{size}"))
        admin.dispose()
        return measure_sizes(lambda size: f"{server.url}country_{size}", options)
    except NoPostgres as error:
        report_progress(f"PostgreSQL is left out: {error}")
        return {}
    finally:
        server.stop()


def report_progress(line: str) -> None:
    print(line, file=sys.stderr)


def write_figures(measured: dict[str, dict[int, Times]], largest: int) -> str:
    rows = []
    for name, sizes in measured.items():
        times = sizes[largest]
        floor = statistics.median(times["bare query"])
        for sort, taken in times.items():
            median, p99 = statistics.median(taken), take_percentile(taken, 99)
            rows.append((name, sort, f"{median:.1f}", f"{p99:.1f}", f"{median / floor:.1f} ×"))
    return write_table(rows, ["database", "match", "median (ms)", "p99 (ms)", "median ÷ bare query"])


def write_report(measured: dict[str, dict[int, Times]], options: argparse.Namespace) -> None:
    options.out.mkdir(parents=True, exist_ok=True)
    medians = {
        f"{database}: {sort}": {size: statistics.median(times[sort]) for size, times in sizes.items()}
        for database, sizes in measured.items()
        for sort in ("bare query", "every filter", "as the chat asks")
    }
    charts.draw_growth(medians, GOAL_MEDIAN_MS, options.out / "directory.svg")
    largest = max(options.sizes)
    about = (
        f"`.venv/bin/python -m benchmarks.directory` wrote this: {largest:,} invented services in the real",
        f"municipalities, {options.matches:,} citizens, each with the four questions in turn. *Every filter*:",
        "language, wheelchair, free, target group, walk-in, evening and this week. *As the chat asks*: the best",
        f"partner, English preferred. The goal for every filter is a median of {GOAL_MEDIAN_MS:g} ms and a p99 of",
        f"{GOAL_P99_MS:g} ms. Other work shared the two cores of the machine: read the ratios.",
    )
    lines = [
        "# A match in the directory of a whole country",
        "\n".join(about),
        write_figures(measured, largest).rstrip(),
        "![how it grows](directory.svg)",
    ]
    (options.out / "directory.md").write_text("\n\n".join(lines) + "\n", encoding="utf-8")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[300, 3000, 30_000], help="services")
    parser.add_argument("--matches", type=int, default=1000, help="citizens at each size")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks", help="folder for report and chart")
    return parser.parse_args()


def main() -> None:
    options = read_options()
    with tempfile.TemporaryDirectory() as folder:
        measured = {"SQLite": measure_sizes(lambda size: f"sqlite:///{folder}/{size}.db", options)}
    if postgres := measure_postgres(options):
        measured["PostgreSQL"] = postgres
    write_report(measured, options)


if __name__ == "__main__":
    main()
