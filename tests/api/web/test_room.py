"""When more comes than can be done, the rest is told to come back; an emergency is served even then."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from api.web.limits import Limits
from api.web.room import LATEST, PLACES, SOONEST, Room
from referral.errors import Overloaded, TooManyRequests
from referral.settings import Settings
from tests.api.rasa_server import understand

EMERGENCY = "ik wil niet meer leven"


@pytest.fixture
def small(make_door, rasa):
    rasa.answer = understand({"say": "greet"})
    return make_door(turns_at_once=1, rasa_port=rasa.port)


def fill(room, places):
    """Return a stack that holds so many places of a room."""
    held = ExitStack()
    for _ in range(places):
        held.enter_context(room.take())
    return held


def check_refused(answer):
    assert answer.status_code == 429
    assert answer.json()["code"] == "overloaded"
    assert SOONEST <= int(answer.headers["retry-after"]) <= LATEST


def test_a_place_that_is_left_is_free():
    room = Room(2)
    for _ in range(5):
        with fill(room, 2), pytest.raises(Overloaded), room.take():
            raise AssertionError("there was no place")


def test_a_place_is_left_after_an_error_too():
    room = Room(1)
    for _ in range(3):
        with pytest.raises(KeyError), room.take():
            raise KeyError


def test_never_more_at_once_than_there_are_places():
    room, inside, most, lock = Room(3), 0, 0, threading.Lock()
    everybody = threading.Barrier(12)

    def come():
        nonlocal inside, most
        everybody.wait()
        try:
            with room.take():
                with lock:
                    inside += 1
                    most = max(most, inside)
                with lock:
                    inside -= 1
        except Overloaded:
            return 1
        return 0

    with ThreadPoolExecutor(12) as pool:
        refused = sum(future.result() for future in [pool.submit(come) for _ in range(12)])
    assert most <= 3
    assert refused <= 9


def test_a_turn_that_finds_no_place_is_told_to_come_back_and_is_taken_then(small):
    conversation, _ = small.open()
    with fill(small.app.state.limits.turns, 1):
        check_refused(small.send(conversation, "the-same-turn", text="ik wil huurtoeslag"))
    assert small.send(conversation, "the-same-turn", text="ik wil huurtoeslag").status_code == 200


def test_an_emergency_has_its_text_when_there_is_no_place_at_all(small):
    conversation, _ = small.open()
    with fill(small.app.state.limits.turns, 1), fill(small.app.state.limits.places, PLACES):
        answer = small.send(conversation, text=EMERGENCY)
        assert answer.status_code == 200
        assert answer.json()["urgent"]["signal"] == "zelfdoding"
        check_refused(small.ask("GET", "/v1/topics"))
        assert small.ask("GET", "/health/live").status_code == 200
    assert small.ask("GET", "/v1/topics").status_code == 200


def test_a_browser_gets_a_page_that_says_so(small):
    with fill(small.app.state.limits.places, PLACES):
        answer = small.ask("GET", "/account", headers={"Accept": "text/html"})
    assert answer.status_code == 429
    assert "heel druk" in answer.text
    assert int(answer.headers["retry-after"]) >= SOONEST


def test_of_what_can_be_guessed_at_each_process_allows_its_share():
    limits = Limits(Settings(sign_ins_per_minute=6, turns_per_minute=6, api_processes=3))
    for _ in range(2):
        limits.check_sign_in("192.0.2.1")
    with pytest.raises(TooManyRequests):
        limits.check_sign_in("192.0.2.1")
    for _ in range(6):
        limits.check_turn("conversation")
