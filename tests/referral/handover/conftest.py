"""A conversation of Zwolle and two of its staff, with the inbox open."""

import pytest

from referral.conversations import service as conversations
from referral.handover import service as handover
from referral.staff import people
from tests.clock import TUESDAY
from tests.referral.conversations.conftest import LIBRARY, conversation_id  # noqa: F401  (a fixture)

NAMES = ("noor", "bas")


@pytest.fixture
def staff(database):
    """The ids of Noor and Bas."""
    with database.begin() as session:
        ids = [people.add_person(session, name, f"{name}@x.nl", now=TUESDAY).id for name in NAMES]
        for person_id in ids:
            handover.note_presence(session, person_id, LIBRARY, TUESDAY)
    return ids


@pytest.fixture
def waiting(database, conversation_id):  # noqa: F811
    """The id of a conversation that waits since Tuesday morning."""
    with database.begin() as session:
        handover.ask(session, conversations.get_conversation(session, conversation_id), TUESDAY)
    return conversation_id
