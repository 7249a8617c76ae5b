"""Signing in and out over HTTP: the cookie, other sites, limits, and what was typed before."""

import re

import pytest

from referral.staff import people
from referral.staff import service as staff
from tests.api.account.colleague import PASSWORD, Colleague, add_person, read_hidden, read_note, read_target
from tests.api.account.conftest import MANAGER, NOOR
from tests.api.door import read_problem

FORM = {"name": "Bas <b>", "email": "bas@x.nl", "role": "staff", "scope": "library:bibliotheek-zwolle-voorbeeld"}


def lose_session(door, colleague):
    """End the session as time would: the browser still has its cookie."""
    with door.database.begin() as session:
        owner = staff.find_owner(session, colleague.token)
        staff.end_all(session, owner, people.get_person(session, owner).created_at)


# ── in and out ────────────────────────────────────────────────────────────────


def test_who_signs_in_comes_to_the_page_that_was_asked_for(door):
    noor = Colleague(door)
    asked = noor.get("/account?done=x")
    assert read_target(asked) == "/account/sign-in?next=%2Faccount%3Fdone%3Dx"
    page = noor.get(read_target(asked)).text
    assert ("next", "/account?done=x") in read_hidden(page)
    assert read_target(noor.sign_in(NOOR, next="/account?done=x")) == "/account?done=x"
    assert "Noor" in noor.get("/account").text


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example", "/\\evil.example", "evil", "", "/a\nb"])
def test_nobody_is_sent_to_another_site(door, path):
    assert read_target(Colleague(door).sign_in(NOOR, next=path)) == "/account"
    noor = Colleague(door)
    page = noor.get(f"/account/sign-in?next={path}") if "\n" not in path else noor.get("/account/sign-in")
    assert ("next", "/account") in read_hidden(page.text)


@pytest.mark.parametrize(
    ("email", "password"), [(NOOR, "mis geraden"), ("niemand@x.nl", PASSWORD), ("", ""), (NOOR, "x" * 9_999)]
)
def test_who_may_not_come_in_gets_the_same_sentence_and_no_cookie(door, email, password):
    colleague = Colleague(door)
    answer = colleague.sign_in(email, password)
    assert answer.status_code == 401
    assert "kloppen niet" in read_note(answer.text)
    assert "set-cookie" not in answer.headers
    assert not password or password not in answer.text


def test_who_is_signed_in_already_goes_on(noor):
    assert read_target(noor.get("/account/sign-in?next=/account/password")) == "/account/password"


def test_who_signs_out_is_out(door, noor):
    token = noor.token
    assert read_target(noor.post("/account/sign-out")) == "/account/sign-in"
    assert noor.token is None
    noor.cookies["omdehoek"] = token
    assert noor.get("/account").status_code == 303
    assert read_target(Colleague(door).post("/account/sign-out")) == "/account/sign-in"


def test_the_session_is_another_after_each_sign_in(noor):
    first = noor.token
    noor.sign_in(NOOR)
    assert noor.token != first
    noor.cookies["omdehoek"] = first
    assert noor.get("/account").status_code == 303


# ── the cookie ────────────────────────────────────────────────────────────────


def test_on_loopback_the_cookie_needs_no_https(door):
    cookie = Colleague(door).sign_in(NOOR).headers["set-cookie"]
    assert cookie.startswith("omdehoek=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert "Max-Age" not in cookie  # it ends with the browser, on a shared computer


def test_behind_https_the_cookie_is_of_this_host_and_https_only(make_door):
    door = make_door(public_url="https://hulp.example.nl")
    add_person(door, NOOR)
    noor = Colleague(door)
    cookie = noor.sign_in(NOOR).headers["set-cookie"]
    assert cookie.startswith("__Host-omdehoek=")
    assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert noor.get("/account").status_code == 200
    noor.cookies = {"omdehoek": noor.cookies["__Host-omdehoek"]}  # as a neighbouring host could set it
    assert noor.get("/account").status_code == 303


# ── other sites ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://library"},
        {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "", "Origin": "null"},
        {"Sec-Fetch-Site": "", "Origin": "http://library.evil.example"},
        {"Sec-Fetch-Site": ""},
    ],
)
@pytest.mark.parametrize("path", ["/account/sign-in", "/account/sign-out", "/account/people", "/account/password"])
def test_another_site_changes_nothing(door, manager, path, headers):
    answer = manager.post(path, {**FORM, "email": NOOR, "password": PASSWORD}, **headers)
    assert answer.status_code == 403
    assert "niet van onze eigen pagina" in read_note(answer.text)
    assert manager.get("/account").status_code == 200
    # Without a session it is refused too, and what the other site typed is not carried along.
    answer = Colleague(door).post(path, FORM, **headers)
    assert answer.status_code == 403
    assert read_hidden(answer.text) == []


def test_an_older_browser_tells_its_origin(door):
    noor = Colleague(door, **{"Sec-Fetch-Site": "", "Origin": "http://library"})
    assert noor.sign_in(NOOR).status_code == 303


def test_behind_a_proxy_the_origin_is_the_public_address(make_door):
    door = make_door(public_url="https://hulp.example.nl/")
    add_person(door, NOOR)
    assert Colleague(door, **{"Sec-Fetch-Site": "", "Origin": "http://library"}).sign_in(NOOR).status_code == 403
    older = Colleague(door, **{"Sec-Fetch-Site": "", "Origin": "https://hulp.example.nl"})
    assert older.sign_in(NOOR).status_code == 303


