"""What Prometheus is told: how turns end and how long they take; nothing of what was asked."""

import socket
import urllib.request

import pytest
from prometheus_client import REGISTRY, generate_latest

from api.web import metrics
from api.web.room import Room
from referral.errors import Overloaded
from tests.api.rasa_server import understand
from tests.postgres import find_free_port


def read(name, **labels):
    return REGISTRY.get_sample_value(name, labels) or 0


@pytest.fixture
def count():
    """Counts how much a figure grew since the test began."""
    before = {}

    def grown(name, **labels):
        return read(name, **labels) - before.get((name, *labels.items()), 0)

    for metric in REGISTRY.collect():
        for sample in metric.samples:
            before[(sample.name, *sample.labels.items())] = sample.value
    return grown


def test_a_turn_is_counted_by_how_it_ended_and_timed_by_stage(make_door, rasa, count):
    door = make_door(rasa_port=rasa.port)
    rasa.answer = understand({"say": "greet"})
    conversation_id, _ = door.open()
    for _ in range(2):
        door.say(conversation_id, "hallo", turn_id="5" * 32)
    rasa.answer = understand({"say": "greet"}) | {"intent": {"name": "nlu_fallback", "confidence": 0.7}}
    door.say(conversation_id, "hm")
    rasa.status = 500
    door.say(conversation_id, "hallo?")
    door.say(conversation_id, "mijn man slaat mij")
    ended = {"understood": 1, "again": 1, "unsure": 1, "without_rasa": 1, "emergency": 1, "silent": 0}
    assert {kind: count("omdehoek_turns_total", ended=kind) for kind in ended} == ended
    stages = {"whole": 4, "read": 4, "begin": 4, "rasa": 3, "finish": 3}
    assert {stage: count("omdehoek_turn_seconds_count", stage=stage) for stage in stages} == stages


def test_of_what_is_typed_the_confidence_is_told_and_not_of_a_button(make_door, rasa, count):
    door = make_door(rasa_port=rasa.port)
    conversation_id, welcome = door.open()
    rasa.answer = understand({"say": "greet"})
    door.say(conversation_id, "huurtoeslag")
    assert count("omdehoek_triage_confidence_count") == 1
    assert count("omdehoek_triage_confidence_bucket", le="0.8") == 1
    assert count("omdehoek_triage_confidence_bucket", le="0.7") == 0
    door.press(conversation_id, welcome, welcome["buttons"][0]["label"])
    assert count("omdehoek_triage_confidence_count") == 1


def test_a_request_is_told_by_its_route_and_never_by_its_address(door, count):
    door.ask("GET", "/v1/topics/digid")
    door.ask("GET", "/v1/topics/111222333")
    door.ask("GET", "/nobody/was/here/111222333")
    door.ask("111222333", "/zoek")
    route = "/v1/topics/{topicId}"
    assert count("omdehoek_request_seconds_count", route=route, method="GET", status="200") == 1
    assert count("omdehoek_request_seconds_count", route=route, method="GET", status="404") == 1
    assert count("omdehoek_request_seconds_count", route="other", method="GET", status="404") == 1
    assert count("omdehoek_request_seconds_count", route="/zoek", method="other", status="405") == 1
    assert b"111222333" not in generate_latest()


def test_who_finds_no_place_is_counted(count):
    room = Room(1)
    with room.take(), pytest.raises(Overloaded), room.take():
        pass
    assert count("omdehoek_shed_total") == 1


def test_what_fails_is_timed_too(count):
    with pytest.raises(ValueError, match="so it is"), metrics.timed("rasa"):
        raise ValueError("so it is")
    assert count("omdehoek_turn_seconds_count", stage="rasa") == 1


def test_they_are_served_on_a_port_of_loopback(make_settings):
    free_port = find_free_port()
    metrics.serve_metrics(make_settings(metrics_port=free_port))
    with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/metrics") as answer:
        assert b"omdehoek_turns_total" in answer.read()


def test_without_a_port_nothing_listens(make_settings, monkeypatch):
    monkeypatch.setattr(metrics, "start_http_server", None)  # cannot be called
    metrics.serve_metrics(make_settings())


def test_a_port_that_is_taken_keeps_no_process_from_its_work(make_settings, caplog):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        metrics.serve_metrics(make_settings(metrics_port=taken.getsockname()[1]))
    assert "no metrics on port" in caplog.text
