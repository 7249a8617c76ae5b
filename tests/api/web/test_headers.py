"""The same security headers on every answer, whatever it is."""

import pytest

from api.web.headers import HEADERS
from tests.api.door import Door

CACHED = "Cache-Control"


@pytest.fixture(scope="module")
def broken(make_settings):
    made = Door(make_settings())

    @made.app.get("/broken")
    def break_down():
        raise KeyError("a bug")

    yield made
    made.close()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/static/page.css", 200),
        ("GET", "/static/gone.css", 404),
        ("GET", "/health/live", 200),
        ("GET", "/health/ready", 503),
        ("GET", "/v1/openapi.json", 200),
        ("POST", "/v1/conversations", 400),
        ("GET", "/v1/conversations/gone", 404),
        ("PUT", "/v1/conversations", 405),
        ("GET", "/no/such/page", 404),
        ("GET", "/broken", 500),
    ],
)
def test_every_answer_has_the_security_headers(broken, method, path, status):
    answer = broken.ask(method, path)
    assert answer.status_code == status
    wanted = {name: value for name, value in HEADERS.items() if name != CACHED}
    assert {name: answer.headers.get(name) for name in wanted} == wanted
    # Files of the page and what is public may be kept; all else is never kept on a shared computer.
    may_be_kept = path.startswith(("/static/", "/v1/openapi")) and status == 200
    assert (answer.headers[CACHED] == "no-store") is not may_be_kept


def test_browsers_come_back_by_https_only_where_that_is_the_address(make_door):
    name = "Strict-Transport-Security"
    assert name not in make_door().ask("GET", "/").headers
    answer = make_door(public_url="https://hulp.example.nl").ask("GET", "/nowhere")
    assert answer.headers[name] == "max-age=31536000; includeSubDomains"


def test_a_body_that_is_too_large_has_them_too(broken):
    answer = broken.ask("POST", "/v1/conversations", content=b"x" * (513 * 1024))
    assert answer.status_code == 413
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_nothing_of_elsewhere_is_allowed_and_nothing_inline():
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy


def test_the_answers_do_not_tell_what_they_are_made_with(broken):
    assert not {"server", "x-powered-by"} & set(broken.ask("GET", "/health/live").headers)
