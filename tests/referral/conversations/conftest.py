"""A conversation that is open."""

import pytest

from referral.conversations import service as conversations
from referral.journal import service as journal
from tests.clock import TUESDAY

LIBRARY = "bibliotheek-zwolle-voorbeeld"


def open_one(session, now=TUESDAY):
    visit = journal.open_visit(session, channel="web", library_id=LIBRARY, language="nl", now=now)
    return conversations.open_conversation(
        session, visit_id=visit.id, library_id=LIBRARY, channel="web", language="nl", now=now
    ).id


@pytest.fixture
def conversation_id(database):
    with database.begin() as session:
        return open_one(session)
