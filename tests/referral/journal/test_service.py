"""The journal: everything exactly once, and nothing about persons."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from referral.errors import IllegalTransition, NotFound
from referral.journal import service as journal
from referral.journal.statuses import Actor, Reason, Status
from referral.models.gap import Gap
from referral.models.question import Question
from referral.models.referral import Referral, ReferralEvent
from referral.models.urgent_count import UrgentCount
from tests.referral.journal.conftest import NOW, make_asked, make_offer, refer_once

pytestmark = pytest.mark.usefixtures("services")


def list_events(session, referral_id):
    statement = select(ReferralEvent).where(ReferralEvent.referral_id == referral_id).order_by(ReferralEvent.sequence)
    return [(event.sequence, event.from_status, event.to_status, event.actor) for event in session.scalars(statement)]


def test_the_same_turn_twice_is_one_referral(database):
    with database.begin() as session:
        first = refer_once(session).id
    with database.begin() as session:
        again = refer_once(session, service_id="tweede")
        assert again.id == first
        assert again.service_id == "spreekuur"
        assert len(session.scalars(select(Question)).all()) == 1
        assert list_events(session, first) == [(1, None, "requested", "system")]


def test_what_was_never_shown_is_swept_and_what_was_shown_stays(database):
    with database.begin() as session:
        lost = refer_once(session, "lost-turn").id
        shown = refer_once(session, "seen-turn").id
        journal.mark_shown(session, shown, NOW)
    with database.begin() as session:
        assert journal.sweep_never_shown(session, NOW + timedelta(minutes=1)) == 0
        assert journal.sweep_never_shown(session, NOW + timedelta(minutes=11)) == 1
        assert journal.get_referral(session, lost).status == Status.ENTERED_IN_ERROR
        assert journal.get_referral(session, shown).status == Status.REQUESTED
        assert journal.sweep_never_shown(session, NOW + timedelta(minutes=12)) == 0


def test_another_one_closes_the_one_before(database):
    with database.begin() as session:
        question = journal.record_question(session, make_asked(), NOW)
        first = journal.refer(session, turn_id="turn-1", question=question, offer=make_offer(), now=NOW)
        second = make_offer("tweede", instead_of=first.id)
        journal.refer(session, turn_id="turn-2", question=question, offer=second, now=NOW)
        assert (first.status, first.reason) == (Status.CANCELLED, Reason.CITIZEN_DECLINED)
        assert list_events(session, first.id)[-1] == (2, "requested", "cancelled", "citizen")
        assert journal.list_offered_services(session, question.id) == ["spreekuur", "tweede"]


def test_a_referral_that_a_partner_has_is_not_closed_by_another_one(database):
    with database.begin() as session:
        first = refer_once(session)
        journal.change_status(session, first, Status.ACCEPTED, actor=Actor.PARTNER, reason=None, now=NOW)
        journal.decline(session, first.id, NOW)
        assert first.status == Status.ACCEPTED


def test_an_illegal_step_changes_nothing(database):
    with database.begin() as session:
        first = refer_once(session)
        with pytest.raises(IllegalTransition):
            journal.change_status(session, first, Status.COMPLETED, actor=Actor.PARTNER, reason=None, now=NOW)
        assert first.status == Status.REQUESTED
        assert len(list_events(session, first.id)) == 1


def test_of_a_sensitive_question_only_day_library_and_signal_are_kept(database):
    with database.begin() as session:
        question = journal.record_question(session, make_asked(is_sensitive=True, signal="zelfdoding"), NOW)
        referral = journal.refer(session, turn_id="turn-1", question=question, offer=make_offer(), now=NOW)
        journal.mark_shown(session, referral.id, NOW)
        journal.take_up(session, referral.id, "kept", NOW)
    start_of_day = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)  # midnight in Amsterdam
    with database.read() as session:
        question = session.scalars(select(Question)).one()
        assert (question.visit_id, question.organisation, question.municipality) == (None, None, None)
        assert (question.signal, question.day.isoformat()) == ("zelfdoding", "2026-11-24")
        referral = session.scalars(select(Referral)).one()
        assert {referral.created_at, referral.shown_at, referral.taken_up_at} == {start_of_day}
        assert session.scalars(select(ReferralEvent)).one().at == start_of_day


def test_a_sensitive_referral_is_not_swept_before_it_could_be_shown(database):
    with database.begin() as session:
        refer_once(session, is_sensitive=True)
        assert journal.sweep_never_shown(session, NOW + timedelta(minutes=1)) == 0


def test_the_first_taking_up_counts(database):
    with database.begin() as session:
        referral = refer_once(session)
        journal.take_up(session, referral.id, "kept", NOW)
        journal.take_up(session, referral.id, "called", NOW + timedelta(minutes=2))
        assert (referral.taken_up_by, referral.taken_up_at) == ("kept", NOW)


def test_a_gap_is_written_once_a_turn(database):
    with database.begin() as session:
        question = journal.record_question(session, make_asked(), NOW)
        for _ in range(2):
            journal.record_gap(
                session,
                turn_id="turn-1",
                question=question,
                kind="not_in_directory",
                partner_kind="huurteam",
                municipality="GM0175",
                is_example=True,
                now=NOW,
            )
        assert [gap.kind for gap in session.scalars(select(Gap))] == ["not_in_directory"]


def test_an_answer_about_help_is_written_once_a_turn(database):
    with database.begin() as session:
        referral = refer_once(session)
        first = journal.record_helped(session, turn_id="t-2", referral_id=referral.id, helped="yes", now=NOW)
        again = journal.record_helped(session, turn_id="t-2", referral_id=referral.id, helped="no", now=NOW)
        assert (again.id, again.helped) == (first.id, "yes")


def test_an_emergency_counts_once_however_often_it_comes(database):
    for _ in range(3):
        with database.begin() as session:
            journal.count_urgent(session, count_id="c-1", library_id="bieb", signal="zelfdoding", day=NOW.date())
    with database.read() as session:
        assert [count.signal for count in session.scalars(select(UrgentCount))] == ["zelfdoding"]


def test_a_referral_that_does_not_exist_is_not_found(database):
    with database.begin() as session, pytest.raises(NotFound):
        journal.mark_shown(session, "nothing", NOW)
