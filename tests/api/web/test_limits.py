"""Nobody can ask too much, and nobody's address is kept for that."""

import pickle

import pytest

from api.web.limits import Limits
from referral.errors import TooManyRequests
from referral.settings import Settings
from tests.api.door import read_problem

ADDRESS = "192.0.2.7"


@pytest.fixture
def limits():
    return Limits(Settings(turns_per_minute=3, conversations_per_hour=2, reads_per_minute=4))


def test_turns_are_limited_by_the_conversation(limits):
    for _ in range(3):
        limits.check_turn("one")
    with pytest.raises(TooManyRequests) as raised:
        limits.check_turn("one")
    assert 1 <= raised.value.retry_after <= 61
    limits.check_turn("another")


def test_new_conversations_are_limited_by_the_address(limits):
    for _ in range(2):
        limits.check_conversation(ADDRESS)
    with pytest.raises(TooManyRequests) as raised:
        limits.check_conversation(ADDRESS)
    assert 60 < raised.value.retry_after <= 3601
    limits.check_conversation("192.0.2.8")
    limits.check_turn(ADDRESS)  # another kind of limit


def test_reading_is_limited_by_the_address(limits):
    for _ in range(4):
        limits.check_reading(ADDRESS)
    with pytest.raises(TooManyRequests) as raised:
        limits.check_reading(ADDRESS)
    assert 1 <= raised.value.retry_after <= 61
    limits.check_reading("192.0.2.8")
    limits.check_conversation(ADDRESS)


def test_who_reads_too_much_is_told_to_wait_and_can_still_chat(make_door):
    door = make_door(reads_per_minute=1)
    assert door.ask("GET", "/v1/topics").status_code == 200
    refused = door.ask("GET", "/v1/services")
    assert read_problem(refused) == (429, "too_many_requests")
    assert 1 <= int(refused.headers["retry-after"]) <= 61
    door.open()


def test_no_address_is_kept_and_its_hash_dies_with_the_process(limits):
    limits.check_conversation(ADDRESS)
    limits.check_turn("conversation-0001")
    storage = limits._limiter.storage
    kept = repr(vars(storage)) + repr(pickle.dumps(dict(storage.events)))
    assert storage.events
    assert ADDRESS not in kept
    assert "conversation-0001" not in kept
    other = Limits(Settings())
    other.check_conversation(ADDRESS)
    assert not set(other._limiter.storage.events) & set(storage.events)


def test_over_the_limit_is_429_with_the_seconds_to_wait(make_door):
    door = make_door(turns_per_minute=1, conversations_per_hour=1)
    conversation_id, _ = door.open()
    refused = door.ask("POST", "/v1/conversations", json={})
    assert read_problem(refused) == (429, "too_many_requests")
    assert int(refused.headers["retry-after"]) > 60
    door.say(conversation_id, "hallo")
    refused = door.send(conversation_id, text="hallo")
    assert read_problem(refused) == (429, "too_many_requests")
    assert 1 <= int(refused.headers["retry-after"]) <= 61
    # An emergency is answered all the same.
    assert door.say(conversation_id, "ik wil dood")["urgent"]["signal"] == "zelfdoding"


def test_an_address_is_not_logged_when_it_is_refused(make_door, caplog):
    door = make_door(conversations_per_hour=1)
    for _ in range(2):
        door.ask("POST", "/v1/conversations", json={})
    assert ADDRESS not in caplog.text


def test_only_codes_that_do_not_exist_count_and_their_address_is_not_kept(make_settings):
    limits = Limits(make_settings(codes_per_hour=2))
    for _ in range(5):
        limits.check_code(ADDRESS)
    for _ in range(2):
        limits.note_wrong_code(ADDRESS)
    with pytest.raises(TooManyRequests):
        limits.check_code(ADDRESS)
    limits.check_code("192.0.2.8")
    assert ADDRESS not in repr(vars(limits._limiter.storage))
