"""Directories of HSDS: an empty one, the example directory, and the schemas of the standard."""

import json
from pathlib import Path

import pytest

from referral.directory.load import load_terms
from referral.settings import ROOT

STANDARDS = ROOT.parent / "shared" / "standards"


@pytest.fixture(scope="session")
def standards() -> Path:
    """The folder of the standards; reference data that is no part of the project."""
    if not STANDARDS.is_dir():
        pytest.skip("the standards (../shared/standards) are not here")
    return STANDARDS


@pytest.fixture
def empty(database):
    """A directory with the kinds of partner and nothing else."""
    with database.begin() as session:
        load_terms(session, ROOT / "data")
    return database


@pytest.fixture
def feed(standards):
    """The feed of 128 services in the profile of the United Kingdom, written by others: its path and its content."""
    path = standards / "hsds-uk-feed" / "service_list.json"
    return path, json.loads(path.read_text(encoding="utf-8"))
