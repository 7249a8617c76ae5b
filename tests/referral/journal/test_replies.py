"""What a partner says becomes legal steps; it is taken back for ten minutes; codes that are wrong open nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from referral.errors import IllegalTransition, InvalidInput, LinkExpired, MistypedCode, TooLateToUndo, UnknownCode
from referral.journal import replies
from referral.journal import service as journal
from referral.journal.codes import make_code
from referral.journal.registration import forget_moments
from referral.journal.replies import Answer
from referral.journal.statuses import Actor, Reason, Status
from referral.models.referral import Referral, ReferralEvent
from tests.referral.journal.conftest import NOW, make_offer, refer_once

LATER = NOW + timedelta(minutes=10)
TOO_LATE = NOW + timedelta(minutes=10, seconds=1)


@pytest.fixture
def referral_id(database, services):
    """A referral that a citizen saw."""
    with database.begin() as session:
        referral = refer_once(session)
        journal.mark_shown(session, referral.id, NOW)
        return referral.id


@pytest.fixture
def session(database, referral_id):
    with database.begin() as session:
        yield session


def list_events(session, referral_id):
    """Return (from, to, reason, taken back to) of what a partner said."""
    statement = select(ReferralEvent).where(ReferralEvent.referral_id == referral_id)
    events = session.scalars(statement.order_by(ReferralEvent.sequence)).all()
    assert [event.sequence for event in events] == list(range(1, len(events) + 1))
    return [
        (event.from_status, event.to_status, event.reason, event.returns_to)
        for event in events
        if event.actor == Actor.PARTNER
    ]


@pytest.mark.parametrize(
    ("answer", "reason", "steps"),
    [
        (Answer.CAME, None, [("requested", "accepted", None), ("accepted", "in-progress", None)]),
        (
            Answer.HELPED,
            None,
            [
                ("requested", "accepted", None),
                ("accepted", "in-progress", None),
                ("in-progress", "completed", None),
            ],
        ),
        (Answer.NOT_FOR_US, Reason.WAITLIST, [("requested", "rejected", "waitlist")]),
        (Answer.NO_SHOW, None, [("requested", "failed", "no_show")]),
    ],
)
def test_an_answer_is_the_legal_steps_that_lead_there(session, referral_id, answer, reason, steps):
    referral = replies.reply(session, referral_id, answer, reason=reason, now=NOW)
    assert [event[:3] for event in list_events(session, referral_id)] == steps
    assert (referral.status, referral.reason) == steps[-1][1:]


def test_who_came_can_be_helped_later(session, referral_id):
    replies.reply(session, referral_id, Answer.CAME, now=NOW)
    assert replies.reply(session, referral_id, Answer.HELPED, now=TOO_LATE).status == Status.COMPLETED


def test_a_partner_that_had_accepted_fails_instead_of_rejecting(session, referral_id):
    replies.reply(session, referral_id, Answer.CAME, now=NOW)
    referral = replies.reply(session, referral_id, Answer.NOT_FOR_US, reason=Reason.OUT_OF_AREA, now=NOW)
    assert (referral.status, referral.reason) == (Status.FAILED, Reason.OUT_OF_AREA)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer.NOT_FOR_US, None),
        (Answer.NOT_FOR_US, Reason.NO_SHOW),
        (Answer.HELPED, Reason.COSTS),
        (Answer.FORWARDED, None),
    ],
)
def test_no_answer_without_its_own_reason(session, referral_id, answer, reason):
    with pytest.raises(InvalidInput):
        replies.reply(session, referral_id, answer, reason=reason, now=NOW)
    assert list_events(session, referral_id) == []


@pytest.mark.parametrize("answer", [Answer.CAME, Answer.HELPED, Answer.NO_SHOW])
def test_the_same_answer_again_writes_nothing_and_later_is_refused(session, referral_id, answer):
    replies.reply(session, referral_id, answer, now=NOW)
    before = list_events(session, referral_id)
    replies.reply(session, referral_id, answer, now=LATER)
    assert list_events(session, referral_id) == before
    with pytest.raises(IllegalTransition):
        replies.reply(session, referral_id, answer, now=TOO_LATE)


def test_what_is_closed_does_not_open_by_another_answer(session, referral_id):
    replies.reply(session, referral_id, Answer.NO_SHOW, now=NOW)
    with pytest.raises(IllegalTransition):
        replies.reply(session, referral_id, Answer.HELPED, now=NOW)


# ── taking back ───────────────────────────────────────────────────────────────


def test_an_answer_is_taken_back_by_an_event_and_can_then_be_another(session, referral_id):
    replies.reply(session, referral_id, Answer.NO_SHOW, now=NOW)
    replies.take_back(session, referral_id, LATER)
    assert list_events(session, referral_id) == [
        ("requested", "failed", "no_show", None),
        ("failed", "requested", None, 1),
    ]
    assert replies.reply(session, referral_id, Answer.HELPED, now=LATER).status == Status.COMPLETED


def test_after_ten_minutes_nothing_is_taken_back(session, referral_id):
    with pytest.raises(TooLateToUndo):
        replies.take_back(session, referral_id, NOW)  # nothing was said
    replies.reply(session, referral_id, Answer.HELPED, now=NOW)
    with pytest.raises(TooLateToUndo):
        replies.take_back(session, referral_id, TOO_LATE)
    assert forget_moments(session, LATER) == 0
    assert forget_moments(session, TOO_LATE) == 1
    session.expire_all()
    assert session.get(Referral, referral_id).undo_until is None


def test_of_a_sensitive_topic_the_moment_is_forgotten(database, services):
    with database.begin() as session:
        referral = refer_once(session, "turn-9", is_sensitive=True)
        replies.reply(session, referral.id, Answer.HELPED, now=NOW)
        statement = select(ReferralEvent.at).where(ReferralEvent.actor == Actor.PARTNER)
        assert {moment.minute for moment in session.scalars(statement)} == {0}
        assert referral.undo_until is not None
        forget_moments(session, TOO_LATE)
        session.expire_all()
        assert session.get(Referral, referral.id).undo_until is None


# ── sending on ────────────────────────────────────────────────────────────────


def test_sending_on_closes_one_and_writes_the_next_with_its_parent(session, referral_id):
    child = replies.forward(session, referral_id, make_offer("tweede"), NOW)
    parent = session.get(Referral, referral_id)
    assert (parent.status, parent.reason) == (Status.REJECTED, Reason.REFERRED_ELSEWHERE)
    assert (child.parent_id, child.service_id, child.question_id) == (referral_id, "tweede", parent.question_id)
    assert child.shown_at == NOW
    assert child.code != parent.code
    assert child.slip_key != parent.slip_key
    assert replies.find_sent_on(session, parent).id == child.id


def test_ping_pong_is_a_trail(session, referral_id):
    second = replies.forward(session, referral_id, make_offer("tweede"), NOW)
    third = replies.forward(session, second.id, make_offer("spreekuur"), NOW)
    assert [one.service_id for one in replies.list_trail(session, third)] == ["spreekuur", "tweede", "spreekuur"]


def test_sending_on_twice_is_once_and_to_somebody_else_is_refused(session, referral_id):
    child = replies.forward(session, referral_id, make_offer("tweede"), NOW)
    assert replies.forward(session, referral_id, make_offer("tweede"), NOW).id == child.id
    with pytest.raises(IllegalTransition):
        replies.forward(session, child.parent_id, make_offer("derde"), NOW)


def test_nobody_sends_on_to_themselves(session, referral_id):
    with pytest.raises(InvalidInput):
        replies.forward(session, referral_id, make_offer("spreekuur"), NOW)


def test_taking_back_takes_the_next_one_along_until_its_partner_answers(session, referral_id):
    child = replies.forward(session, referral_id, make_offer("tweede"), NOW)
    replies.take_back(session, referral_id, NOW)
    assert child.status == Status.ENTERED_IN_ERROR
    again = replies.forward(session, referral_id, make_offer("tweede"), NOW)
    assert again.id != child.id
    replies.reply(session, again.id, Answer.CAME, now=NOW)
    with pytest.raises(TooLateToUndo):
        replies.take_back(session, referral_id, NOW)


# ── what opens a referral ─────────────────────────────────────────────────────


def get_by_code(session, code, now=NOW):
    return replies.get_by_code(session, code, days=60, now=now).id


def test_a_code_opens_its_referral_as_it_was_typed(session, referral_id):
    code = session.get(Referral, referral_id).code
    for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        assert get_by_code(session, typed) == referral_id


def test_a_code_with_a_wrong_character_is_told_from_one_that_does_not_exist(session, referral_id):
    code = session.get(Referral, referral_id).code
    wrong = code[:-1] + ("3" if code[-1] != "3" else "4")
    with pytest.raises(MistypedCode):
        get_by_code(session, wrong)
    with pytest.raises(UnknownCode):
        get_by_code(session, make_code())


def test_what_is_over_unseen_or_a_mistake_answers_like_what_does_not_exist(session, referral_id):
    referral = session.get(Referral, referral_id)
    last_day = NOW + timedelta(days=60)
    assert get_by_code(session, referral.code, last_day) == referral_id
    unseen = refer_once(session, "turn-2")
    mistake = refer_once(session, "turn-3")
    journal.mark_shown(session, mistake.id, NOW)
    journal.change_status(session, mistake, Status.ENTERED_IN_ERROR, actor=Actor.STAFF, reason=None, now=NOW)
    told = set()
    for code, now in (
        (make_code(), NOW),
        (referral.code, last_day + timedelta(seconds=1)),
        (unseen.code, NOW),
        (mistake.code, NOW),
    ):
        with pytest.raises(UnknownCode) as caught:
            get_by_code(session, code, now)
        told.add(str(caught.value))
    assert len(told) == 1


def test_a_link_and_a_slip_open_until_they_are_over(session, referral_id):
    key = session.get(Referral, referral_id).slip_key
    over = NOW + timedelta(days=61)
    for get, what in ((replies.get_by_id, referral_id), (replies.get_by_slip, key)):
        assert get(session, what, days=60, now=NOW).id == referral_id
        for wrong, now in ((what, over), ("nobody", NOW)):
            with pytest.raises(LinkExpired):
                get(session, wrong, days=60, now=now)
