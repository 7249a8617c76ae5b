"""Every error is translated once: a status, a stable code, and nothing of what somebody typed."""

import json
import re

import pytest

from api.web.problems import STATUSES
from referral import errors
from tests.api.door import read_problem

TYPED = "mijn bsn is 111222333"


def list_errors(kind=errors.OmDeHoekError):
    """Return the whole tree of errors."""
    return [kind, *(found for child in kind.__subclasses__() for found in list_errors(child))]


OURS = [kind for kind in list_errors() if kind.__module__ == errors.__name__]


def make_error(kind):
    if kind is errors.AmbiguousPlace:
        return kind(["Elst (Rhenen)"])
    return kind(42) if kind is errors.TooManyRequests else kind("no such thing")


def find_status(kind):
    return next(STATUSES[one] for one in kind.__mro__ if one in STATUSES)


@pytest.fixture(scope="module")
def broken(make_settings):
    """A door with a route that raises whatever is put in `error`."""
    from tests.api.door import Door  # noqa: PLC0415  (a route of its own must not stay in the door of the session)

    made = Door(make_settings())
    made.error = None

    @made.app.get("/broken")
    def break_down():
        raise made.error

    yield made
    made.close()


def test_every_error_has_a_status_and_only_bugs_are_our_fault():
    assert len(OURS) >= 15
    statuses = {kind.__name__: find_status(kind) for kind in OURS}
    assert {name for name, status in statuses.items() if status == 500} == {"OmDeHoekError"}
    assert all(400 <= status < 600 for status in statuses.values())


def test_every_error_has_a_code_of_its_own_that_the_tree_shows():
    codes = [kind.code for kind in OURS]
    assert len(set(codes)) == len(codes)
    for kind in OURS[1:]:
        assert re.search(rf"{kind.__name__}\b.*\b{kind.code}$", errors.__doc__, re.MULTILINE), kind


@pytest.mark.parametrize("kind", OURS)
def test_an_error_becomes_problem_json(broken, kind):
    broken.error = make_error(kind)
    answer = broken.ask("GET", "/broken")
    assert read_problem(answer) == (find_status(kind), kind.code)
    assert ("retry-after" in answer.headers) == issubclass(kind, errors.TooManyRequests)


def test_over_a_limit_it_says_when_to_come_back(broken):
    broken.error = errors.TooManyRequests(42)
    assert broken.ask("GET", "/broken").headers["retry-after"] == "42"


def test_a_name_that_several_places_bear_comes_with_the_choices(broken):
    broken.error = errors.AmbiguousPlace(["Elst (Rhenen)", "Elst (Overbetuwe)"])
    assert broken.ask("GET", "/broken").json()["choices"] == ["Elst (Rhenen)", "Elst (Overbetuwe)"]


def test_a_bug_is_an_error_that_tells_nothing(broken):
    broken.error = KeyError(TYPED)
    answer = broken.ask("GET", "/broken")
    assert read_problem(answer) == (500, "error")
    assert "111222333" not in answer.text


WRONG_TURNS = [
    {"turnId": "turn-0001"},
    {"turnId": "turn-0001", "text": TYPED, "buttonId": TYPED},
    {"turnId": TYPED, "text": "hallo"},
    {"turnId": "kort", "text": TYPED},
    {"turnId": "turn-0001", "text": [TYPED]},
    {"turnId": "turn-0001", "text": "hallo", TYPED: TYPED},
    {"turnId": "turn-0001", "buttonId": TYPED * 10},
    {"text": TYPED},
    [TYPED],
    TYPED,
    None,
]


@pytest.mark.parametrize("turn", WRONG_TURNS)
def test_what_cannot_be_read_is_400_and_is_not_repeated(door, turn):
    answer = door.ask("POST", "/v1/conversations/some-id/messages", json=turn)
    assert read_problem(answer) == (400, "invalid_input")
    assert "111222333" not in answer.text
    assert all(set(wrong) == {"field", "rule"} for wrong in answer.json()["errors"])


@pytest.mark.parametrize("body", [b"", b"{", f'{{"text": "{TYPED}'.encode(), b"\xff\xfe", b"null"])
def test_what_is_no_json_is_400_and_is_not_repeated(door, body):
    headers = {"Content-Type": "application/json"}
    answer = door.ask("POST", "/v1/conversations/some-id/messages", content=body, headers=headers)
    assert read_problem(answer) == (400, "invalid_input")
    assert "111222333" not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "problem"),
    [
        ("GET", "/no/such/page", (404, "not_found")),
        ("GET", "/static/", (404, "not_found")),
        ("PUT", "/v1/conversations", (405, "method_not_allowed")),
        ("TRACE", "/v1/topics", (405, "method_not_allowed")),
        ("GET", "/v1/conversations/gone", (404, "unknown_conversation")),
        ("DELETE", "/v1/conversations/gone", (404, "unknown_conversation")),
        ("GET", "/v1/conversations/" + "x" * 65, (400, "invalid_input")),
    ],
)
def test_what_is_not_there_is_a_problem_too(door, method, path, problem):
    assert read_problem(door.ask(method, path)) == problem


def test_the_description_of_the_api_promises_problems_and_no_422(door):
    operations = [
        operation
        for path in door.ask("GET", "/v1/openapi.json").json()["paths"].values()
        for operation in path.values()
    ]
    assert len(operations) >= 4
    for operation in operations:
        assert "422" not in operation["responses"]
        assert "application/problem+json" in json.dumps(operation["responses"])


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/v1/conversations/some-id", {"GET", "DELETE"}),
        ("/v1/conversations/some-id/person", {"GET", "DELETE"}),
        ("/v1/conversations", {"POST"}),
        ("/hsds/services", {"GET", "POST"}),
    ],
)
def test_a_wrong_method_is_told_all_that_are_right(door, path, methods):
    answer = door.ask("PATCH", path)
    assert read_problem(answer) == (405, "method_not_allowed")
    assert set(answer.headers["allow"].split(", ")) - {"HEAD"} == methods
