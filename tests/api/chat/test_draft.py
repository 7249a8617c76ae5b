"""A reply while it is being made."""

import pytest

from api.chat.draft import MAX_BUTTONS, Draft
from api.chat.menu import ALL_DOMAINS, show_menu
from api.web.words import load_words
from referral.catalogue.service import load_catalogue
from referral.errors import UnknownButton
from referral.settings import ROOT

WORDS = load_words(ROOT / "data")
CATALOGUE = load_catalogue(ROOT / "data")


@pytest.fixture
def draft():
    return Draft(WORDS, "nl")


def list_labels(draft):
    return [label for label, _ in draft.buttons]


def test_a_text_comes_with_its_buttons(draft):
    draft.say("ask_place")
    assert [message.text for message in draft.messages] == [WORDS.texts["nl"]["ask_place"]]
    assert draft.buttons == [("Sla over", {"intent": "skip"})]


def test_buttons_of_two_texts_stand_in_order_and_none_twice(draft):
    draft.say("insult")
    draft.say("wrong_info")
    assert list_labels(draft) == ["Een mens spreken", "Een ander adres"]


def test_there_are_never_more_than_five_buttons(draft):
    for key in WORDS.after:
        draft.say(key, name="", hours="", phone_hours="", code="", address="", distance="")
    assert len(draft.buttons) == MAX_BUTTONS == 5
    assert len(set(list_labels(draft))) == 5


def test_the_same_label_with_another_meaning_is_another_button(draft):
    draft.add_choice("Elst", {"intent": "inform_place", "entities": {"place": "Elst (Rhenen)"}})
    draft.add_choice("Elst", {"intent": "inform_place", "entities": {"place": "Elst (Overbetuwe)"}})
    assert list_labels(draft) == ["Elst", "Elst"]


def test_values_are_filled_in(draft):
    draft.say("keep", code="ABCD-EFGH", name="Taalhuis")
    assert draft.messages[0].text.startswith("Uw code is ABCD-EFGH.")
    assert "Taalhuis" in draft.messages[0].text


def test_a_value_with_braces_is_no_field(draft):
    draft.say("opening_hours", name="{code} {0}", hours="9.00")
    assert draft.messages[0].text == "{code} {0}: 9.00"


@pytest.mark.parametrize(("key", "values"), [("no_such_text", {}), ("keep", {"code": "ABCD-EFGH"})])
def test_a_text_or_value_that_does_not_exist_is_a_bug_and_not_a_silence(draft, key, values):
    with pytest.raises(KeyError):
        draft.say(key, **values)


# ── the menu ──────────────────────────────────────────────────────────────────


def test_the_menu_begins_with_the_domains(draft):
    show_menu(draft, ALL_DOMAINS, catalogue=CATALOGUE)
    assert [meaning["menu"] for _, meaning in draft.buttons] == [
        "digitale_overheid",
        "belasting_toeslagen",
        "sociaal_juridisch",
        "leren",
    ]
    assert draft.menu == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_topic_but_the_emergencies_can_be_found_through_the_menu(language):
    found = []
    for domain in ("digitale_overheid", "belasting_toeslagen", "sociaal_juridisch", "leren"):
        draft = Draft(WORDS, language)
        show_menu(draft, domain, catalogue=CATALOGUE)
        found += draft.menu
        assert list_labels(draft)[-1] == WORDS.texts[language]["button_human"]
    wanted = [topic for topic in CATALOGUE.topics.values() if not topic.is_emergency]
    assert sorted(found, key=str) == sorted(
        ((topic.label[language], {"intent": topic.id}) for topic in wanted), key=str
    )


def test_a_menu_that_does_not_exist_is_an_unknown_button(draft):
    with pytest.raises(UnknownButton):
        show_menu(draft, "sport", catalogue=CATALOGUE)
