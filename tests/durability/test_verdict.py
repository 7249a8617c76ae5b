"""The verdict finds what is wrong: one thing planted at a time."""

import json
from types import SimpleNamespace

import pytest

from referral.journal.statuses import Actor, Status
from tests.durability.ledger import Ledger
from tests.durability.verdict import (
    compare_events,
    compare_replies,
    compare_seen,
    find_doubled_turns,
    find_illegal,
    find_wrongly_swept,
)


def make_referral(code="AAAA-AAAA", *, shown=True, status=Status.REQUESTED, turn="turn"):
    return SimpleNamespace(id=code, code=code, shown_at=shown or None, status=status, turn_id=turn)


def make_steps(*statuses, actor=Actor.PARTNER):
    return [
        SimpleNamespace(sequence=number, from_status=before, to_status=after, actor=actor)
        for number, (before, after) in enumerate(zip((None, *statuses), statuses, strict=False), start=1)
    ]


@pytest.mark.parametrize(
    ("seen", "journal", "count"),
    [
        (["AAAA-AAAA"], [make_referral()], 0),
        (["AAAA-AAAA"], [], 1),
        (["AAAA-AAAA"], [make_referral(shown=False)], 1),
        ([], [make_referral()], 1),
        (["AAAA-AAAA"], [make_referral(), make_referral()], 1),
        (["AAAA-AAAA", "AAAA-AAAA"], [make_referral()], 1),
    ],
)
def test_what_was_seen_stands_once_and_what_stands_was_seen(seen, journal, count):
    assert len(compare_seen(Ledger(cards=seen), journal)) == count


def test_a_turn_has_one_referral_and_was_sent_by_somebody():
    ledger = Ledger(cards=["AAAA-AAAA"], turn_keys=["turn"])
    assert find_doubled_turns(ledger, [make_referral()]) == []
    assert len(find_doubled_turns(ledger, [make_referral(), make_referral("BBBB-BBBB")])) == 1
    assert len(find_doubled_turns(ledger, [make_referral(turn="another")])) == 1


@pytest.mark.parametrize(
    ("steps", "status", "count"),
    [
        (make_steps("requested", "accepted", "in-progress"), "in-progress", 0),
        (make_steps("requested", "completed"), "completed", 1),
        (make_steps("requested", "accepted"), "requested", 1),
        (make_steps("requested", "accepted")[1:], "accepted", 1),
    ],
)
def test_a_history_is_whole_and_legal(steps, status, count):
    referral = make_referral(status=status)
    assert len(find_illegal([referral], {referral.id: steps})) == count


@pytest.mark.parametrize(
    ("statuses", "count"),
    [
        (("accepted", "in-progress", "completed"), 0),
        (("accepted", "in-progress"), 1),
        (("accepted", "in-progress", "completed", "completed"), 1),
    ],
)
def test_a_reply_stands_once(statuses, count):
    referral = make_referral(status=Status(statuses[-1]))
    ledger = Ledger(replies=[(referral.code, "came"), (referral.code, "helped")])
    assert len(compare_replies(ledger, [referral], {referral.id: make_steps(*statuses)})) == count


def test_only_what_nobody_saw_is_swept():
    seen, unseen = make_referral("seen"), make_referral("unseen", shown=False)
    gone = Status.ENTERED_IN_ERROR
    right = {"seen": seen, "unseen": make_referral("unseen", status=gone)}
    assert find_wrongly_swept([seen, unseen], right) == []
    assert len(find_wrongly_swept([seen, unseen], {"seen": make_referral(status=gone), "unseen": unseen})) == 2


@pytest.mark.parametrize(
    ("numbers", "more", "count"),
    [
        ([1, 2, 3], b"", 0),
        ([1, 2, 2, 3], b"", 0),
        ([1, 2], b"", 1),
        ([1, 3, 2], b"", 1),
        ([1, 2, 3, 4], b"", 1),
        ([1, 2, 3], b'{"id"', 1),
    ],
)
def test_every_event_came_whole_and_in_order(tmp_path, numbers, more, count):
    lines = [json.dumps({"id": str(number), "sequence": str(number), "subject": "one"}) for number in numbers]
    (tmp_path / "events").write_bytes("\n".join(lines).encode() + b"\n" + more)
    assert len(compare_events(tmp_path / "events", {"1", "2", "3"})) == count
