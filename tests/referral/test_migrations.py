"""From an empty database to exactly the tables of the code, on both kinds of database, as often as one likes."""

import subprocess
import sys
import threading
import time

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Boolean, MetaData, create_engine, inspect, text

import referral.models
from referral.db import Database, make_engine
from referral.errors import DatabaseUnavailable, OmDeHoekError
from referral.journal import service as journal
from referral.journal.service import Asked
from referral.migrations.service import make_config, migrate
from referral.models.base import Base
from referral.settings import ROOT
from tests.clock import TUESDAY

assert referral.models  # importing it fills the metadata

# Four upgrades ago, and how much is in the database when they come.
BEFORE, FILLED = "0016", 500
# No statement of others may take as long; SQLite waits so long by itself (BUSY_TIMEOUT_MS in referral/db.py).
PATIENCE_MS = 5_000


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """The address of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new 100%.db'}"
        return
    server = request.getfixturevalue("postgres")
    engine = create_engine(server.url + "postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE to_migrate"))
    yield server.url + "to_migrate"
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE to_migrate"))
    engine.dispose()


def find_differences(url):
    """Return what would have to change to make the database what the code says."""
    engine = make_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Base.metadata)
    engine.dispose()
    return differences


def list_tables(url):
    engine = make_engine(url)
    tables = set(inspect(engine).get_table_names())
    engine.dispose()
    return tables


def test_an_empty_database_gets_exactly_the_tables_of_the_code(url):
    assert find_differences(url)
    migrate(url)
    assert find_differences(url) == []
    assert list_tables(url) == {*Base.metadata.tables, "alembic_version"}


def test_upgrading_again_changes_nothing_and_keeps_the_rows(url):
    migrate(url)
    database = Database(url)
    row = {"id": "c-1", "day": TUESDAY.date().isoformat()}
    with database.begin() as session:
        session.execute(text("INSERT INTO urgent_count VALUES (:id, :day, 'bieb', 'zelfdoding')"), row)
    migrate(url)
    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM urgent_count")) == 1
    database.dispose()
    assert find_differences(url) == []


def test_a_referral_of_before_gets_a_page_of_its_own(url):
    command.upgrade(make_config(url), "0006")
    engine = make_engine(url)
    tables = MetaData()
    tables.reflect(engine)
    question = {"turn_id": "t", "library_id": "b", "day": TUESDAY.date(), "kind": "anders", "topic": "digid"}
    referral = {"question_id": "q", "service_id": "s", "way": "cold", "status": "requested", "matched_because": []}
    organization = {"name": "x", "description": "", "holiday_policy": {}, "translations": {}}
    service = {"organization_id": "o", "name": "x", "description": "", "status": "active", "translations": {}}
    with engine.begin() as connection:

        def insert(table, **values):
            columns = tables.tables[table].columns
            bare = {one.name: False for one in columns if isinstance(one.type, Boolean) and not one.nullable}
            connection.execute(tables.tables[table].insert().values(bare | values))

        insert("organization", id="o", **organization)
        insert("service", id="s", **service)
        insert("question", id="q", **question)
        for number in ("1", "2"):
            insert("referral", id=number, code=number, turn_id=number, created_at=TUESDAY, **referral)
    migrate(url)
    with engine.connect() as connection:
        keys = set(connection.scalars(text("SELECT slip_key FROM referral")))
    engine.dispose()
    assert {len(key) for key in keys} == {22}
    assert len(keys) == 2


def test_while_a_filled_database_is_upgraded_others_go_on_reading_and_writing(url):
    """By what was there before the last upgrades, as processes of the program of before do; nobody waits long."""
    migrate(url)
    database = Database(url)
    with database.begin() as session:
        for number in range(FILLED):
            asked = Asked(
                turn_id=f"t-{number}", visit_id=None, library_id="b", kind="anders", topic="digid", is_sensitive=False
            )
            journal.record_question(session, asked, TUESDAY)
    command.downgrade(make_config(url), BEFORE)
    wrong, written, is_over = [], [], threading.Event()

    def use():
        while not is_over.is_set():
            row = {"id": f"c-{len(written)}", "day": TUESDAY.date().isoformat()}
            try:
                with database.begin() as session:
                    if session.get_bind().dialect.name == "postgresql":
                        session.execute(text(f"SET LOCAL statement_timeout = {PATIENCE_MS}"))
                    session.execute(text("INSERT INTO urgent_count VALUES (:id, :day, 'bieb', 'zelfdoding')"), row)
                    session.execute(text("UPDATE question SET topic = 'boete' WHERE turn_id = 't-0'"))
                    assert session.scalar(text("SELECT count(*) FROM question WHERE topic = 'digid'")) == FILLED - 1
                written.append(row)
            except (OmDeHoekError, AssertionError) as error:
                wrong.append(repr(error))

    user = threading.Thread(target=use)
    user.start()
    try:
        while len(written) < 3 and not wrong:
            time.sleep(0.01)
        migrate(url)
        reached = len(written) + 3
        while len(written) < reached and not wrong:
            time.sleep(0.01)
    finally:
        is_over.set()
        user.join()
    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM urgent_count")) == len(written)
    database.dispose()
    assert wrong == []
    assert find_differences(url) == []


def test_two_processes_that_upgrade_at_once_do_not_hinder_each_other(url):
    code = "import sys; from referral.migrations.service import migrate; migrate(sys.argv[1])"
    upgrades = [
        subprocess.Popen([sys.executable, "-c", code, url], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [upgrade.communicate(timeout=60)[1] for upgrade in upgrades] == ["", ""]
    assert [upgrade.returncode for upgrade in upgrades] == [0, 0]
    assert find_differences(url) == []


def test_a_database_that_cannot_be_reached_is_unavailable(tmp_path):
    with pytest.raises(DatabaseUnavailable):
        migrate(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.db'}")


def test_there_is_one_newest_shape():
    script = ScriptDirectory.from_config(make_config("sqlite://"))
    assert len(script.get_heads()) == 1
    assert all(revision.doc for revision in script.walk_revisions())
