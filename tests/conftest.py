"""Fixtures for every test: a database, on SQLite and on PostgreSQL, and the whole assistant.

Rasa's environment loads this file too (tests/bot), so nothing of ours is imported before a test asks for it.
"""
# ruff: noqa: PLC0415  (see above)

import itertools
import os
import shutil
import subprocess

import pytest

from tests.postgres import NoPostgres, Postgres

_numbers = itertools.count(1)
# Leaves the tables and takes what is in them: a tenth of the time of another database.
EMPTY = """DO $$ DECLARE name text; is_used boolean; BEGIN
SET LOCAL lock_timeout = '10s'; SET LOCAL session_replication_role = replica;
FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
  EXECUTE 'SELECT EXISTS (SELECT FROM ' || quote_ident(name) || ')' INTO is_used;
  IF is_used THEN EXECUTE 'DELETE FROM ' || quote_ident(name); END IF;
END LOOP;
PERFORM setval(quote_ident(sequencename)::regclass, start_value, false)
  FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$"""


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: takes seconds; `-m 'not slow'` leaves it out")


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server of our own; without one the test is skipped, or fails where `CI=true`."""
    server = None
    try:
        server = Postgres()
        server.start()
    except NoPostgres as error:
        if server:
            server.stop()
        if os.environ.get("CI") == "true":
            pytest.fail(f"PostgreSQL is needed here: {error}")
        pytest.skip(f"no PostgreSQL: {error}")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres_template(postgres):
    """The name of a database with all tables and no rows, to copy for each test."""
    from referral.db import make_engine

    name = "empty_tables"
    execute_on(postgres, f"CREATE DATABASE {name}")
    engine = make_engine(postgres.url + name)
    _create_tables(engine)
    engine.dispose()
    return name


@pytest.fixture(scope="session")
def postgres_in_turn(postgres, postgres_template):
    """The address of a database with all tables, which one test after the other has, and leaves empty."""
    execute_on(postgres, f"CREATE DATABASE in_turn TEMPLATE {postgres_template}")
    return postgres.url + "in_turn"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    """An empty `referral.db.Database` with all tables, once for each kind of database."""
    from referral.db import Database

    is_sqlite = request.param == "sqlite"
    made = Database(f"sqlite:///{tmp_path / 'test.db'}" if is_sqlite else request.getfixturevalue("postgres_in_turn"))
    if is_sqlite:
        _create_tables(made.engine)
    yield made
    if not is_sqlite:
        with made.engine.begin() as connection:
            connection.exec_driver_sql(EMPTY)
    made.dispose()


@pytest.fixture(scope="session")
def sqlite_example(tmp_path_factory):
    """The file of a database with the catalogue and the example directory, to copy."""
    path = tmp_path_factory.mktemp("example") / "example.db"
    _fill(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_example(postgres, postgres_template):
    """The name of a database with the catalogue and the example directory, to copy."""
    execute_on(postgres, f"CREATE DATABASE example_rows TEMPLATE {postgres_template}")
    _fill(postgres.url + "example_rows")
    return "example_rows"


@pytest.fixture(params=["sqlite", "postgresql"])
def example(request, tmp_path):
    """A `referral.db.Database` with the catalogue and the example directory, to change."""
    yield from _copy_example(request, tmp_path)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def example_database(request, tmp_path_factory):
    """The same for the whole session; write only through `example_session`."""
    yield from _copy_example(request, tmp_path_factory.mktemp("example"))


@pytest.fixture(scope="session")
def assistant(tmp_path_factory, trained_model):
    """Rasa, the action server and the door with the example directory, up for the whole session: never kill a part."""
    from tests.processes import Assistant

    whole = Assistant(tmp_path_factory.mktemp("assistant"))
    whole.prepare()
    try:
        whole.start()
        yield whole
    finally:
        whole.stop()


@pytest.fixture(scope="session")
def live_server(assistant):
    """The address of the door, with everything behind it."""
    return assistant.url


@pytest.fixture(scope="session")
def trained_model():
    """The path of the model of the present content; without one the test is skipped, or fails where `CI=true`."""
    from tests.processes import BOT_PYTHON, ROOT

    lacking = f"Rasa's environment is missing: {BOT_PYTHON}"
    if BOT_PYTHON.exists():
        code = "from bot.models import locate_model; print(locate_model())"
        path = subprocess.run(
            [BOT_PYTHON, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.strip()
        if os.path.exists(path):
            return path
        lacking = f"no model of the present content, run `make train`: {path}"
    if os.environ.get("CI") == "true":
        pytest.fail(lacking)
    pytest.skip(lacking)


@pytest.fixture
def example_session(example_database):
    """A session on the example directory; whatever a test does in it is rolled back."""
    with example_database.begin() as session:
        yield session
        session.rollback()


def _copy_example(request, folder):
    from referral.db import Database

    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_example"), folder / "test.db")
        made = Database(f"sqlite:///{folder / 'test.db'}")
        yield made
        made.dispose()
        return
    template, server = request.getfixturevalue("postgres_example"), request.getfixturevalue("postgres")
    name = f"example_{next(_numbers)}"
    execute_on(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    made = Database(server.url + name)
    yield made
    made.dispose()
    execute_on(server, f"DROP DATABASE {name}")


def _fill(url):
    from referral.db import Database
    from referral.directory.load import load_catalogue, load_example
    from referral.settings import ROOT
    from tests.loading import LOADED

    database = Database(url)
    _create_tables(database.engine)
    with database.begin() as session:
        load_catalogue(session, ROOT / "data", now=LOADED)
        load_example(session, ROOT / "data", now=LOADED)
    database.dispose()


def _create_tables(engine):
    import referral.models  # noqa: F401  (fills the metadata)
    from referral.models.base import Base

    Base.metadata.create_all(engine)


def execute_on(server, statement):
    from sqlalchemy import create_engine, text

    engine = create_engine(server.url + "postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