def test_a_page_for_staff_lets_the_browser_tell_its_origin(noor):
    assert noor.get("/account").headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'self'" in noor.get("/account").headers["content-security-policy"]
    assert noor.get("/account").headers["cache-control"] == "no-store"


# ── limits and locks ──────────────────────────────────────────────────────────


def test_who_tries_too_often_waits_and_keeps_the_form(make_door):
    door = make_door(sign_ins_per_minute=2)
    add_person(door, NOOR)
    colleague = Colleague(door)
    for _ in range(2):
        assert colleague.sign_in("niemand@x.nl", "fout").status_code == 401
    answer = colleague.sign_in(NOOR)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 61
    assert f'value="{NOOR}"' in answer.text


def test_five_wrong_passwords_lock_the_account_and_say_no_more_than_before(door):
    colleague = Colleague(door)
    wrong = [colleague.sign_in(NOOR, "fout") for _ in range(5)]
    right = colleague.sign_in(NOOR)
    assert right.status_code == 401
    assert right.text == wrong[0].text
    assert Colleague(door).sign_in(MANAGER).status_code == 303


# ── what was typed is kept ────────────────────────────────────────────────────


def test_what_was_typed_when_the_session_ended_is_sent_after_signing_in(door, manager):
    lose_session(door, manager)
    page = manager.post("/account/people", FORM)
    assert page.status_code == 401
    assert "Wij hebben bewaard wat u typte" in page.text
    carried = dict(read_hidden(page.text))
    again = manager.sign_in(MANAGER, **carried)
    assert again.status_code == 200
    assert 'action="/account/people"' in again.text
    assert dict(read_hidden(again.text)) == FORM
    done = manager.post("/account/people", read_hidden(again.text))
    assert "Een wachtwoord voor één keer" in done.text
    assert "Bas &lt;b&gt;" in manager.get("/account/people").text


def test_it_goes_along_through_a_wrong_password_too(door, manager):
    lose_session(door, manager)
    carried = dict(read_hidden(manager.post("/account/people", FORM).text))
    again = manager.sign_in(MANAGER, "fout", **carried)
    assert again.status_code == 401
    assert dict(read_hidden(again.text)) == carried


def test_a_field_that_comes_twice_is_carried_twice_in_its_order(door, manager):
    lose_session(door, manager)
    page = manager.post("/account/people", [("a", "2"), ("b", ""), ("a", "1"), ("a", "2")])
    fields = read_hidden(page.text)
    assert [pair for pair in fields if pair[0].startswith("carried.")] == [
        ("carried.a", "2"), ("carried.b", ""), ("carried.a", "1"), ("carried.a", "2"),
    ]  # fmt: skip


def test_another_colleague_on_the_same_computer_does_not_send_it(door, manager):
    lose_session(door, manager)
    carried = dict(read_hidden(manager.post("/account/people", FORM).text))
    assert read_target(manager.sign_in(NOOR, **carried)) == "/account"


def test_a_password_is_never_carried(door, noor):
    lose_session(door, noor)
    page = noor.post("/account/password", {"old_password": PASSWORD, "new_password": "een heel ander woord"})
    assert page.status_code == 401
    assert "konden wij niet bewaren" in read_note(page.text)
    assert [name for name, _ in read_hidden(page.text)] == ["next"]
    assert PASSWORD not in page.text
    assert "een heel ander woord" not in page.text


def test_what_is_too_large_is_not_carried_and_that_is_said(door, manager):
    lose_session(door, manager)
    page = manager.post("/account/people", {"name": "x" * 64_000})
    assert "konden wij niet bewaren" in read_note(page.text)
    assert [name for name, _ in read_hidden(page.text)] == ["next"]
    page = manager.post("/account/people", {"name": "x" * 60_000})
    assert ("carried.name", "x" * 60_000) in read_hidden(page.text)


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_it_is_never_sent_to_another_site(door, path):
    answer = Colleague(door).sign_in(NOOR, **{"carried_path": path, "carried.name": "Bas"})
    assert read_target(answer) == "/account"


def test_a_program_gets_a_problem_and_no_page(door):
    program = Colleague(door, Accept="application/json")
    assert read_problem(program.get("/account")) == (401, "not_signed_in")
    assert read_problem(program.post("/account/people", FORM)) == (401, "not_signed_in")
    assert read_problem(program.post("/account/people", FORM, **{"Sec-Fetch-Site": "cross-site"})) == (
        403,
        "cross_site",
    )


def test_when_the_database_is_gone_what_was_typed_stays_on_the_page(make_door):
    door = make_door(database_url="postgresql+psycopg://omdehoek@127.0.0.1:1/omdehoek")
    colleague = Colleague(door)
    colleague.cookies["omdehoek"] = "x"
    page = colleague.post("/account/people", FORM)
    assert page.status_code == 503
    assert "storing" in read_note(page.text)
    assert dict(read_hidden(page.text)) == FORM
    page = colleague.sign_in(NOOR)
    assert page.status_code == 503
    assert PASSWORD not in page.text


# ── what is no form ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"{}", "application/json"), (b"email=%ff%fe", None), (b"email=a%00b", None), (b"&".join([b"a=1"] * 501), None)],
)
def test_what_cannot_be_read_is_400(door, content, kind):
    headers = {"Content-Type": kind or "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    answer = door.ask("POST", "/account/sign-in", content=content, headers=headers)
    assert read_problem(answer) == (400, "invalid_input")


def test_nobody_is_named_in_a_log(door, caplog):
    colleague = Colleague(door)
    colleague.sign_in(NOOR, "fout")
    colleague.sign_in(NOOR)
    assert not re.search(r"noor|fout|192\.0\.2", caplog.text, re.IGNORECASE)
