"""The door asks Rasa for a turn; whatever goes wrong there is one error, and soon."""

import socket
import threading
import time
from datetime import date

import pytest

from api.web.rasa import RasaClient
from referral.errors import AssistantUnavailable
from referral.settings import Settings
from tests.api.rasa_server import understand
from tests.postgres import find_free_port

TODAY = date(2026, 11, 24)
SLOTS = {"topic": None, "place": "Zwolle"}


@pytest.fixture
def client(rasa):
    made = RasaClient(Settings(rasa_port=rasa.port, rasa_url="", rasa_processes=1))
    yield made
    made.close()


def test_a_turn_is_asked_with_its_slots_and_understood(client, rasa):
    rasa.answer = understand({"say": "greet"}, {"card": "r-1"}, topic="huurtoeslag", misses=1)
    understood = client.run_turn("turn-1", SLOTS, {"text": "hallo"}, TODAY)
    assert rasa.asked == [{"turn_id": "turn-1", "today": "2026-11-24", "slots": SLOTS, "text": "hallo"}]
    assert understood.messages == ({"say": "greet"}, {"card": "r-1"})
    assert understood.slots == {"topic": "huurtoeslag", "misses": 1}
    assert (understood.intent, understood.confidence) == ("huurtoeslag", 0.8)


def test_of_what_rasa_is_not_sure_of_the_confidence_is_that_of_the_likeliest(client, rasa):
    rasa.answer = understand({"say": "greet"}) | {"intent": {"name": "nlu_fallback", "confidence": 0.3}}
    understood = client.run_turn("turn-1", SLOTS, {"text": "hallo"}, TODAY)
    assert (understood.intent, understood.confidence) == ("nlu_fallback", 0.8)


def test_a_button_is_asked_as_an_intent(client, rasa):
    rasa.answer = understand({"say": "greet"})
    client.run_turn("turn-1", SLOTS, {"intent": "inform_place", "entities": {"place": "Elst (Rhenen)"}}, TODAY)
    assert rasa.asked[0]["entities"] == {"place": "Elst (Rhenen)"}


# Rasa fails with 200 and nothing to say (TRAPS.md).
@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (500, understand({"say": "greet"})),
        (404, b""),
        (200, b""),
        (200, b"<html>"),
        (200, b"[]"),
        (200, b"null"),
        (200, {}),
        (200, understand()),
        (200, {"messages": [{"say": "greet"}]}),
        (200, {"messages": [{"say": "greet"}], "slots": {}, "intent": None, "ranking": []}),
        (200, {**understand({"say": "greet"}), "ranking": None}),
    ],
)
def test_an_answer_that_is_none_is_an_error(client, rasa, status, answer):
    rasa.status, rasa.answer = status, answer
    with pytest.raises(AssistantUnavailable):
        client.run_turn("turn-1", SLOTS, {"text": "hallo"}, TODAY)


def test_rasa_that_is_not_there_is_an_error():
    client = RasaClient(Settings(rasa_port=find_free_port(), rasa_url="", rasa_processes=1))
    with pytest.raises(AssistantUnavailable, match="ConnectError"):
        client.run_turn("turn-1", SLOTS, {"text": "hallo"}, TODAY)
    assert not client.is_ready()
    client.close()


def test_rasa_that_does_not_answer_in_time_is_an_error():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        client = RasaClient(
            Settings(rasa_port=silent.getsockname()[1], rasa_url="", rasa_processes=1, turn_deadline=0.2)
        )
        started = time.monotonic()
        with pytest.raises(AssistantUnavailable, match="ReadTimeout"):
            client.run_turn("turn-1", SLOTS, {"text": "hallo"}, TODAY)
        assert time.monotonic() - started < 2
        client.close()


def test_an_error_does_not_tell_what_was_asked(client, rasa):
    rasa.status = 500
    with pytest.raises(AssistantUnavailable) as raised:
        client.run_turn("turn-1", SLOTS, {"text": "mijn bsn is 111222333"}, TODAY)
    assert "111222333" not in str(raised.value)


def test_a_text_is_ranked_without_a_conversation(client, rasa):
    rasa.answer = {"ranking": [{"name": "boete", "confidence": 0.7}, {"name": "digid", "confidence": 0.1}]}
    ranked = client.rank("een boete", seconds=1)
    assert [(one.name, one.confidence) for one in ranked] == [("boete", 0.7), ("digid", 0.1)]
    assert rasa.asked == [{"text": "een boete"}]
    rasa.answer = {"ranking": None}
    with pytest.raises(AssistantUnavailable):
        client.rank("een boete", seconds=1)


def test_rasa_that_answers_is_ready(client):
    assert client.is_ready()


def test_when_one_rasa_is_gone_another_gets_the_message(rasa):
    rasa.answer = understand({"say": "greet"})
    nobody = f"http://127.0.0.1:{find_free_port()}"
    client = RasaClient(Settings(rasa_url=f"{nobody} http://127.0.0.1:{rasa.port} {nobody}"))
    for number in range(3):
        assert client.run_turn(f"turn-{number}", SLOTS, {"text": "hallo"}, TODAY).messages == ({"say": "greet"},)
    assert client.is_ready()
    assert [asked["turn_id"] for asked in rasa.asked] == ["turn-0", "turn-1", "turn-2"]
    client.close()


def test_several_rasas_take_turns(rasa):
    rasa.answer = understand({"say": "greet"})
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        client = RasaClient(Settings(rasa_url=f"http://127.0.0.1:{rasa.port} {url}", turn_deadline=0.2))
        client.run_turn("turn-1", SLOTS, {"text": "hallo"}, TODAY)
        with pytest.raises(AssistantUnavailable, match="ReadTimeout"):
            client.run_turn("turn-2", SLOTS, {"text": "hallo"}, TODAY)
        client.close()
    assert len(rasa.asked) == 1


def test_a_rasa_that_goes_away_in_the_middle_leaves_the_message_to_the_next(rasa):
    rasa.answer = understand({"say": "greet"})
    with socket.create_server(("127.0.0.1", 0)) as quitter:

        def quit_on_the_first():
            with quitter.accept()[0] as caller:
                caller.recv(1)

        thread = threading.Thread(target=quit_on_the_first)
        thread.start()
        urls = f"http://127.0.0.1:{quitter.getsockname()[1]} http://127.0.0.1:{rasa.port}"
        client = RasaClient(Settings(rasa_url=urls))
        assert client.run_turn("turn-1", SLOTS, {"text": "hallo"}, TODAY).messages
        thread.join()
        client.close()
