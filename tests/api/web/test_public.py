"""What is public may be read by any page and kept for a minute; what is not stays as closed as it was."""

import pytest

from api.web.public import CACHE_CONTROL

PUBLIC = ["/v1/openapi.json", "/v1/topics", "/v1/services?q=voorbeeld", "/v1/partner-kinds"]
ORIGIN = {"Origin": "https://www.example.nl"}


@pytest.mark.parametrize("path", PUBLIC)
def test_what_is_public_may_be_read_from_any_page_and_kept(door, path):
    answer = door.ask("GET", path, headers=ORIGIN)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert answer.headers["Cache-Control"] == CACHE_CONTROL
    assert answer.headers["API-Version"]


@pytest.mark.parametrize("path", ["/", "/health/live", "/v1/conversations/gone", "/static/page.css", "/v1"])
def test_what_is_not_public_may_not(door, path):
    answer = door.ask("GET", path, headers=ORIGIN)
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "ETag" not in answer.headers or path.startswith("/static/")


def test_a_conversation_may_not_be_opened_from_another_page(door):
    asked = ORIGIN | {"Access-Control-Request-Method": "POST"}
    answer = door.ask("OPTIONS", "/v1/conversations", headers=asked)
    assert answer.status_code == 403
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_page_that_asks_first_may_get_and_nothing_else(door):
    asked = ORIGIN | {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match"}
    answer = door.ask("OPTIONS", "/v1/services", headers=asked)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Methods"] == "GET"
    assert answer.headers["Access-Control-Allow-Headers"] == "If-None-Match"


def test_a_problem_may_be_read_from_any_page_and_is_not_kept(door):
    answer = door.ask("GET", "/v1/services?page=0", headers=ORIGIN)
    assert answer.status_code == 400
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_who_has_it_already_gets_no_body(door, form):
    etag = door.ask("GET", "/v1/topics").headers["ETag"]
    answer = door.ask("GET", "/v1/topics", headers={"If-None-Match": form.format(etag)})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["ETag"] == etag
    assert answer.headers["Cache-Control"] == CACHE_CONTROL
    assert "content-length" not in answer.headers


@pytest.mark.parametrize("known", ["", '"other"', "no tag at all", '""'])
def test_who_has_something_else_gets_it_whole(door, known):
    answer = door.ask("GET", "/v1/topics", headers={"If-None-Match": known})
    assert answer.status_code == 200
    assert int(answer.headers["content-length"]) == len(answer.content) > 1000


def test_another_answer_has_another_tag(door):
    tags = {door.ask("GET", path).headers["ETag"] for path in PUBLIC}
    assert len(tags) == len(PUBLIC)
