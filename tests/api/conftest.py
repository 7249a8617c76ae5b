"""The door with the example directory and without Rasa, on a Tuesday morning."""

import itertools
import os
import shutil

import pytest
from argon2 import PasswordHasher

from api.cli.store import prepare_database
from referral.settings import Settings
from referral.staff import passwords
from tests.api.door import Door
from tests.api.rasa_server import RasaServer
from tests.clock import TUESDAY, set_clock
from tests.conftest import execute_on
from tests.postgres import find_free_port


@pytest.fixture(scope="package", autouse=True)
def _quick_passwords():
    """Passwords cost a tenth of a second on purpose; hundreds of colleagues sign in here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        passwords._make_decoy.cache_clear()
        yield
    passwords._make_decoy.cache_clear()


@pytest.fixture(scope="session")
def example_file(tmp_path_factory):
    """A SQLite file with all tables and the example directory, to copy."""
    folder = tmp_path_factory.mktemp("prepared")
    prepare_database(Settings(state_dir=folder, database_url=""))
    return folder / "omdehoek.db"


@pytest.fixture(scope="session")
def copy_file(example_file):
    """Copies the SQLite file to a folder; returns the URL that settings need for it there."""

    def copy(folder):
        shutil.copy(example_file, folder / "omdehoek.db")
        return ""

    return copy


@pytest.fixture(scope="session")
def copy_on_postgresql(postgres, tmp_path_factory):
    """Makes a database of its own on the PostgreSQL server; returns its URL."""
    numbers = itertools.count(1)
    execute_on(postgres, "CREATE DATABASE example")
    prepare_database(Settings(state_dir=tmp_path_factory.mktemp("prepared"), database_url=f"{postgres.url}example"))

    def copy(folder):
        name = f"door_{next(numbers)}"
        execute_on(postgres, f"CREATE DATABASE {name} TEMPLATE example")
        return postgres.url + name

    return copy


@pytest.fixture(scope="session")
def make_settings(tmp_path_factory, request):
    """Makes settings with a database of their own; nothing listens where Rasa and the action server should be.

    `OMDEHOEK_TEST_DOORS=postgresql` puts every door on PostgreSQL (`make test-postgresql`).
    """
    on_postgresql = os.environ.get("OMDEHOEK_TEST_DOORS") == "postgresql"
    copy = request.getfixturevalue("copy_on_postgresql" if on_postgresql else "copy_file")

    def make(**changes):
        folder = tmp_path_factory.mktemp("door")
        values = {
            "database_url": copy(folder),
            "rasa_url": "",
            "rasa_port": find_free_port(),
            "actions_port": find_free_port(),
            "api_processes": 1,
            "rasa_processes": 1,
        }
        return Settings(state_dir=folder, **(values | changes))

    return make


@pytest.fixture(scope="session")
def door(make_settings):
    """A door for the whole session: never break a part of it."""
    made = Door(make_settings(conversations_per_hour=100_000, reads_per_minute=100_000))
    yield made
    made.close()


@pytest.fixture
def make_door(make_settings):
    """Opens a door of the test's own, with changed settings."""
    doors = []

    def make(**changes):
        doors.append(Door(make_settings(**changes)))
        return doors[-1]

    yield make
    for made in doors:
        made.close()


@pytest.fixture
def tuesday():
    with set_clock(TUESDAY):
        yield TUESDAY


@pytest.fixture(scope="session")
def rasa_server():
    server = RasaServer()
    yield server
    server.close()


@pytest.fixture
def rasa(rasa_server):
    """The stand-in for Rasa, with nothing asked yet."""
    rasa_server.asked.clear()
    rasa_server.answer, rasa_server.status = {}, 200
    return rasa_server
