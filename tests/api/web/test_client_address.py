"""A limit by address holds whatever a request says of where it comes from; only a proxy that is named is believed."""

import inspect
import itertools
from urllib.parse import urlencode

import httpx
import pytest
from pydantic import ValidationError
from starlette.requests import Request

from api.web.dependencies import get_address, limit_reading
from api.web.limits import Limits
from referral.journal.codes import make_code
from referral.settings import Settings
from tests.api.door import Door
from tests.api.proposals.conftest import IDO
from tests.api.proposals.test_proposals import list_keys
from tests.api.web.test_access import list_routes

NAMES = ("X-Forwarded-For", "X-Real-IP", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP", "X-Cluster-Client-IP")
numbers = itertools.count(1)
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
# Each limit by address: its setting, and a request that it counts.
LIMITED = {
    "check_conversation": ("conversations_per_hour", "POST", "/v1/conversations", {"json": {}}),
    "check_sign_in": ("sign_ins_per_minute", "POST", "/account/sign-in", {"content": "email=a%40x.nl&password=x"}),
    "check_reading": ("reads_per_minute", "GET", "/v1/topics", {}),
    "check_report": ("reports_per_hour", "POST", f"/klopt-niet/{IDO}", {"content": "remark=dicht"}),
    "check_code": ("codes_per_hour", "GET", f"/p/{make_code()}", {}),
}


def forge():
    """Return headers that say that a request comes from somewhere else, each time from another place."""
    address = f"198.51.100.{next(numbers) % 250}"
    return dict.fromkeys(NAMES, address) | {"Forwarded": f"for={address};proto=https;host=evil.example"}


def ask(door, method, path, request):
    headers = {**(FORM if "content" in request else {}), **forge()}
    return door.ask(method, path, **{**request, "headers": headers})


def test_every_limit_by_address_is_tried_here():
    by_address = {
        name
        for name, check in inspect.getmembers(Limits, inspect.isfunction)
        if name.startswith("check_") and "address" in inspect.signature(check).parameters
    }
    assert by_address == set(LIMITED)


@pytest.mark.parametrize("limit", sorted(LIMITED))
def test_no_header_makes_somebody_else_of_who_asks(make_door, limit):
    setting, method, path, request = LIMITED[limit]
    door = make_door(**{setting: 2})
    if limit == "check_report":
        fact = next(key for key in list_keys(door.ask("GET", path).text) if key.startswith("hours:"))
        request = {"content": f"{request['content']}&{urlencode({'fact': fact})}"}
    assert 429 not in [ask(door, method, path, request).status_code for _ in range(2)]
    assert ask(door, method, path, request).status_code == 429


def test_every_route_that_reads_for_everybody_is_limited_alike(make_settings):
    door = Door(make_settings(reads_per_minute=1))
    routes = [(method, path) for method, path, calls in list_routes(door.app) if limit_reading in calls]
    assert len(routes) > 20
    ask(door, "GET", "/v1/topics", {})
    filled = {(method, path.replace("{", "").replace("}", "")) for method, path in routes}
    answers = {one: ask(door, *one, {}).status_code for one in filled}
    door.close()
    assert {one: status for one, status in answers.items() if status != 429} == {}


@pytest.mark.parametrize(
    ("first", "second"),
    [("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"), ("192.0.2.7", "::ffff:192.0.2.7"), ("192.0.2.7", "192.0.2.7")],
)
def test_addresses_of_one_subscriber_are_one(first, second):
    assert read_address(first) == read_address(second)


@pytest.mark.parametrize(("first", "second"), [("2001:db8:1:2::1", "2001:db8:1:3::1"), ("192.0.2.7", "192.0.2.8")])
def test_addresses_of_others_are_others(first, second):
    assert read_address(first) != read_address(second)


def read_address(host):
    return get_address(Request({"type": "http", "client": (host, 1), "headers": []}))


def read_statuses(url, *forwarded):
    return [httpx.get(f"{url}/v1/topics", headers={"X-Forwarded-For": one}).status_code for one in forwarded]


@pytest.mark.slow
def test_the_door_as_it_runs_believes_nobody(start_real):
    assert read_statuses(start_real(reads_per_minute=2), "198.51.100.1", "198.51.100.2", "198.51.100.3") == [
        200,
        200,
        429,
    ]


@pytest.mark.slow
def test_of_what_a_named_proxy_says_only_its_own_word_counts(start_real):
    url = start_real(reads_per_minute=2, trusted_proxies="127.0.0.1")
    # The proxy writes who asked it at the end; what stands before that came from outside.
    assert read_statuses(url, "198.51.100.1", "198.51.100.2", "198.51.100.3") == [200, 200, 200]
    forged = [f"198.51.100.{number}, 203.0.113.9" for number in range(3)]
    assert read_statuses(url, *forged) == [200, 200, 429]


@pytest.mark.parametrize("value", ["*", "127.0.0.1, *", "proxy.example", "127.0.0.1/x"])
def test_everybody_cannot_be_named_a_proxy(value):
    with pytest.raises(ValidationError):
        Settings(trusted_proxies=value)
    assert Settings(trusted_proxies="127.0.0.1, 10.0.0.0/8").trusted_proxies
