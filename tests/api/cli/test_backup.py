"""`omdehoek backup` and `restore`: a library that grows moves to another database with two commands."""

import pytest
from sqlalchemy import func, select

from referral.db import Database
from referral.models.service import Service
from referral.settings import get_settings


def count_services():
    database = Database(get_settings().get_database_url())
    with database.read() as session:
        count = session.scalar(select(func.count()).select_from(Service))
    database.dispose()
    return count


@pytest.fixture
def saved(omdehoek, tmp_path):
    omdehoek("purge")  # makes the database ready
    told = omdehoek("backup", tmp_path / "today")
    assert told.code == 0
    assert int(told.out.split()[0]) > 100
    return tmp_path / "today"


def test_what_was_saved_is_put_in_a_new_database(omdehoek, saved, tmp_path):
    count = count_services()
    told = omdehoek("restore", saved, OMDEHOEK_DATABASE_URL=f"sqlite:///{tmp_path / 'new.db'}")
    assert (told.code, told.err) == (0, "")
    assert count_services() == count > 0


def test_what_is_there_is_replaced_only_when_that_is_said(omdehoek, saved):
    refused = omdehoek("restore", saved)
    assert (refused.code, "--replace" in refused.err) == (2, True)
    assert omdehoek("restore", saved, "--replace").code == 0


def test_a_file_that_is_not_there_is_one_sentence(omdehoek, tmp_path):
    told = omdehoek("restore", tmp_path / "none")
    assert told.code == 2
    assert len(told.err.splitlines()) == 1
