"""Managers and their people: within what they manage, and no further."""

import re

import pytest

from tests.api.account.colleague import Colleague, add_person, read_note, read_target
from tests.api.account.conftest import MANAGER, NOOR, OMMEN, ZWOLLE

BAS = {"name": "Bas", "email": "bas@x.nl", "role": "staff", "scope": f"library:{ZWOLLE}"}
LOCAL = "lotte@bibliotheek.example"


@pytest.fixture
def local(door):
    """Signed in, manager of the municipality of Zwolle only."""
    add_person(door, LOCAL, "manager municipality:GM0193")
    colleague = Colleague(door)
    colleague.sign_in(LOCAL)
    return colleague


def find_person(manager, name):
    """Return the path of the page of somebody on the list."""
    return re.search(rf'href="(/account/people/[\w-]+)">{name}<', manager.get("/account/people").text).group(1)


def read_password(page):
    return re.search(r'class="secret">([^<]+)<', page.text).group(1)


@pytest.mark.parametrize("path", ["/account/people", "/account/people/x"])
def test_who_is_no_manager_is_refused_with_a_sentence(noor, path):
    answer = noor.get(path)
    assert answer.status_code == 403
    assert "Vraag uw beheerder" in read_note(answer.text)
    assert 'href="/account"' in answer.text
    assert noor.post("/account/people", BAS).status_code == 403


def test_somebody_who_is_added_signs_in_with_the_one_time_password_that_is_shown_once(door, manager):
    password = read_password(manager.post("/account/people", BAS))
    assert password not in manager.get(find_person(manager, "Bas")).text
    bas = Colleague(door)
    assert bas.sign_in("bas@x.nl", password).status_code == 303
    assert read_target(bas.get("/account")) == "/account/password"


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        ({"email": NOOR.upper()}, 409, "al een account"),
        ({"email": "geen adres"}, 400, "klopt iets niet"),
        ({"name": " "}, 400, "klopt iets niet"),
        ({"role": "king"}, 400, "klopt iets niet"),
        ({"scope": ""}, 400, "klopt iets niet"),
        ({"scope": "library:gone"}, 404, "bestaat niet"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_stays_typed(manager, wrong, status, said):
    answer = manager.post("/account/people", BAS | wrong)
    assert answer.status_code == status
    assert said in read_note(answer.text)
    typed = BAS | wrong
    if typed["name"].strip():
        assert f'value="{typed["name"]}"' in answer.text
    assert f'value="{typed["email"]}"' in answer.text
    assert "bas@x.nl" not in re.sub(r'value="[^"]*"', "", answer.text)


def test_a_local_manager_sees_and_adds_people_of_the_own_municipality_only(door, local):
    page = local.get("/account/people").text
    assert NOOR in page
    assert MANAGER not in page
    assert f'value="library:{ZWOLLE}"' in page
    assert OMMEN not in page
    assert 'value="country"' not in page
    assert local.post("/account/people", BAS).status_code == 200
    for scope in ("country", f"library:{OMMEN}", "province:Overijssel", f"provider:{ZWOLLE}"):
        answer = local.post("/account/people", BAS | {"email": "cas@x.nl", "scope": scope})
        assert answer.status_code == 403
        assert "cas@x.nl" not in re.sub(r'value="[^"]*"', "", local.get("/account/people").text)


def test_a_local_manager_gets_no_hold_of_somebody_who_may_more(door, local):
    boss_id = add_person(door, "boss@x.nl", f"staff library:{ZWOLLE}", "manager country")
    path = f"/account/people/{boss_id}"
    page = local.get(path).text
    assert "Geef een nieuw wachtwoord" not in page
    for action in ("reset", "block", "unblock"):
        assert local.post(f"{path}/{action}").status_code == 403
    country = {"role": "manager", "scope": "country"}
    assert local.post(f"{path}/withdraw", country).status_code == 403
    assert local.post(f"{path}/grant", country).status_code == 403
    assert Colleague(door).sign_in("boss@x.nl").status_code == 303
    # What lies within the own municipality, a local manager does withdraw; then this person is none of theirs.
    answer = local.post(f"{path}/withdraw", {"role": "staff", "scope": f"library:{ZWOLLE}"})
    assert read_target(answer) == "/account/people"
    assert local.get(path).status_code == 403


def test_a_grant_is_given_and_withdrawn_on_the_page_of_a_person(door, manager, noor):
    path = find_person(manager, "Noor")
    answer = manager.post(f"{path}/grant", {"role": "manager", "scope": "province:Overijssel"})
    assert "Toegestaan" in read_note(manager.get(read_target(answer)).text)
    assert noor.get("/account/people").status_code == 200
    answer = manager.post(f"{path}/withdraw", {"role": "manager", "scope": "province:Overijssel"})
    assert "Ingetrokken" in read_note(manager.get(read_target(answer)).text)
    assert noor.get("/account/people").status_code == 403


@pytest.mark.parametrize(
    "fields", [{}, {"role": "staff"}, {"role": "staff", "scope": "x"}, {"role": "x", "scope": "country"}]
)
@pytest.mark.parametrize("action", ["grant", "withdraw"])
def test_a_grant_that_makes_no_sense_is_refused_on_the_page(manager, action, fields):
    answer = manager.post(f"{find_person(manager, 'Noor')}/{action}", fields)
    assert answer.status_code == 400
    assert "klopt iets niet" in read_note(answer.text)


def test_who_is_blocked_is_out_at_once(door, manager, noor):
    path = find_person(manager, "Noor")
    assert "geen toegang meer" in read_note(manager.get(read_target(manager.post(f"{path}/block"))).text)
    assert noor.get("/account").status_code == 303
    assert noor.sign_in(NOOR).status_code == 401
    assert "weer toegang" in read_note(manager.get(read_target(manager.post(f"{path}/unblock"))).text)
    assert noor.sign_in(NOOR).status_code == 303


def test_a_manager_unlocks_an_account_with_too_many_wrong_passwords(door, manager):
    for _ in range(5):
        Colleague(door).sign_in(NOOR, "fout")
    path = find_person(manager, "Noor")
    assert "Te vaak een fout wachtwoord" in manager.get(path).text
    manager.post(f"{path}/unblock")
    assert Colleague(door).sign_in(NOOR).status_code == 303


def test_a_new_password_ends_the_old_one_and_every_session(door, manager, noor):
    password = read_password(manager.post(f"{find_person(manager, 'Noor')}/reset"))
    assert noor.get("/account").status_code == 303
    assert Colleague(door).sign_in(NOOR).status_code == 401
    assert Colleague(door).sign_in(NOOR, password).status_code == 303


def test_nobody_shuts_themselves_out(manager):
    path = find_person(manager, "Mira")
    assert "Geef geen toegang meer" not in manager.get(path).text
    assert manager.post(f"{path}/block").status_code == 403
    answer = manager.post(f"{path}/withdraw", {"role": "manager", "scope": "country"})
    assert answer.status_code == 409
    assert "niemand meer" in read_note(answer.text)


@pytest.mark.parametrize("person_id", ["gone", "x" * 80])
def test_who_is_not_there_is_not_found(manager, person_id):
    assert manager.get(f"/account/people/{person_id}").status_code == 404
    assert manager.post(f"/account/people/{person_id}/block").status_code == 404


@pytest.mark.parametrize("person_id", ["x" * 81, "%00", "a%20b", "a'b"])
def test_what_is_no_id_is_not_looked_up(manager, person_id):
    assert manager.get(f"/account/people/{person_id}").status_code == 400
