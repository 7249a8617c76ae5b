"""Every change of the journal writes its event: whoever replays them knows what the journal knows, and no more."""

from hypothesis import HealthCheck, given, settings
from sqlalchemy import select, text

from referral.journal import service as journal
from referral.models.feedback import Feedback
from referral.models.gap import Gap
from referral.models.outgoing import Outgoing
from referral.models.question import Question
from referral.models.referral import Referral
from referral.outbox.facts import OF_SENSITIVE, SHAPES, tell
from tests.referral.journal.conftest import NOW, make_asked, make_offer, refer_once
from tests.referral.tallies.histories import Life, histories


def replay(session):
    """Return the last facts of every subject, and check that each begins with its beginning."""
    known = {}
    for event in session.scalars(select(Outgoing).order_by(Outgoing.number)):
        kind, change = event.type.removeprefix("nl.omdehoek.").split(".")
        assert (change == "created") is ((kind, event.subject) not in known)
        known[kind, event.subject] = event.data
    return known


def read_journal(session):
    """Return what the journal knows of what may leave."""
    questions = {one.id: one for one in session.query(Question)}
    referrals = {
        one.id: one for one in session.query(Referral) if one.shown_at and not one.is_example and not one.day_only
    }
    examples = {one.id for one in session.query(Referral) if one.is_example}
    known = {}
    for one in questions.values():
        columns = OF_SENSITIVE if one.day_only else SHAPES[Question].columns
        known["question", one.id] = tell(one, columns)
    known |= {("referral", one.id): tell(one, SHAPES[Referral].columns) for one in referrals.values()}
    for one in session.query(Gap):
        if not one.is_example and not questions[one.question_id].day_only:
            known["gap", one.id] = tell(one, SHAPES[Gap].columns)
    for one in session.query(Feedback):
        if one.referral_id not in examples and not questions[one.question_id].day_only:
            known["feedback", one.id] = tell(one, SHAPES[Feedback].columns)
    return known


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories)
def test_who_replays_the_events_knows_what_the_journal_knows(database, services, publishes, history):
    life = Life(database)
    life.begin()
    with database.begin() as session:
        session.connection().execute(text("DELETE FROM outgoing"))
    for visit in history:
        life.visit(visit)
    life.answer(40)
    with database.read() as session:
        assert replay(session) == read_journal(session)


def list_types(session):
    return [event.type.removeprefix("nl.omdehoek.") for event in session.scalars(select(Outgoing))]


def test_a_change_that_is_rolled_back_leaves_no_event(database, services, publishes):
    try:
        with database.begin() as session:
            refer_once(session)
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    with database.read() as session:
        assert list_types(session) == []


def test_a_referral_leaves_when_it_is_shown_and_not_before(database, services, publishes):
    with database.begin() as session:
        referral = refer_once(session)
    with database.begin() as session:
        assert list_types(session) == ["question.created"]
        journal.mark_shown(session, referral.id, NOW)
    with database.read() as session:
        assert list_types(session) == ["question.created", "referral.created"]


def test_of_a_sensitive_question_only_day_library_and_signal_leave(database, services, publishes):
    with database.begin() as session:
        question = journal.record_question(session, make_asked(is_sensitive=True), NOW)
        referral = journal.refer(session, turn_id="turn-1", question=question, offer=make_offer(), now=NOW)
        journal.mark_shown(session, referral.id, NOW)
    with database.read() as session:
        (event,) = session.scalars(select(Outgoing)).all()
        assert set(event.data) == {"libraryId", "day", "signal", "isWithdrawn"}
        assert event.at.astimezone().minute == 0


def test_without_a_sink_nothing_is_written(database, services):
    with database.begin() as session:
        refer_once(session)
    with database.read() as session:
        assert list_types(session) == []
