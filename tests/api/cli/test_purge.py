"""`omdehoek purge`: tells what is over, and removes it unless it is a dry run."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from referral.clock import read_clock
from referral.db import Database
from referral.models.conversation import Conversation
from referral.settings import get_settings
from tests.referral.conversations.conftest import open_one


@pytest.fixture
def database(omdehoek):
    omdehoek("purge")  # makes the database ready
    made = Database(get_settings().get_database_url())
    with made.begin() as session:
        for days in (0, 2, 3):
            open_one(session, read_clock() - timedelta(days=days))
    yield made
    made.dispose()


def count(database):
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Conversation))


def read_lines(told):
    return {line.split()[0]: line.split()[1:] for line in told.out.splitlines()}


def test_a_dry_run_tells_what_is_due_and_removes_nothing(omdehoek, database):
    told = omdehoek("purge", "--dry-run")
    lines = read_lines(told)
    oldest = (read_clock() - timedelta(days=3)).date().isoformat()
    assert (told.code, lines["conversation"]) == (0, ["24", "hours", "2", oldest])
    assert lines["session"] == ["7", "days", "0", "-"]
    assert count(database) == 3


def test_a_purge_tells_the_same_and_removes_it(omdehoek, database):
    told = omdehoek("purge", "--dry-run").out
    assert omdehoek("purge").out == told
    assert count(database) == 1
    assert read_lines(omdehoek("purge"))["conversation"][2:] == ["0", "-"]


def test_the_term_is_that_of_the_settings(omdehoek, database):
    lines = read_lines(omdehoek("purge", "--dry-run", OMDEHOEK_CONVERSATION_HOURS="60"))
    assert lines["conversation"][:3] == ["60", "hours", "1"]
    assert count(database) == 3
