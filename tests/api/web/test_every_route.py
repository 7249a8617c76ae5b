"""Of every route there is, and of every way in which it fails: the headers, the cookies, and no other site's forms."""

import re

import pytest
from starlette.routing import Mount

from api.web.headers import HEADERS
from api.web.origin import SAFE_METHODS
from tests.api.account.colleague import Colleague, add_person
from tests.api.door import Door
from tests.api.web.test_access import list_routes

# What may be kept says so itself; what is shown inside another site's page says by whom.
OWN = {"Cache-Control", "Content-Security-Policy", "Referrer-Policy"}
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
# These are asked by programs and by the chat on other sites, carry no cookie and need none.
WITHOUT_SESSION = ("/v1/", "/hsds")


@pytest.fixture(scope="module")
def wide_door(make_settings):
    wide = dict.fromkeys(
        ("reads_per_minute", "sign_ins_per_minute", "codes_per_hour", "conversations_per_hour"), 100_000
    )
    made = Door(make_settings(**wide))
    add_person(made, "noor@x.nl", "manager country", "editor country", "staff country", "analyst country")
    yield made
    made.close()


@pytest.fixture(scope="module")
def noor(wide_door):
    colleague = Colleague(wide_door)
    colleague.sign_in("noor@x.nl")
    assert colleague.token
    return colleague


def fill(path):
    """Return a path with something for each part of it."""
    return re.sub(r"{[^}]*}", "geen-1", path)


def list_all(app):
    """Return (method, path) of every route; a folder of files is asked for a file that is not there."""
    for method, path, _ in list_routes(app):
        yield ("GET", f"{path}/geen.css") if method == "*" else (method, fill(path))


def find_faults(answer):
    """Return the headers that are missing or weaker than ours."""
    faults = {name for name, value in HEADERS.items() if name not in OWN and answer.headers.get(name) != value}
    policy = answer.headers.get("content-security-policy", "")
    wanted = ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors ")
    if not all(part in policy for part in wanted) or "unsafe" in policy:
        faults.add("Content-Security-Policy")
    # On pages with a form the browser has to tell us, and us only, where it comes from.
    if answer.headers.get("referrer-policy") not in ("no-referrer", "same-origin"):
        faults.add("Referrer-Policy")
    if "cache-control" not in answer.headers:
        faults.add("Cache-Control")
    return faults


def test_every_route_answers_with_the_headers_signed_in_or_not(wide_door, noor):
    routes = sorted(set(list_all(wide_door.app)))
    assert len(routes) > 150
    faults = {}
    for method, path in routes:
        headers = {**FORM, "Sec-Fetch-Site": "same-origin"}
        anonymous = wide_door.ask(method, path, headers=headers)
        # What changes something is not sent as who is signed in: it would.
        answers = [anonymous, noor.get(path)] if method == "GET" else [anonymous]
        found = set().union(*(find_faults(one) for one in answers))
        if found or any(one.status_code >= 500 for one in answers if path != "/health/ready"):
            faults[method, path] = (found, [one.status_code for one in answers])
    assert faults == {}


def test_every_file_of_the_pages_has_them(wide_door):
    folders = {
        path: route.app
        for route in wide_door.app.routes
        if isinstance(route, Mount) and (path := route.path).startswith("/static")
    }
    files = [
        f"{path}/{file.relative_to(folder.directory)}"
        for path, folder in folders.items()
        for file in sorted(folder.directory.rglob("*"))
        if file.is_file()
    ]
    assert len(files) > 10
    answers = {path: wide_door.ask("GET", path) for path in files}
    assert {path: find_faults(one) for path, one in answers.items() if one.status_code != 200 or find_faults(one)} == {}


def test_every_wrong_method_has_them_and_tells_the_right_ones(wide_door):
    paths = {fill(path) for method, path, _ in list_routes(wide_door.app) if method != "*"}
    for path in sorted(paths):
        answer = wide_door.ask("PATCH", path)
        assert (answer.status_code, find_faults(answer)) == (405, set()), path
        assert answer.headers["allow"], path


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", None])
def test_no_other_site_changes_anything_with_the_session_of_who_is_signed_in(wide_door, noor, site):
    routes = [
        (method, path)
        for method, path, _ in list_routes(wide_door.app)
        if method not in SAFE_METHODS | {"*"} and not path.startswith(WITHOUT_SESSION)
    ]
    assert len(routes) > 40
    headers = {**FORM, "Cookie": f"omdehoek={noor.token}", "Origin": "https://evil.example"}
    headers |= {"Sec-Fetch-Site": site} if site else {}
    statuses = {
        (method, path): wide_door.ask(method, fill(path), headers=headers).status_code for method, path in routes
    }
    assert {one: status for one, status in statuses.items() if status != 403} == {}
    assert noor.get("/account").status_code == 200


@pytest.mark.parametrize("public_url", ["", "https://hulp.example.nl"])
def test_every_cookie_has_its_flags(make_door, public_url):
    door = make_door(public_url=public_url)
    add_person(door, "noor@x.nl", "staff country")
    colleague = Colleague(door, Origin=public_url or "http://library")
    set_here = [
        *colleague.sign_in("noor@x.nl").headers.get_list("set-cookie"),
        *colleague.post("/account/sign-out").headers.get_list("set-cookie"),
    ]
    assert len(set_here) == 2
    for cookie in set_here:
        flags = {flag.strip().lower() for flag in cookie.split(";")[1:]}
        assert {"httponly", "samesite=lax", "path=/"} <= flags
        assert ("secure" in flags) == cookie.startswith("__Host-") == bool(public_url)
        assert not any(flag.startswith("domain") for flag in flags)
