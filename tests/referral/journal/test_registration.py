"""Registering at the desk: put right by one at a time, taken back in time, nothing kept of what is sensitive."""

from datetime import timedelta

import pytest

from referral.errors import InvalidInput, NotFound, RecordChanged, TooLateToUndo
from referral.journal import registration
from referral.journal import service as journal
from referral.journal.form import Answers, load_form, read_answers
from referral.journal.registration import Outcomes
from referral.journal.statuses import Actor, Status, find_path
from referral.models.question import Question
from referral.settings import ROOT
from tests.referral.journal.conftest import NOW, make_asked, make_offer

pytestmark = pytest.mark.usefixtures("services")
FORM = load_form(ROOT / "data")
ANSWERS = Answers(kind="anders", organisation="cjib", help_given="information", resolved="yes", duration="short")
HERE = "bibliotheek"
TODAY = NOW.date()


def register(session, turn_id="turn-1", **changes):
    return registration.register(session, make_asked(turn_id, **changes), ANSWERS, NOW)


def correct(session, question, answers=ANSWERS, *, version=1, library_id=HERE, now=NOW):
    return registration.correct(session, question.id, answers, version=version, library_id=library_id, now=now)


def write_referral(session, turn_id, *, end=None, offer=None, **changes):
    """Register a question and refer; `end` is what became of it."""
    question = register(session, turn_id, **changes)
    referral = journal.refer(session, turn_id=turn_id, question=question, offer=offer or make_offer(), now=NOW)
    for step in find_path(Status.REQUESTED, end) if end else ():
        journal.change_status(session, referral, step, actor=Actor.PARTNER, reason=None, now=NOW)
    return referral


def test_the_same_form_twice_is_one_question(database):
    with database.begin() as session:
        first = register(session)
        assert register(session).id == first.id
        assert (first.resolved, first.duration, first.organisation) == ("yes", "short", "cjib")
        assert len(registration.list_day(session, HERE, TODAY).questions) == 1


def test_a_sensitive_question_is_a_count_and_keeps_no_answer(database):
    with database.begin() as session:
        question = register(session, is_sensitive=True)
        assert (question.organisation, question.resolved, question.help_given, question.duration) == (None,) * 4
        day = registration.list_day(session, HERE, TODAY)
        assert (day.questions, day.sensitive) == ((), 1)
        with pytest.raises(NotFound):
            correct(session, question)


def test_the_moment_is_forgotten_when_undo_is_over(database):
    with database.begin() as session:
        question_id = register(session, is_sensitive=True).id
        assert registration.forget_moments(session, NOW + timedelta(minutes=9)) == 0
        assert registration.forget_moments(session, NOW + timedelta(minutes=11)) == 1
    with database.read() as session:
        assert session.get(Question, question_id).undo_until is None


def test_the_second_of_two_colleagues_is_told(database):
    with database.begin() as session:
        question = register(session)
        correct(session, question, Answers(kind="anders", resolved="no"))
        with pytest.raises(RecordChanged):
            correct(session, question, Answers(kind="anders", resolved="partly"))
        assert question.resolved == "no"
        correct(session, question, Answers(kind="anders", resolved="partly"), version=2)
        assert (question.resolved, question.version) == ("partly", 3)


@pytest.mark.parametrize("wrong", [{"library_id": "elsewhere"}, {"now": NOW + timedelta(days=1)}])
def test_only_today_and_only_here_is_put_right(database, wrong):
    with database.begin() as session:
        question = register(session)
        with pytest.raises(NotFound):
            correct(session, question, **wrong)


def test_what_is_taken_back_is_gone_with_its_referral(database):
    with database.begin() as session:
        question = register(session)
        referral = journal.refer(session, turn_id="turn-1", question=question, offer=make_offer(), now=NOW)
        for _ in range(2):
            registration.undo(session, question.id, library_id=HERE, now=NOW + timedelta(minutes=10))
        assert registration.list_day(session, HERE, TODAY).questions == ()
        assert referral.status == Status.ENTERED_IN_ERROR


def test_after_ten_minutes_nothing_is_taken_back(database):
    with database.begin() as session:
        question = register(session)
        with pytest.raises(TooLateToUndo):
            registration.undo(session, question.id, library_id=HERE, now=NOW + timedelta(minutes=10, seconds=1))
        with pytest.raises(NotFound):
            registration.undo(session, question.id, library_id="elsewhere", now=NOW)


def test_what_the_chat_asked_is_not_in_the_list_of_the_desk(database):
    with database.begin() as session:
        journal.record_question(session, make_asked("chat-turn"), NOW)
        assert registration.list_day(session, HERE, TODAY) == registration.DayList((), 0)


def test_what_became_of_the_referrals_of_a_desk_is_counted(database):
    with database.begin() as session:
        for number, end in enumerate(
            (None, None, Status.IN_PROGRESS, Status.COMPLETED, Status.REJECTED, Status.CANCELLED)
        ):
            write_referral(session, f"turn-{number}", end=end)
        write_referral(session, "example", offer=make_offer(is_example=True))
        write_referral(session, "elsewhere", library_id="elsewhere")
        undone = write_referral(session, "undone")
        registration.undo(session, undone.question_id, library_id=HERE, now=NOW)
        found = registration.count_outcomes(session, HERE, NOW)
        assert found == Outcomes(helped=1, under_way=1, not_helped=2, silent=2)
        long_after = NOW + registration.LOOK_BACK + timedelta(seconds=1)
        assert registration.count_outcomes(session, HERE, long_after) == Outcomes(0, 0, 0, 0)


def test_the_deepening_question_is_asked_for_digid_only():
    assert "digid" in [field.id for field in FORM.list_for("digid")]
    assert "digid" not in [field.id for field in FORM.list_for("boete")]
    assert read_answers(FORM, "boete", {"kind": "anders", "digid": "app"}).digid is None


@pytest.mark.parametrize("typed", [{}, {"kind": ""}, {"kind": "anders", "resolved": "maybe"}])
def test_an_answer_that_the_form_does_not_have_is_refused(typed):
    with pytest.raises(InvalidInput):
        read_answers(FORM, "boete", typed)
