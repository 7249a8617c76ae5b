"""The point of an address, asked of a server on loopback that answers as PDOK's `/free` does."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from api.editor.locatieserver import Point, find_point
from referral.errors import AddressesUnavailable
from tests.api.account.colleague import add_person, read_note
from tests.api.editor.conftest import EDITOR, PAGE, change, get_value, read_form, sign_in
from tests.postgres import find_free_port

ADDRESS = "Voorbeeldbrink 2, 7731ZZ Ommen"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.server.asked.append((parts.path, asked))
        hit = {"weergavenaam": ADDRESS, "centroide_ll": "POINT(6.42118765 52.52081234)"}
        docs = [hit] if "Voorbeeldbrink" in asked["q"] else []
        found = {"response": {"numFound": len(docs), "start": 0, "maxScore": 7.1, "docs": docs}}
        body = self.server.body or json.dumps(found).encode()
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def addresses():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked, server.status, server.body = [], 200, b""
    server.url = f"http://127.0.0.1:{server.server_address[1]}/search/v3_1"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_the_best_hit_is_the_point(addresses):
    assert find_point(addresses.url, "Voorbeeldbrink 2", "7731 ZZ", "Ommen") == Point(52.52081234, 6.42118765, ADDRESS)
    ((path, asked),) = addresses.asked
    assert path == "/search/v3_1/free"
    assert (asked["q"], asked["fq"], asked["rows"]) == ("Voorbeeldbrink 2 7731 ZZ Ommen", "type:adres", "1")


def test_an_address_that_is_not_found_has_no_point(addresses):
    assert find_point(addresses.url, "Nergens 1", "0000 AA", "Weg") is None


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (503, b""),
        (200, b"<html>"),
        (200, b"[]"),
        (200, b'{"response": {"docs": [{"weergavenaam": "x"}]}}'),
        (200, b'{"response": {"docs": [{"weergavenaam": "x", "centroide_ll": "POINT(a b)"}]}}'),
    ],
)
def test_a_server_that_makes_no_sense_is_unavailable(addresses, status, body):
    addresses.status, addresses.body = status, body
    with pytest.raises(AddressesUnavailable):
        find_point(addresses.url, "Voorbeeldbrink 2", "7731 ZZ", "Ommen")


@pytest.fixture
def ask_point(make_door, tuesday):
    """A function that presses the button with these settings, and returns the page and its fields."""

    def ask(url, **texts):
        door = make_door(sign_ins_per_minute=1_000, locatieserver_url=url)
        add_person(door, EDITOR, "editor municipality:GM0175")
        noor = sign_in(door, EDITOR)
        answer = noor.post(PAGE, change(read_form(noor.get(PAGE)), "point", **texts))
        return read_note(answer.text), read_form(answer)

    return ask


def test_the_button_fills_in_the_point_and_says_which_address(addresses, ask_point):
    said, pairs = ask_point(addresses.url, place__0__latitude="", place__0__longitude="")
    assert ADDRESS in said
    assert get_value(pairs, "place.0.latitude") == "52.52081234"
    assert get_value(pairs, "place.0.longitude") == "6.42118765"


def test_an_address_that_is_not_found_keeps_what_was_typed(addresses, ask_point):
    said, pairs = ask_point(addresses.url, place__0__street="Nergens 1", place__0__latitude="52.5")
    assert "vonden dit adres niet" in said
    assert get_value(pairs, "place.0.latitude") == "52.5"


def test_without_a_server_the_editor_is_told_how_to_go_on(ask_point):
    said, pairs = ask_point("", service__how="Bel eerst.")
    assert "staat hier uit" in said
    assert get_value(pairs, "service.how") == "Bel eerst."


def test_a_server_that_is_down_loses_nothing(ask_point):
    said, pairs = ask_point(f"http://127.0.0.1:{find_free_port()}", service__how="Bel eerst.")
    assert "lukt nu niet" in said
    assert get_value(pairs, "service.how") == "Bel eerst."
