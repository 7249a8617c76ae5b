"""My account: what I may, where I am signed in, and another password."""

import re

import pytest

from referral.clock import read_clock
from referral.staff import people
from tests.api.account.colleague import INPUT, PASSWORD, Colleague, read_note, read_target
from tests.api.account.conftest import MANAGER, NOOR, ZWOLLE

NEW = "een heel ander woord"


def change(colleague, old=PASSWORD, new=NEW):
    return colleague.post("/account/password", {"old_password": old, "new_password": new})


def test_my_account_tells_who_i_am_and_what_i_may(noor):
    page = noor.get("/account").text
    assert "Noor" in page
    assert NOOR in page
    assert "Balie: bibliotheek Bibliotheek Zwolle (voorbeeld)" in page


def test_only_pages_that_somebody_may_see_are_on_the_way_around(noor, manager):
    assert 'href="/account/people"' not in noor.get("/account").text
    assert 'href="/account/people"' in manager.get("/account").text
    assert re.search(r'href="/account" aria-current="page"', noor.get("/account").text)


def test_i_see_my_sessions_and_end_one_or_all_others(door, noor):
    others = [Colleague(door) for _ in range(2)]
    for other in others:
        other.sign_in(NOOR)
    page = noor.get("/account").text
    ends = re.findall(r'action="(/account/sessions/[\w-]+/end)"', page)
    assert len(ends) == 2
    assert page.count("Dit is deze computer.") == 1
    assert "Uitgelogd" in read_note(noor.get(read_target(noor.post(ends[0]))).text)
    assert sorted(other.get("/account").status_code for other in others) == [200, 303]
    noor.post("/account/sessions/end")
    assert [other.get("/account").status_code for other in others] == [303, 303]
    assert noor.get("/account").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(door, noor, manager):
    Colleague(door).sign_in(MANAGER)
    end = re.search(r'action="(/account/sessions/[\w-]+/end)"', manager.get("/account").text).group(1)
    noor.post(end)
    assert end in manager.get("/account").text


# ── another password ──────────────────────────────────────────────────────────


def test_another_password_ends_the_sessions_elsewhere_and_keeps_this_one(door, noor):
    other = Colleague(door)
    other.sign_in(NOOR)
    before = noor.token
    assert "veranderd" in read_note(noor.get(read_target(change(noor))).text)
    assert noor.token != before
    assert other.get("/account").status_code == 303
    assert Colleague(door).sign_in(NOOR).status_code == 401
    assert Colleague(door).sign_in(NOOR, NEW).status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "status", "said"),
    [
        ("fout", NEW, 401, "van nu klopt niet"),
        (PASSWORD, "kort", 400, "te kort"),
        (PASSWORD, "aaaaaaaaaaaaaaa", 400, "makkelijk te raden"),
        (PASSWORD, "Noor is mijn naam", 400, "e-mailadres"),
        (PASSWORD, PASSWORD, 400, "ander wachtwoord"),
        (PASSWORD, "x1!Q" * 40, 400, "te lang"),
        ("", "", 401, "klopt niet"),
    ],
)
def test_a_password_that_is_not_good_is_refused_with_the_reason(noor, old, new, status, said):
    answer = change(noor, old, new)
    assert answer.status_code == status
    assert said in read_note(answer.text)
    assert Colleague(noor.door).sign_in(NOOR).status_code == 303
    assert not new or f'"{new}"' not in answer.text


@pytest.mark.parametrize(
    ("path", "kept"),
    [("/account/sign-in", ["current-password"]), ("/account/password", ["current-password", "new-password"])],
)
def test_a_browser_hides_a_password_and_may_fill_it_in(door, noor, path, kept):
    page = (noor if path == "/account/password" else Colleague(door)).get(path).text
    inputs = [tag for tag in INPUT.findall(page) if "password" in tag and "hidden" not in tag]
    assert all('type="password"' in tag for tag in inputs)
    assert [re.search(r'autocomplete="([^"]+)"', tag)[1] for tag in inputs] == kept


def test_a_one_time_password_opens_nothing_but_the_page_to_change_it(door):
    with door.database.begin() as session:
        password = people.reset_password(session, people.get_by_email(session, MANAGER), read_clock())
    manager = Colleague(door)
    manager.sign_in(MANAGER, password)
    for path in ("/account", "/account/people"):
        assert read_target(manager.get(path)) == "/account/password"
    assert read_target(manager.post("/account/people", {"name": "x"})) == "/account/password"
    page = manager.get("/account/password").text
    assert "één keer" in read_note(page)
    assert "old_password" not in page
    assert 'href="/account/people"' not in page
    assert read_target(manager.post("/account/password", {"new_password": NEW})) == "/account?done=password"
    assert manager.get("/account/people").status_code == 200


def test_what_a_link_says_was_done_is_never_shown_as_it_is(noor):
    page = noor.get("/account?done=<script>alert(1)</script>").text
    assert "alert" not in page
    assert read_note(page) is None


def test_a_scope_that_is_gone_is_called_by_its_id(door, noor):
    with door.database.begin() as session:
        session.connection().exec_driver_sql("UPDATE \"grant\" SET scope_id = 'weg' WHERE scope_id = '%s'" % ZWOLLE)  # noqa: S608, UP031
    assert "Balie: bibliotheek weg" in noor.get("/account").text
