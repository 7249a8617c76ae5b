"""A door that asks the stand-in for Rasa."""

import pytest

from tests.api.door import Door


@pytest.fixture(scope="session")
def _door_with_rasa(make_settings, rasa_server):
    made = Door(make_settings(conversations_per_hour=100_000, rasa_port=rasa_server.port))
    yield made
    made.close()


@pytest.fixture
def door_with_rasa(_door_with_rasa, rasa, tuesday):
    return _door_with_rasa
