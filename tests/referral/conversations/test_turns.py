"""One turn at a time, one reply a turn."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from referral.conversations import service as conversations
from referral.conversations.service import TURN_LEASE, Said, make_turn_key
from referral.models.base import make_id
from referral.models.conversation import Message
from referral.settings import get_settings
from tests.clock import TUESDAY
from tests.referral.conversations.conftest import open_one

NOW = TUESDAY
REPLY = {"messages": [{"text": "Hallo"}]}


def take(database, conversation_id, turn_id, now=NOW):
    with database.begin() as session:
        return conversations.take_turn(session, conversation_id, turn_id, now)


def finish(database, conversation_id, turn_id):
    with database.begin() as session:
        conversation = conversations.get_conversation(session, conversation_id)
        message = conversations.record_message(session, conversation_id, Said(turn_id=turn_id), NOW)
        conversations.finish_turn(session, conversation, message, REPLY)


def test_a_second_turn_waits_for_the_first(database, conversation_id):
    assert take(database, conversation_id, "turn-1")
    assert not take(database, conversation_id, "turn-2")
    finish(database, conversation_id, "turn-1")
    assert take(database, conversation_id, "turn-2")


def test_the_same_turn_again_may_run_again(database, conversation_id):
    assert take(database, conversation_id, "turn-1")
    assert take(database, conversation_id, "turn-1", NOW + timedelta(seconds=3))
    assert not take(database, conversation_id, "turn-2", NOW + timedelta(seconds=3))


def test_a_turn_of_one_conversation_does_not_stop_another(database, conversation_id):
    with database.begin() as session:
        neighbour = open_one(session)
    assert take(database, conversation_id, "turn-1")
    assert take(database, neighbour, "turn-2")


@pytest.mark.parametrize(
    ("after", "may_run"),
    [(timedelta(), False), (TURN_LEASE, False), (TURN_LEASE + timedelta(milliseconds=1), True)],
)
def test_a_process_that_died_gives_the_turn_back_by_the_clock(database, conversation_id, after, may_run):
    assert take(database, conversation_id, "turn-1")
    assert take(database, conversation_id, "turn-2", NOW + after) is may_run


def test_the_lease_is_longer_than_any_turn_can_take():
    assert timedelta(seconds=2 * get_settings().turn_deadline) < TURN_LEASE


def test_a_conversation_that_is_gone_has_no_turns(database):
    assert not take(database, "gone", "turn-1")


def test_of_many_turns_at_once_exactly_one_runs(database, conversation_id):
    start = threading.Barrier(8)
    taken = []

    def try_to_take(turn_id):
        start.wait()
        if take(database, conversation_id, turn_id):
            taken.append(turn_id)

    threads = [threading.Thread(target=try_to_take, args=(f"turn-{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 1


# ── what was said, and the reply ──────────────────────────────────────────────


def test_the_same_turn_is_one_message_with_one_reply(database, conversation_id):
    said = Said(turn_id="turn-1", text="hallo")
    with database.begin() as session:
        first = conversations.record_message(session, conversation_id, said, NOW).id
    with database.begin() as session:
        again = conversations.record_message(session, conversation_id, said, NOW + timedelta(seconds=9))
        assert (again.id, again.text, again.created_at) == (first, "hallo", NOW)
        assert conversations.find_reply(session, conversation_id, "turn-1") is None
    finish(database, conversation_id, "turn-1")
    with database.read() as session:
        assert conversations.find_reply(session, conversation_id, "turn-1") == REPLY
        assert session.scalar(select(func.count()).select_from(Message)) == 1


def test_the_database_itself_refuses_a_turn_twice(database, conversation_id):
    def write():
        with database.begin() as session:
            session.add(Message(id=make_id(), conversation_id=conversation_id, turn_id="turn-1", created_at=NOW))

    write()
    with pytest.raises(IntegrityError):
        write()


def test_the_same_turn_id_in_two_conversations_is_two_turns(database, conversation_id):
    with database.begin() as session:
        neighbour = open_one(session)
    finish(database, conversation_id, "turn-1")
    with database.read() as session:
        assert conversations.find_reply(session, neighbour, "turn-1") is None
    assert make_turn_key(conversation_id, "turn-1") != make_turn_key(neighbour, "turn-1")
    assert make_turn_key(conversation_id, "turn-1") == make_turn_key(conversation_id, "turn-1")


def test_only_turns_that_were_answered_are_found_back_oldest_first(database, conversation_id):
    with database.begin() as session:
        conversation = conversations.get_conversation(session, conversation_id)
        for number in (2, 1, 3):
            said = Said(turn_id=f"turn-{number}")
            message = conversations.record_message(session, conversation_id, said, NOW + timedelta(seconds=number))
            if number < 3:
                conversations.finish_turn(session, conversation, message, {"number": number})
    with database.read() as session:
        assert [turn.reply for turn in conversations.list_turns(session, conversation_id)] == [
            {"number": 1},
            {"number": 2},
        ]
        assert conversations.find_last_reply(session, conversation_id) == {"number": 2}


def test_before_anything_was_said_there_is_no_last_reply(database, conversation_id):
    with database.read() as session:
        assert conversations.find_last_reply(session, conversation_id) is None
