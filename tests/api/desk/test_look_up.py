"""The one field of the desk: with the triage and without, nothing stored, the place remembered."""

import re

import pytest

from tests.api.account.colleague import Colleague, add_person, read_note, read_target
from tests.api.desk.conftest import OMMEN


def list_topics(answer):
    assert answer.status_code == 200, answer.text
    return re.findall(r'href="/desk/topics/(\w+)', answer.text)


def rank(rasa, *intents):
    rasa.answer = {"ranking": [{"name": name, "confidence": confidence} for name, confidence in intents]}


def test_the_topics_of_the_triage_come_first(noor, rasa):
    rank(rasa, ("verblijf_inburgering", 0.9), ("digid", 0.05))
    topics = list_topics(noor.post("/desk/found", {"q": "boete"}))
    assert topics[:2] == ["verblijf_inburgering", "boete"]


def test_what_leaves_for_the_triage_is_masked(noor, rasa):
    rank(rasa)
    noor.post("/desk/found", {"q": "mijn bsn is 123456782 en ik heb een boete"})
    assert "123456782" not in rasa.asked[0]["text"]
    assert "boete" in rasa.asked[0]["text"]


def test_what_was_typed_is_stored_nowhere(noor, rasa, door):
    rank(rasa)
    noor.post("/desk", {"q": "zonnebloempitten en een boete"})
    assert b"zonnebloempitten" not in b"".join(
        path.read_bytes() for path in door.settings.state_dir.glob("omdehoek.db*")
    )


@pytest.mark.parametrize("answer", [b"no json", {"ranking": None}])
def test_without_triage_plain_search_goes_on_and_says_so(noor, rasa, answer):
    rasa.answer, rasa.status = answer, 500
    found = noor.post("/desk/found", {"q": "boete"})
    assert list_topics(found)[0] == "boete"
    assert read_note(found.text) is None
    assert "alleen wat op woorden is gevonden" in found.text


def test_with_triage_no_trouble_is_told(noor, rasa):
    rank(rasa)
    assert "storing" not in noor.post("/desk/found", {"q": "boete"}).text


def test_a_partner_is_found_by_name_and_shows_what_it_helps_with(noor, rasa):
    rank(rasa)
    found = noor.post("/desk/found", {"q": "bibliotheek zwolle"}).text
    path = re.search(r'href="(/desk/partners/[\w-]+)"', found).group(1)
    page = noor.get(path)
    assert page.status_code == 200
    assert list_topics(page)


def test_an_emergency_stands_above_everything(noor, rasa):
    rank(rasa)
    found = noor.post("/desk/found", {"q": "ik wil dood"}).text
    assert "113" in found[: found.index("Onderwerpen") if "Onderwerpen" in found else None]
    assert 'role="alert"' in found


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "a" * 5_000])
def test_nothing_to_read_finds_nothing(noor, typed):
    assert noor.post("/desk/found", {"q": typed}).status_code == 200
    assert list_topics(noor.post("/desk", {"q": typed})) == []


def test_what_was_typed_is_text_and_no_html(noor, rasa):
    rank(rasa)
    page = noor.post("/desk", {"q": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in page


def test_the_place_is_remembered_by_the_browser_of_the_desk(noor):
    assert 'value="Zwolle"' in noor.get("/desk").text
    assert read_target(noor.post("/desk/place", {"place": "Ommen"})) == "/desk"
    assert 'value="Ommen"' in noor.get("/desk").text


def test_a_place_that_is_none_or_more_than_one_is_told(noor):
    unknown = noor.post("/desk/place", {"place": "Nergenshuizen"})
    assert (unknown.status_code, read_note(unknown.text)[:18]) == (404, "Deze plaats kennen")
    several = noor.post("/desk/place", {"place": "Elst"})
    assert several.status_code == 409
    choices = re.findall(r'name="place" value="(Elst \([^"]+)"', several.text)
    assert len(choices) > 1
    assert read_target(noor.post("/desk/place", {"place": choices[0]})) == "/desk"


def test_the_desk_is_for_staff_of_this_library(door):
    add_person(door, "oscar@bibliotheek.example", f"staff library:{OMMEN}")
    oscar = Colleague(door)
    assert read_target(oscar.get("/desk")).startswith("/account/sign-in")
    oscar.sign_in("oscar@bibliotheek.example")
    assert oscar.get("/desk").status_code == 403


def test_what_was_typed_after_the_session_ended_goes_along_to_the_sign_in(noor):
    noor.cookies.clear()
    page = noor.post("/desk", {"q": "een boete"})
    assert page.status_code == 401
    assert 'value="een boete"' in page.text
