"""A stand-in for Rasa, and doors that ask it."""

import pytest

from tests.api.chat.rasa_server import RasaServer
from tests.api.door import Door


@pytest.fixture(scope="session")
def rasa_server():
    server = RasaServer()
    yield server
    server.close()


@pytest.fixture(scope="session")
def _door_with_rasa(make_settings, rasa_server):
    made = Door(make_settings(conversations_per_hour=100_000, rasa_port=rasa_server.port))
    yield made
    made.close()


@pytest.fixture
def rasa(rasa_server):
    """The stand-in, with nothing asked yet."""
    rasa_server.asked.clear()
    rasa_server.answer, rasa_server.status = {}, 200
    return rasa_server


@pytest.fixture
def door_with_rasa(_door_with_rasa, rasa, tuesday):
    return _door_with_rasa
