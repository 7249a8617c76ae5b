"""The tallies equal a recount of the journal, written in another way, whatever has happened and whenever they run."""

import threading
from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from sqlalchemy import select, update

from referral.models.tally import TallyMonth
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


def make_question(topic, referral=None):
    question = {"topic": topic, "is_sensitive": False, "municipality": None, "organisation": None, "kind": "anders"}
    return {**question, "cause": None, "resolved": None, "gap": None, "is_withdrawn": False, "referral": referral}


def make_visit(*questions):
    visit = {"day": 0, "library_id": "noord", "channel": "web", "campaign": None, "is_practice": False}
    return {**visit, "questions": list(questions)}


def test_a_late_answer_adds_to_its_month_and_leaves_the_rest_of_it_alone(database, services):
    answered = {"service_id": "spreekuur", "is_example": False, "is_shown": True, "is_taken_up": False}
    answered |= {"answer": "helped", "answered_after": 10, "helped": None}
    life = Life(database)
    life.begin()
    life.visit(make_visit(make_question("boete", answered)))
    life.visit(make_visit(make_question("digid"), make_question("digid")))
    tallies.tally_all(database, NOW + timedelta(days=5))
    of_flow = select(TallyMonth.topic, TallyMonth.outcome, TallyMonth.count).where(
        TallyMonth.rollup == "topic service_id outcome"
    )
    with database.begin() as session:
        assert [tuple(row) for row in session.execute(of_flow)] == [("boete", "silent", 1)]
        session.execute(update(TallyMonth).where(TallyMonth.topic == "digid").values(count=77))
    life.answer(ANSWERED)
    tallies.tally_all(database, NOW + timedelta(days=6))
    with database.read() as session:
        assert [tuple(row) for row in session.execute(of_flow)] == [("boete", "helped", 1)]
        assert set(session.scalars(select(TallyMonth.count).where(TallyMonth.topic == "digid"))) == {77}


def test_two_who_tally_at_once_count_once(database, services):
    life = Life(database)
    life.begin()
    life.visit(make_visit(*[make_question("schulden")] * 20))
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
