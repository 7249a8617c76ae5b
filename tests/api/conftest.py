"""The door with the example directory and without Rasa, on a Tuesday morning."""

import shutil

import pytest

from api.cli.store import prepare_database
from referral.settings import Settings
from tests.api.door import Door
from tests.api.rasa_server import RasaServer
from tests.clock import TUESDAY, set_clock
from tests.postgres import find_free_port


@pytest.fixture(scope="session")
def example_file(tmp_path_factory):
    """A SQLite file with all tables and the example directory, to copy."""
    folder = tmp_path_factory.mktemp("prepared")
    prepare_database(Settings(state_dir=folder, database_url=""))
    return folder / "omdehoek.db"


@pytest.fixture(scope="session")
def make_settings(tmp_path_factory, example_file):
    """Makes settings with a database of their own; nothing listens where Rasa and the action server should be."""

    def make(**changes):
        folder = tmp_path_factory.mktemp("door")
        shutil.copy(example_file, folder / "omdehoek.db")
        values = {"database_url": "", "rasa_url": "", "rasa_port": find_free_port(), "actions_port": find_free_port()}
        values["api_processes"] = 1
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
