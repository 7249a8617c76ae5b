"""The example directory, to edit."""

import pytest

from referral.db import Database
from referral.directory.load import load_catalogue, load_example
from referral.exchange.sheet.reference import load_reference
from referral.models.base import Base
from referral.settings import ROOT
from tests.loading import LOADED
from tests.referral.editing.desk import Desk


@pytest.fixture(scope="session")
def reference():
    return load_reference(ROOT / "data")


@pytest.fixture
def example(database):
    with database.begin() as session:
        load_catalogue(session, ROOT / "data", now=LOADED)
        load_example(session, ROOT / "data", now=LOADED)
    return database


@pytest.fixture(scope="module")
def one_desk(tmp_path_factory, reference):
    made = Database(f"sqlite:///{tmp_path_factory.mktemp('editing') / 'test.db'}")
    Base.metadata.create_all(made.engine)
    with made.begin() as session:
        load_catalogue(session, ROOT / "data", now=LOADED)
        load_example(session, ROOT / "data", now=LOADED)
    yield Desk(made, reference)
    made.dispose()
