"""A conversation is in the language of the last message, or in the one that was chosen by hand."""

import pytest

from api.web.words import load_words
from referral.language.registry import ALL
from referral.models.conversation import Conversation
from referral.settings import ROOT
from tests.api.door import read_problem, read_reply
from tests.api.rasa_server import understand

WORDS = load_words(ROOT / "data")
POLISH = "Nie rozumiem tego listu z urzędu, czy ktoś może mi pomóc"
DUTCH = "Ik begrijp deze brief van de gemeente niet"


@pytest.fixture
def door(door_with_rasa):
    return door_with_rasa


def choose(door, conversation_id, language, turn_id="turn-lang"):
    body = {"language": language, "turnId": turn_id}
    return door.ask("PUT", f"/v1/conversations/{conversation_id}/language", json=body)


def list_told(reply):
    return [(message["language"], message["text"]) for message in reply["messages"]]


def list_labels(reply):
    return [button["label"] for button in (*reply["menu"], *reply["buttons"])]


def say_in(language, *keys):
    return [WORDS.get_text(key, language) for key in keys]


@pytest.mark.parametrize("language", ALL)
def test_the_welcome_and_its_menu_are_in_every_language(door, language):
    _, reply = door.open(language=language)
    assert reply["language"] == language
    assert list_told(reply)[0] == (None, WORDS.get_text("welcome", language))
    domains = ("digitale_overheid", "belasting_toeslagen", "sociaal_juridisch", "leren")
    assert list_labels(reply) == say_in(language, *(f"domain_{domain}" for domain in domains))
    note = (None, WORDS.get_text("partly_translated", language))
    assert (note in list_told(reply)) == (language in WORDS.partly)


def test_the_buttons_follow_the_language_of_the_message_and_come_back(door, rasa):
    rasa.answer = understand({"topics": ["boete", "digid"]}, {"say": "say_again"})
    conversation_id, _ = door.open()
    reply = door.say(conversation_id, POLISH)
    assert reply["language"] == "pl"
    assert list_told(reply) == [(None, text) for text in say_in("pl", "partly_translated", "say_again")]
    assert list_labels(reply) == [
        *(WORDS.partly["pl"].topics[topic] for topic in ("boete", "digid")),
        *say_in("pl", "button_topics", "button_human"),
    ]
    assert rasa.asked[-1]["slots"]["language"] == "pl"
    # Told once; and a name alone says nothing of a language.
    assert len(door.say(conversation_id, "Zwolle")["messages"]) == 1
    assert door.say(conversation_id, DUTCH)["language"] == "nl"


def test_a_language_that_was_chosen_by_hand_stays_whatever_is_typed(door, rasa):
    rasa.answer = understand({"say": "ask_place"}, awaiting="place")
    conversation_id, _ = door.open()
    read_reply(choose(door, conversation_id, "ar"))
    assert door.say(conversation_id, DUTCH)["language"] == "ar"
    assert door.say(conversation_id, POLISH)["language"] == "ar"
    assert read_reply(choose(door, conversation_id, "uk", "turn-lang-2"))["language"] == "uk"
    assert door.say(conversation_id, DUTCH)["language"] == "uk"
    found = read_reply(door.ask("GET", f"/v1/conversations/{conversation_id}"))
    assert found["language"] == "uk"
    assert [reply["language"] for reply in found["replies"]] == ["nl", "ar", "ar", "ar", "uk", "uk"]


def test_choosing_a_language_asks_again_what_was_asked_and_its_buttons_still_work(door, rasa):
    place = {"label": "Elst (Rhenen)", "intent": "inform_place", "entities": {"place": "Elst (Rhenen)"}}
    rasa.answer = understand({"say": "ask_place"}, {"choices": [place]}, {"topics": ["boete"]}, awaiting="place")
    conversation_id, _ = door.open()
    door.say(conversation_id, DUTCH)
    reply = read_reply(choose(door, conversation_id, "tr"))
    assert list_told(reply) == [(None, text) for text in say_in("tr", "partly_translated", "ask_place")]
    assert list_labels(reply) == ["Elst (Rhenen)", WORDS.partly["tr"].topics["boete"], *say_in("tr", "button_skip")]
    rasa.asked.clear()
    door.press(conversation_id, reply, "Elst (Rhenen)")
    assert rasa.asked[0]["entities"] == {"place": "Elst (Rhenen)"}


def test_before_anything_was_said_the_welcome_is_said_anew(door):
    conversation_id, _ = door.open()
    reply = read_reply(choose(door, conversation_id, "de"))
    assert list_told(reply) == [(None, text) for text in say_in("de", "welcome", "partly_translated")]
    back = read_reply(choose(door, conversation_id, "nl", "turn-back"))
    assert list_told(back) == [(None, WORDS.get_text("language_nl", "nl"))]
    assert list_labels(back) == list_labels(door.open()[1])


def test_what_is_not_translated_is_marked_as_dutch(door, rasa):
    rasa.answer = understand({"say": "costs"}, {"say": "say_again"})
    conversation_id, _ = door.open(language="uk")
    assert list_told(door.say(conversation_id, "Zwolle")) == [
        ("nl", WORDS.texts["nl"]["costs"]),
        (None, WORDS.get_text("say_again", "uk")),
    ]


def test_the_same_choice_twice_is_one_reply(door):
    conversation_id, _ = door.open()
    first, second = (read_reply(choose(door, conversation_id, "pl")) for _ in range(2))
    assert first == second
    assert len(read_reply(door.ask("GET", f"/v1/conversations/{conversation_id}"))["replies"]) == 2


def test_the_way_to_a_person_is_told_in_dutch_under_words_of_the_language(door):
    conversation_id, reply = door.open(language="pl")
    told = door.press(conversation_id, reply, WORDS.get_text("domain_leren", "pl"))
    reply = door.press(conversation_id, told, WORDS.get_text("button_human", "pl"))
    # What the directory knows (an address, hours) is Dutch; the sentence around a name is not.
    assert {message["language"] for message in reply["messages"] if message["text"]} == {None, "nl"}


@pytest.mark.parametrize(
    ("conversation", "body", "status"),
    [
        (None, {"language": "fr", "turnId": "turn-lang"}, 400),
        (None, {"language": "pl"}, 400),
        ("nobody", {"language": "pl", "turnId": "turn-lang"}, 404),
    ],
)
def test_a_choice_that_cannot_be_is_refused(door, conversation, body, status):
    conversation_id = conversation or door.open()[0]
    answer = door.ask("PUT", f"/v1/conversations/{conversation_id}/language", json=body)
    assert read_problem(answer)[0] == status


def test_english_that_is_asked_for_in_words_stays(door, rasa):
    rasa.answer = understand({"door": "speak_english"})
    conversation_id, _ = door.open()
    assert door.say(conversation_id, "praat engels")["language"] == "en"
    with door.database.read() as session:
        assert session.get_one(Conversation, conversation_id).is_language_chosen
