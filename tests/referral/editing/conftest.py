"""The example directory, to edit."""

import pytest

from referral.directory.load import load_catalogue, load_example
from referral.exchange.sheet.reference import load_reference
from referral.settings import ROOT


@pytest.fixture(scope="session")
def reference():
    return load_reference(ROOT / "data")


@pytest.fixture
def example(database):
    with database.begin() as session:
        load_catalogue(session, ROOT / "data")
        load_example(session, ROOT / "data")
    return database
