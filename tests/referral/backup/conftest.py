"""Databases to back up and to restore into, of both kinds."""

import itertools

import pytest
from sqlalchemy import create_engine, text

from referral.db import Database
from referral.migrations.service import migrate

KINDS = ("sqlite", "postgresql")
_numbers = itertools.count(1)


@pytest.fixture
def make_database(request, tmp_path):
    """Makes an empty database of a kind, without any table."""
    made = []

    def make(kind):
        name = f"backup_{next(_numbers)}"
        if kind == "sqlite":
            database = Database(f"sqlite:///{tmp_path / name}.db")
        else:
            server = request.getfixturevalue("postgres")
            engine = create_engine(server.url + "postgres", isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                connection.execute(text(f"CREATE DATABASE {name}"))
            engine.dispose()
            database = Database(server.url + name)
        made.append(database)
        return database

    yield make
    for database in made:
        database.dispose()


@pytest.fixture(params=KINDS)
def source(request, make_database):
    """A database with all tables, of each kind."""
    database = make_database(request.param)
    migrate(database.url)
    return database


@pytest.fixture(params=KINDS)
def target(request, make_database):
    """A database without any table, of each kind."""
    return make_database(request.param)
