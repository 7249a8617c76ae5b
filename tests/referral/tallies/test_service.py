"""The tallies equal a recount of the journal, written in another way, whatever has happened and whenever they run."""

import threading
from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, given, settings

from referral.tallies import service as tallies
from tests.referral.journal.conftest import NOW
from tests.referral.tallies.histories import ANSWERED, DAYS, Life, histories
from tests.referral.tallies.recount import read_months, read_tallies, recount, sum_months

LATER = NOW + timedelta(days=ANSWERED + 10)


def live_all(database, history):
    """Let a history happen, day by day, while the worker tallies."""
    life = Life(database)
    life.begin()
    for day in range(ANSWERED):
        for told in history:
            if told["day"] == day:
                life.visit(told)
        life.answer(day)
        if day in DAYS or day % 20 == 0:
            tallies.tally_all(database, NOW + timedelta(days=day, minutes=5))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories)
def test_the_tallies_equal_a_recount_day_by_day_and_made_anew(database, services, history):
    live_all(database, history)
    tallies.tally_all(database, LATER)
    with database.begin() as session:
        expected = recount(session)
        assert read_tallies(session) == expected
        assert read_months(session) == sum_months(expected)
        tallies.tally(session, LATER)
        assert read_tallies(session) == expected
    list(tallies.rebuild(database, LATER))
    with database.read() as session:
        assert read_tallies(session) == expected
        assert read_months(session) == sum_months(expected)


def test_two_who_tally_at_once_count_once(database, services):
    life = Life(database)
    life.begin()
    question = {"topic": "schulden", "is_sensitive": False, "municipality": None, "organisation": None}
    question |= {"kind": "anders", "cause": None, "resolved": None, "gap": None, "is_withdrawn": False}
    visit = {"day": 0, "library_id": "noord", "channel": "web", "campaign": None, "is_practice": False}
    life.visit({**visit, "questions": [{**question, "referral": None}] * 20})
    workers = [threading.Thread(target=tallies.tally_all, args=(database, LATER)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with database.read() as session:
        assert [count for count, _ in read_tallies(session).values()] == [20]


def test_a_day_is_settled_an_hour_after_midnight_on_the_dutch_clock():
    assert tallies.find_first_open_day(datetime.fromisoformat("2026-11-25T00:59+01:00")) == date(2026, 11, 24)
    assert tallies.find_first_open_day(datetime.fromisoformat("2026-11-25T01:00+01:00")) == date(2026, 11, 25)
