"""The example directory, to edit."""

import shutil

import pytest

from referral.db import Database
from referral.exchange.sheet.reference import load_reference
from referral.settings import ROOT
from tests.referral.editing.desk import Desk


@pytest.fixture(scope="session")
def reference():
    return load_reference(ROOT / "data")


@pytest.fixture(scope="module")
def one_desk(tmp_path_factory, reference, sqlite_example):
    made = Database(f"sqlite:///{shutil.copy(sqlite_example, tmp_path_factory.mktemp('editing'))}")
    yield Desk(made, reference)
    made.dispose()
