"""Two colleagues with the inbox of Zwolle open on a Tuesday morning, and a stand-in for Rasa that understands."""

import pytest

from tests.api.account.colleague import Colleague, add_person
from tests.api.pages.conftest import chromium  # noqa: F401  (a fixture)
from tests.api.rasa_server import understand

LIBRARY = "bibliotheek-zwolle-voorbeeld"
HOME = "/desk/gesprekken"
NAMES = ("noor", "bas")


@pytest.fixture
def door(make_door, rasa, tuesday):
    made = make_door(live_person=True, rasa_port=rasa.port, sign_ins_per_minute=1_000)
    rasa.answer = understand({"door": "meet_person"}, place="Zwolle")
    return made


@pytest.fixture
def staff(door):
    """Noor and Bas, who have just looked at the list."""
    colleagues = []
    for name in NAMES:
        add_person(door, f"{name}@bibliotheek.example", f"staff library:{LIBRARY}")
        colleague = Colleague(door)
        assert colleague.sign_in(f"{name}@bibliotheek.example").status_code == 303
        assert colleague.get(HOME).status_code == 200
        colleagues.append(colleague)
    return colleagues


@pytest.fixture
def waiting(door, staff):
    """The id of a conversation that waits."""
    conversation_id, _ = door.open(place="Zwolle")
    reply = door.say(conversation_id, "mijn bsn is 111222333, ik wil een mens spreken")
    assert reply["person"]["state"] == "waiting"
    return conversation_id
