"""Rasa's room cannot be patched any more, so nobody but our own door gets in: loopback only, and one way in."""

import socket

import httpx
import pytest

pytestmark = pytest.mark.slow
# Every address 127.x is of this machine, but only who listens on all addresses answers at this one.
OTHER = "127.0.0.2"


def is_open(address, port):
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex((address, port)) == 0


@pytest.mark.parametrize("name", ["rasa", "actions", "api"])
def test_nothing_listens_beyond_loopback(assistant, name):
    assert is_open("127.0.0.1", assistant.ports[name])
    assert not is_open(OTHER, assistant.ports[name])


def test_who_listens_everywhere_is_seen():
    with socket.create_server(("", 0)) as everywhere:
        assert is_open(OTHER, everywhere.getsockname()[1])


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/domain"),
        ("GET", "/status"),
        ("GET", "/conversations/x/tracker"),
        ("POST", "/conversations/x/trigger_intent"),
        ("POST", "/model/parse"),
        ("POST", "/model/train"),
        ("PUT", "/model"),
        ("DELETE", "/model"),
        ("POST", "/webhooks/rest/webhook"),
    ],
)
def test_rasa_has_no_api_of_its_own_and_no_other_channel(assistant, method, path):
    answer = httpx.request(method, f"http://127.0.0.1:{assistant.ports['rasa']}{path}")
    assert answer.status_code in (404, 405)


@pytest.mark.parametrize("name", ["rasa", "actions"])
def test_no_page_of_a_browser_may_ask_them(assistant, name):
    path = {"rasa": "/webhooks/door/", "actions": "/health"}[name]
    answer = httpx.get(f"http://127.0.0.1:{assistant.ports[name]}{path}", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers
