"""The log tells who of the staff came in and did what, and what was refused; and nothing that anybody typed."""

import json
import re

import pytest

from api.web import trail
from api.web.access import Rule
from tests.api.account.colleague import Colleague
from tests.api.account.conftest import MANAGER, NOOR, ZWOLLE, door, manager, noor  # noqa: F401  (fixtures)
from tests.api.web.test_access import list_routes

# What opens something by itself: of these no log tells.
KEYS = {"conversation_id", "upload_id"}


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch):
    monkeypatch.setattr(trail, "PAUSE", 0.0)


def read_lines(log):
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    return [line for line in lines if line["logger"] == "security"]


def test_who_signs_in_is_told_and_who_signs_out(door, log):  # noqa: F811
    colleague = Colleague(door)
    answer = colleague.sign_in(NOOR)
    colleague.post("/account/sign-out")
    came, went = read_lines(log)
    assert came["request"] == answer.headers["x-request-id"]
    assert came["at"].endswith("Z")
    assert (came["message"], came["level"]) == ("signed in", "info")
    assert (came["method"], came["route"], came["status"]) == ("POST", "/account/sign-in", 303)
    assert came["person"] == went["person"]
    assert (went["message"], went["route"]) == ("done", "/account/sign-out")


def test_who_is_not_let_in_is_told_without_what_was_typed(door, log):  # noqa: F811
    Colleague(door).sign_in("111222333@x.nl", "geheim-111222333")
    (line,) = read_lines(log)
    assert (line["message"], line["route"], line["status"]) == ("refused", "/account/sign-in", 401)
    assert "person" not in line
    assert "111222333" not in log.getvalue()


def test_what_a_manager_does_is_told_with_to_whom(door, manager, log):  # noqa: F811
    page = manager.get("/account/people").text
    person_id = next(one for one in re.findall(r'href="/account/people/([\w-]+)"', page))
    manager.post(f"/account/people/{person_id}/grant", {"role": "editor", "scope": f"library:{ZWOLLE}"})
    (line,) = read_lines(log)
    assert (line["message"], line["route"]) == ("done", "/account/people/{person_id}/grant")
    assert line["about"] == {"person_id": person_id}
    assert line["person"]


def test_what_did_not_succeed_is_told_as_that(manager, log):  # noqa: F811
    manager.post("/account/people", {"name": "", "email": "x", "role": "editor", "scope": f"library:{ZWOLLE}"})
    (line,) = read_lines(log)
    assert (line["message"], line["status"]) == ("not done", 400)


def test_what_somebody_may_not_do_is_told_with_who_it_was(door, noor, log):  # noqa: F811
    noor.get("/account/people")
    noor.post("/account/sessions/end", **{"Sec-Fetch-Site": "cross-site"})
    first, second = read_lines(log)
    assert (first["message"], first["status"], first["route"]) == ("refused", 403, "/account/people")
    assert first["person"]
    assert (second["status"], "person" in second) == (403, False)


def test_reading_is_not_told(door, noor, log):  # noqa: F811
    noor.get("/account")
    door.ask("GET", "/zoek")
    assert read_lines(log) == []


def test_a_flood_of_refusals_is_one_line_a_second(door, log, monkeypatch):  # noqa: F811
    monkeypatch.setattr(trail, "PAUSE", 60.0)
    for _ in range(3):
        Colleague(door).sign_in("niemand@x.nl")
    assert len(read_lines(log)) == 1


def test_every_part_of_an_address_of_staff_is_a_record_or_a_key(door):  # noqa: F811
    names = {
        name
        for method, path, calls in list_routes(door.app)
        if method == "POST" and any(isinstance(call, Rule) for call in calls)
        for name in re.findall(r"{(\w+)", path)
    }
    assert names
    assert names <= trail.RECORDS | KEYS
    assert not trail.RECORDS & KEYS
