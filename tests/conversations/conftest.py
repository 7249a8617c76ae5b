"""The journal of the assistant that runs for the whole session."""

import pytest

from referral.db import Database


@pytest.fixture(scope="session")
def journal(assistant):
    """The database of the running assistant, to read the journal in."""
    database = Database(assistant.database_url)
    yield database
    database.dispose()
