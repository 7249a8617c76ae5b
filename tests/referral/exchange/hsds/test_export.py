"""The size of a directory does not matter to who writes it out: no growth of memory, and no table is read whole."""

import tracemalloc

import pytest
from sqlalchemy import event

from benchmarks.country import fill, list_towns
from referral.catalogue.service import load_catalogue
from referral.db import Database
from referral.directory.load import load_terms
from referral.exchange.hsds import write
from referral.exchange.hsds.export import export_directory
from referral.migrations.service import migrate
from referral.places.table import load_places
from referral.settings import ROOT


@pytest.fixture
def make_country(tmp_path, monkeypatch):
    """Make a directory of so many services; a page holds few, so that a small country has many pages."""
    monkeypatch.setattr(write, "PAGE", 20)
    catalogue = load_catalogue(ROOT / "data")
    kinds, groups = list(catalogue.partner_kinds), list(catalogue.target_groups)
    towns = list_towns(load_places(ROOT / "data"))
    made = []

    def make(services):
        url = f"sqlite:///{tmp_path}/{services}.db"
        migrate(url)
        made.append(Database(url))
        with made[-1].begin() as session:
            load_terms(session, ROOT / "data")
            fill(session, towns, services=services, kinds=kinds, groups=groups)
        return made[-1]

    yield make
    for database in made:
        database.dispose()


def measure_peak(database, folder):
    """Return the bytes in use at most during an export."""
    with database.read() as session:
        export_directory(session, folder)  # what is kept for good is kept by now
        tracemalloc.start()
        export_directory(session, folder)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return peak


def test_memory_does_not_grow_with_the_directory(make_country, tmp_path):
    small, large = (measure_peak(make_country(services), tmp_path / "out") for services in (150, 1200))
    assert large < 2 * small


def test_no_page_reads_a_whole_table(make_country, tmp_path):
    database = make_country(100)
    asked = []
    event.listen(database.engine, "before_cursor_execute", lambda *call: asked.append(call[2:4]))
    with database.read() as session:
        export_directory(session, tmp_path / "out")
        pages = {statement: values for statement, values in asked if " IN (" in statement}
        plans = [
            row.detail
            for statement, values in pages.items()
            for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    assert len(pages) > 10
    assert [plan for plan in plans if not plan.startswith("SEARCH")] == []
