"""Every request has a number of ours, in its answer and in what is logged for it."""

import json
import logging


def test_every_answer_bears_a_number_of_its_own_and_not_the_one_that_was_sent(door):
    sent = {"X-Request-Id": "mine"}
    answers = [door.ask("GET", path, headers=sent) for path in ("/health/live", "/health/live", "/nowhere", "/zoek")]
    numbers = {answer.headers["x-request-id"] for answer in answers}
    assert len(numbers) == len(answers)
    assert "mine" not in numbers


def test_what_is_logged_for_a_request_bears_its_number(make_door, log):
    door = make_door()

    @door.app.get("/test/warns")
    def warn():
        logging.getLogger("api.somewhere").warning("look here")

    answer = door.ask("GET", "/test/warns")
    assert json.loads(log.getvalue())["request"] == answer.headers["x-request-id"]


def test_a_fault_of_ours_bears_one_too(make_door):
    door = make_door()

    @door.app.get("/test/breaks")
    def break_down():
        raise RuntimeError("111222333")

    answer = door.ask("GET", "/test/breaks")
    assert answer.status_code == 500
    assert answer.headers["x-request-id"]
