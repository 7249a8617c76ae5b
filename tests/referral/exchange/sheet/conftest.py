"""Sheets to read, made here, and what they do to a directory."""

import pytest

from referral.directory.load import load_catalogue
from referral.exchange.sheet.reference import load_reference
from referral.settings import ROOT
from tests.loading import LOADED


@pytest.fixture(scope="session")
def reference():
    return load_reference(ROOT / "data")


@pytest.fixture
def empty(database):
    """A directory with the kinds of partner and the national organisations only."""
    with database.begin() as session:
        load_catalogue(session, ROOT / "data", now=LOADED)
    return database
