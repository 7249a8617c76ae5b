"""The journal of the assistant that runs for the whole session, and an assistant that may be broken."""

import pytest

from referral.db import Database
from tests.conversations.breakable import Breakable


@pytest.fixture(scope="session")
def journal(assistant):
    """The database of the running assistant, to read the journal in."""
    database = Database(assistant.database_url)
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def breakable(tmp_path_factory, trained_model):
    """An assistant to break; a test says with `break_only` what it needs, and need not mend anything."""
    whole = Breakable(tmp_path_factory.mktemp("breakable"))
    whole.prepare()
    try:
        whole.start()
        yield whole
    finally:
        whole.stop()
