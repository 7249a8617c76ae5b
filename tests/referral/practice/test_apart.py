"""Practice and real work never see each other, whatever reads; after a day nothing of a practice is left."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import aliased

from referral.errors import NotFound
from referral.journal import registration
from referral.journal import service as journal
from referral.journal.form import Answers
from referral.journal.statuses import Actor, Status
from referral.models.base import Base
from referral.models.conversation import Conversation
from referral.models.feedback import Feedback
from referral.models.gap import Gap
from referral.models.person import Person
from referral.models.practice_run import PracticeRun
from referral.models.practised import Practised
from referral.models.question import Question
from referral.models.referral import Referral, ReferralEvent
from referral.models.visit import Visit
from referral.practice import service as practice
from referral.practice.review import Registered
from referral.practice.script import load_script
from referral.retention.schedule import Term
from referral.retention.service import purge
from referral.settings import ROOT
from referral.staff import people
from tests.clock import TUESDAY
from tests.referral.journal.conftest import make_asked, make_offer, services  # noqa: F401  (a fixture)

VISITOR = load_script(ROOT / "data")["zaken_van_moeder"]
TABLES = (Visit, Question, Referral, ReferralEvent, Gap, Feedback)


@pytest.fixture
def person_id(database):
    with database.begin() as session:
        return people.add_person(session, "Noor", "noor@x.nl", now=TUESDAY).id


def start(database, person_id, now=TUESDAY):
    with database.begin() as session:
        return practice.start(session, person_id, VISITOR, now).id


def work(database, turn_id, now=TUESDAY):
    """Write one row of everything that the desk and its visitors write; return the id of the referral."""
    with database.begin() as session:
        visit = journal.open_visit(session, channel="desk", library_id="bibliotheek", language="nl", now=now)
        asked = make_asked(turn_id, visit_id=visit.id)
        question = registration.register(session, asked, Answers(kind="anders", help_given="information"), now)
        referral = journal.refer(session, turn_id=turn_id, question=question, offer=make_offer(), now=now)
        journal.mark_shown(session, referral.id, now)
        journal.change_status(session, referral, Status.ACCEPTED, actor=Actor.STAFF, reason=None, now=now)
        journal.record_helped(session, turn_id=turn_id, referral_id=referral.id, helped="yes", now=now)
        journal.record_gap(
            session,
            turn_id=turn_id,
            question=question,
            kind="not_in_directory",
            partner_kind="ido",
            municipality="GM0193",
            is_example=False,
            now=now,
        )
        return referral.id


def count(database, *tables):
    with database.read() as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in tables]


def test_whatever_the_desk_writes_knows_of_practice():
    """A table that hangs off one that is practised is practised too, or it would hold on to what goes."""
    practised = {one.class_.__tablename__ for one in Base.registry.mappers if issubclass(one.class_, Practised)}
    assert practised == {table.__tablename__ for table in TABLES}
    hanging = {
        table.name
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in practised
    }
    assert hanging - practised == {Conversation.__tablename__}  # the chat, where nobody practises


@pytest.mark.usefixtures("services")
def test_real_work_sees_nothing_of_practice_and_practice_nothing_of_real_work(database, person_id):
    apart = database.practise(start(database, person_id))
    other = database.practise(start(database, person_id))
    work(apart, "practised")
    assert count(database, *TABLES) == [0] * len(TABLES)
    assert count(other, *TABLES) == [0] * len(TABLES)
    assert count(apart, *TABLES) == [1, 1, 1, 2, 1, 1]
    work(database, "real")
    work(database, "real as well")
    assert count(database, *TABLES) == [2, 2, 2, 4, 2, 2]
    assert count(apart, *TABLES) == [1, 1, 1, 2, 1, 1]


@pytest.mark.usefixtures("services")
def test_every_way_to_read_keeps_apart(database, person_id):
    apart = database.practise(start(database, person_id))
    referral_id = work(apart, "practised")
    other = aliased(Question)
    statements = (
        select(Question.topic),
        select(Question.topic, func.count()).group_by(Question.topic),
        select(other.id),
        select(Referral).join(Question, Question.id == Referral.question_id),
        select(Visit.id).join(other, other.visit_id == Visit.id),
        select(Gap.kind).where(Gap.question_id.in_(select(Question.id))),
        select(Question).union_all(select(Question)),
    )
    with database.begin() as session:
        assert [session.execute(one).all() for one in statements] == [[]] * len(statements)
        assert session.get(Referral, referral_id) is None
        with pytest.raises(NotFound):
            journal.get_referral(session, referral_id)
        session.execute(update(Question).values(topic="digid"))
    with apart.read() as session:
        assert all(session.execute(one).all() for one in statements)
        assert journal.get_question(session, journal.get_referral(session, referral_id).question_id).topic == "schulden"


@pytest.mark.usefixtures("services")
def test_no_service_of_the_journal_tells_of_practice(database, person_id):
    apart = database.practise(start(database, person_id))
    referral_id = work(apart, "practised")
    with apart.read() as session:
        question_id = journal.get_referral(session, referral_id).question_id
        assert len(registration.list_day(session, "bibliotheek", TUESDAY.date()).questions) == 1
    with database.begin() as session:
        assert registration.list_day(session, "bibliotheek", TUESDAY.date()).questions == ()
        assert registration.list_referrals(session, question_id) == []
        assert journal.list_offered_services(session, question_id) == []
        assert journal.find_open_referral(session, question_id, "spreekuur") is None
        assert registration.find_visit(session, "practised", None) is None
        assert registration.forget_moments(session, TUESDAY + timedelta(hours=1)) == 0
        assert journal.sweep_never_shown(session, TUESDAY + timedelta(hours=1)) == 0


@pytest.mark.usefixtures("services")
def test_after_a_day_nothing_of_a_practice_is_left_and_real_work_stays(database, person_id):
    work(database, "real")
    apart = database.practise(start(database, person_id))
    work(apart, "practised")
    fresh = database.practise(start(database, person_id, TUESDAY + timedelta(hours=2)))
    work(fresh, "practised later")

    terms = {"practice": Term(1, "days")}
    assert purge(database, terms, TUESDAY + timedelta(hours=24)) == {"practice": 0}
    assert purge(database, terms, TUESDAY + timedelta(hours=25)) == {"practice": 1}
    assert count(apart, *TABLES) == [0] * len(TABLES)
    for kept in (database, fresh):
        assert count(kept, *TABLES) == [1, 1, 1, 2, 1, 1]
    assert count(database, PracticeRun) == [1]


def test_a_practice_goes_with_the_person_and_is_nobody_elses(database, person_id):
    run_id = start(database, person_id)
    with database.begin() as session:
        assert practice.find_running(session, run_id, person_id)
        assert practice.find_running(session, run_id, "somebody else") is None
        assert practice.find_running(session, "no such run", person_id) is None
        with pytest.raises(NotFound):
            practice.get_run(session, run_id, "somebody else")
        session.delete(session.get_one(Person, person_id))
    assert count(database, PracticeRun) == [0]


def test_a_visitor_says_one_thing_after_the_other_and_then_no_more(database, person_id):
    run_id = start(database, person_id)
    steps = []
    with database.begin() as session:
        run = practice.get_run(session, run_id, person_id)
        for _ in VISITOR.says:
            steps.append(run.step)
            practice.hear_more(run, VISITOR)
        steps.append(run.step)
        practice.end(run, TUESDAY)
        practice.end(run, TUESDAY + timedelta(hours=1))
        assert run.ended_at == TUESDAY
        assert practice.find_running(session, run_id, person_id) is None
    assert steps == [1, 2, 3, 3]


@pytest.mark.usefixtures("services")
def test_what_was_registered_is_told_without_what_was_taken_back(database, person_id):
    apart = database.practise(start(database, person_id))
    work(apart, "practised")
    with apart.begin() as session:
        asked = make_asked("mistake", topic="digid")
        mistake = registration.register(session, asked, Answers(kind="anders"), TUESDAY)
        assert len(practice.list_registered(session)) == 2
        registration.undo(session, mistake.id, library_id="bibliotheek", now=TUESDAY)
    with apart.read() as session:
        assert practice.list_registered(session) == [Registered("schulden", "anders", "information", is_referred=True)]
