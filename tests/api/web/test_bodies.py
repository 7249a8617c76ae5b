"""A body larger than anything we ask for is refused before it is in memory, also when it does not tell its length."""

import json

import pytest

from api.web.bodies import MAX_BODY_BYTES
from tests.api.door import read_problem

HEADERS = {"Content-Type": "application/json"}
PATH = "/v1/conversations/some-id/messages"


async def stream(size, taken):
    """Yield a body of this size in pieces, without a Content-Length; count in `taken` how much was asked for."""
    for start in range(0, size, 64 * 1024):
        piece = b"x" * min(64 * 1024, size - start)
        taken.append(len(piece))
        yield piece


def test_the_limit_is_512_kilobytes():
    assert MAX_BODY_BYTES == 512 * 1024


def test_a_body_over_the_limit_is_413(door):
    answer = door.ask("POST", PATH, content=b"x" * (MAX_BODY_BYTES + 1), headers=HEADERS)
    assert read_problem(answer) == (413, "text_too_long")


def test_a_body_in_pieces_is_refused_as_soon_as_it_is_over(door):
    taken = []
    answer = door.ask("POST", PATH, content=stream(100 * MAX_BODY_BYTES, taken), headers=HEADERS)
    assert read_problem(answer) == (413, "text_too_long")
    assert sum(taken) <= MAX_BODY_BYTES + 64 * 1024


@pytest.mark.parametrize("size", [0, 1, MAX_BODY_BYTES])
def test_a_body_up_to_the_limit_is_read(door, size):
    answer = door.ask("POST", PATH, content=stream(size, []), headers=HEADERS)
    assert read_problem(answer) == (400, "invalid_input")  # it is no JSON, and that was looked at


def test_a_message_over_its_own_limit_is_413_too(door):
    conversation_id, _ = door.open()
    text = "a" * (door.settings.message_max_chars + 1)
    answer = door.send(conversation_id, text=text)
    assert len(json.dumps(text)) < MAX_BODY_BYTES
    assert read_problem(answer) == (413, "text_too_long")
