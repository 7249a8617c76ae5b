"""A colleague at the desk in Zwolle, on a Tuesday morning, with the example directory and a stand-in for Rasa."""

import pytest

from tests.api.account.colleague import Colleague, add_person
from tests.api.pages.conftest import chromium  # noqa: F401  (a fixture)

ZWOLLE = "bibliotheek-zwolle-voorbeeld"
OMMEN = "bibliotheek-ommen-voorbeeld"
NOOR = "noor@bibliotheek.example"


@pytest.fixture
def door(make_door, rasa, tuesday):
    made = make_door(sign_ins_per_minute=1_000, rasa_port=rasa.port)
    add_person(made, NOOR, f"staff library:{ZWOLLE}")
    return made


@pytest.fixture
def noor(door):
    colleague = Colleague(door)
    assert colleague.sign_in(NOOR).status_code == 303
    return colleague
