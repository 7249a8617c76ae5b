"""The catalogue over HTTP: topics with their cards, kinds of partner, and places."""

import pytest

from referral.catalogue.service import LANGUAGES, load_catalogue
from referral.settings import ROOT
from tests.api import own_words
from tests.api.door import read_problem

CATALOGUE = load_catalogue(ROOT / "data")


def get(door, path):
    answer = door.ask("GET", path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_every_topic_is_listed_and_has_a_card_in_every_language(door):
    topics = get(door, "/v1/topics")["items"]
    assert {topic["id"] for topic in topics} == set(CATALOGUE.topics)
    for topic in topics:
        whole = get(door, f"/v1/topics/{topic['id']}")
        assert set(whole["cards"]) == set(LANGUAGES)
        assert {key: whole[key] for key in topic} == topic
        assert set(topic["kinds"]) <= set(CATALOGUE.partner_kinds)


def test_a_card_names_its_sources(door):
    card = get(door, "/v1/topics/huurtoeslag")["cards"]["nl"]
    paragraphs = {paragraph["id"]: paragraph for paragraph in card["dates"]}
    told = paragraphs["aanvragen-over-2025"]
    known = CATALOGUE.get_card("huurtoeslag", "nl").dates[0]
    assert (told["text"], told["source"], told["readOn"]) == (known.text, known.source, known.date)
    assert set(card["what"][0]) == {"id", "text"}


def test_a_card_is_in_the_librarys_own_words_which_have_no_source_of_the_catalogue(door):
    hidden = CATALOGUE.get_card("huurtoeslag", "en").what[0]
    with (
        own_words.say(door, "huurtoeslag", "dates", "aanvragen-over-2025", {"nl": "Vraag het ons."}),
        own_words.say(door, "huurtoeslag", "what", hidden.id, None),
    ):
        cards = get(door, "/v1/topics/huurtoeslag")["cards"]
    assert cards["nl"]["dates"][0] == {"id": "aanvragen-over-2025", "text": "Vraag het ons."}
    assert cards["en"]["dates"][0]["text"] == CATALOGUE.get_card("huurtoeslag", "en").dates[0].text
    assert hidden.text not in [paragraph["text"] for paragraph in cards["en"]["what"]]
    assert get(door, "/v1/topics/huurtoeslag")["cards"]["en"]["what"][0]["text"] == hidden.text


def test_what_staff_may_and_may_not_do_is_not_told(door):
    notes = CATALOGUE.get_card("huurtoeslag", "nl").staff.may_not
    answer = door.ask("GET", "/v1/topics/huurtoeslag").text
    assert notes
    assert all(note.text not in answer for note in notes)


def test_every_target_group_is_listed(door):
    groups = get(door, "/v1/target-groups")["items"]
    assert {group["id"]: group["label"] for group in groups} == {
        group.id: group.label for group in CATALOGUE.target_groups.values()
    }


def test_every_kind_of_partner_is_listed(door):
    kinds = get(door, "/v1/partner-kinds")["items"]
    assert {kind["id"]: kind["label"]["nl"] for kind in kinds} == {
        kind.id: kind.label for kind in CATALOGUE.partner_kinds.values()
    }


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("Ommen", ["Ommen (Ommen)"]),
        ("ommen", ["Ommen (Ommen)"]),
        ("Elst", ["Elst (Overbetuwe)", "Elst (Rhenen)"]),
        ("Elst (Rhenen)", ["Elst (Rhenen)"]),
        ("Nergenshuizen", []),
    ],
)
def test_a_name_gives_every_place_that_it_may_mean(door, typed, labels):
    places = get(door, f"/v1/places?q={typed}")["items"]
    assert [place["label"] for place in places] == labels
    for place in places:
        assert get(door, f"/v1/services?place={place['label']}")["totalItems"] > 0


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/v1/topics/belasting_op_lucht", (404, "unknown_topic")),
        ("/v1/topics/%0A", (400, "invalid_input")),
        ("/v1/places", (400, "invalid_input")),
        ("/v1/places?q=", (400, "invalid_input")),
        ("/v1/places?q=%00", (400, "invalid_input")),
        (f"/v1/places?q={'x' * 81}", (400, "invalid_input")),
    ],
)
def test_what_cannot_be_answered_is_a_problem(door, path, problem):
    assert read_problem(door.ask("GET", path)) == problem
