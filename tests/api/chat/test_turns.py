"""What the door does with what Rasa answers; a stand-in answers in its place."""

import pytest

from api.web.words import load_words
from referral.conversations.service import make_turn_key
from referral.models.conversation import Conversation
from referral.models.referral import Referral
from referral.models.urgent_count import UrgentCount
from referral.referring.knowledge import load_knowledge
from referral.referring.service import Ask, refer_citizen
from referral.settings import ROOT
from tests.api import own_words
from tests.api.door import read_problem
from tests.api.rasa_server import understand
from tests.clock import TUESDAY

TEXTS = load_words(ROOT / "data").texts["nl"]
# Whose partner asks for nothing to bring, so that the topic's card tells it.
BARE = "mantelzorg"


@pytest.fixture
def door(door_with_rasa):
    return door_with_rasa


def list_texts(reply):
    return [message["text"] for message in reply["messages"] if message["text"]]


def read_conversation(door, conversation_id):
    with door.database.read() as session:
        return session.get_one(Conversation, conversation_id)


def refer(door, conversation_id, topic, place):
    """Write a referral as an action does; return its id and that of its question."""
    with door.database.begin() as session:
        ask = Ask(
            turn_id=make_turn_key(conversation_id, "turn-0001"),
            topic=topic,
            place=place,
            library_id=door.settings.library,
            visit_id=None,
            language="nl",
        )
        result = refer_citizen(session, ask, load_knowledge(), TUESDAY)
        return result.referral_id, result.question_id


def test_rasa_gets_the_slots_of_the_conversation_and_the_masked_text(door, rasa):
    rasa.answer = understand({"say": "ask_place"}, topic="huurtoeslag", awaiting="place")
    conversation_id, _ = door.open(place="Zwolle")
    door.say(conversation_id, "/mijn bsn is 111222333", "turn-0001")
    (asked,) = rasa.asked
    assert asked["text"] == "mijn bsn is BSN"
    assert asked["turn_id"] == asked["slots"]["turn_id"] == make_turn_key(conversation_id, "turn-0001")
    assert asked["slots"]["place"] == "Zwolle"
    assert asked["slots"]["library_id"] == door.settings.library
    assert asked["slots"]["signal"] is None
    rasa.asked.clear()
    door.say(conversation_id, "in Ommen")
    assert (rasa.asked[0]["slots"]["topic"], rasa.asked[0]["slots"]["awaiting"]) == ("huurtoeslag", "place")


def test_a_button_means_its_intent_and_what_it_was_shown_with(door, rasa):
    choice = {"label": "Elst (Rhenen)", "intent": "inform_place", "entities": {"place": "Elst (Rhenen)"}}
    rasa.answer = understand({"say": "choose_place"}, {"choices": [choice]})
    conversation_id, _ = door.open()
    reply = door.say(conversation_id, "in Elst")
    rasa.asked.clear()
    door.press(conversation_id, reply, "Elst (Rhenen)")
    assert "text" not in rasa.asked[0]
    assert rasa.asked[0]["intent"] == "inform_place"
    assert rasa.asked[0]["entities"] == {"place": "Elst (Rhenen)"}


def test_a_card_is_in_the_journal_as_shown_when_it_is_seen(door, rasa):
    conversation_id, _ = door.open()
    referral_id, question_id = refer(door, conversation_id, "digid", "Zwolle")
    slots = {"topic": "digid", "referral_id": referral_id, "question_id": question_id, "awaiting": "helped"}
    rasa.answer = understand({"recognise": "digid"}, {"say": "refer"}, {"card": referral_id}, **slots)
    reply = door.say(conversation_id, "mijn digid doet het niet", "turn-0001")
    (card,) = [message["card"] for message in reply["messages"] if message["card"]]
    with door.database.read() as session:
        referral = session.get_one(Referral, referral_id)
        assert (referral.code, referral.shown_at is None) == (card["code"], False)
    conversation = read_conversation(door, conversation_id)
    assert {slot: getattr(conversation, slot) for slot in slots} == slots


def test_a_reply_explains_its_difficult_words(door, rasa):
    conversation_id, _ = door.open()
    rasa.answer = understand({"paragraphs": "deurwaarder", "part": "do"})
    words = {one["word"].lower() for one in door.say(conversation_id, "wat kan ik doen")["difficult"]}
    assert {"juridisch loket", "sociaal raadslid", "schuldhulp"} <= words


def test_an_emergency_that_only_rasa_caught_is_its_text_and_nothing_else(door, rasa):
    conversation_id, _ = door.open()
    rasa.answer = understand({"say": "ask_place"}, {"urgent": "geweld_thuis"}, {"say": "greet"}, awaiting="place")
    reply = door.say(conversation_id, "thuis is het niet goed", "turn-0001")
    assert reply["urgent"]["signal"] == "geweld_thuis"
    assert (reply["messages"], reply["buttons"], reply["menu"]) == ([], [], [])
    assert read_conversation(door, conversation_id).awaiting is None
    with door.database.read() as session:
        key = make_turn_key(conversation_id, "turn-0001")
        assert session.get_one(UrgentCount, key).signal == "geweld_thuis"


def test_rasa_is_not_asked_about_an_emergency(door, rasa):
    conversation_id, _ = door.open()
    rasa.answer = understand({"say": "greet"})
    assert door.say(conversation_id, "ik wil niet meer leven, ik maak er een eind aan")["messages"] == []
    assert rasa.asked == []


@pytest.mark.parametrize("answer", [b"[]", {}, b"", understand()])
def test_an_empty_answer_of_rasa_is_a_failure_and_not_a_silence(door, rasa, answer):
    conversation_id, _ = door.open()
    rasa.answer = answer
    assert TEXTS["assistant_down"] in list_texts(door.say(conversation_id, "hallo daar"))


def test_misses_count_only_in_a_row(door, rasa):
    conversation_id, _ = door.open()
    counted = []
    for misses in (1, 1, 0, 1, 2):
        # Rasa gives back what it was given unless an action counted one more.
        rasa.answer = understand({"say": "unsure"}, misses=misses)
        door.say(conversation_id, "hallo daar")
        counted.append(read_conversation(door, conversation_id).misses)
    assert counted == [1, 0, 0, 1, 2]


def test_repeating_gives_the_last_reply_with_buttons_that_work(door, rasa):
    conversation_id, _ = door.open()
    rasa.answer = understand({"say": "ask_place"})
    first = door.say(conversation_id, "huurtoeslag graag")
    rasa.answer = understand({"door": "repeat"})
    again = door.say(conversation_id, "wat zei u")
    assert list_texts(again) == list_texts(first)
    assert [button["label"] for button in again["buttons"]] == [button["label"] for button in first["buttons"]]
    rasa.answer, rasa.asked[:] = understand({"say": "next_question"}), []
    door.press(conversation_id, again, TEXTS["button_skip"])
    assert rasa.asked[0]["intent"] == "skip"


def test_starting_again_forgets_what_was_said(door, rasa):
    conversation_id, _ = door.open(place="Zwolle")
    rasa.answer = understand({"say": "ask_place"}, topic="huurtoeslag", awaiting="place", place="Zwolle")
    door.say(conversation_id, "huurtoeslag graag")
    rasa.answer = understand({"door": "start_again"}, topic="huurtoeslag", awaiting="place", place="Zwolle")
    assert list_texts(door.say(conversation_id, "opnieuw")) == [TEXTS["restarted"]]
    conversation = read_conversation(door, conversation_id)
    assert (conversation.topic, conversation.place, conversation.awaiting) == (None, None, None)


def test_paragraphs_and_what_to_bring_are_in_the_librarys_own_words(door, rasa):
    conversation_id, _ = door.open()
    referral_id, _ = refer(door, conversation_id, BARE, "Zwolle")
    card = load_knowledge().catalogue.get_card(BARE, "nl")
    rasa.answer = understand({"paragraphs": BARE, "part": "what"}, {"card": referral_id}, {"bring": referral_id})
    with (
        own_words.say(door, BARE, "what", card.what[0].id, {"nl": "Wij leggen het uit."}),
        own_words.say(door, BARE, "bring", card.bring[0].id, {"nl": "Alles wat u heeft"}),
    ):
        reply = door.say(conversation_id, "wat is dat", "turn-0002")
    assert "Wij leggen het uit." in list_texts(reply)[0]
    assert card.what[0].text not in list_texts(reply)[0]
    (shown,) = [message["card"] for message in reply["messages"] if message["card"]]
    (items,) = [message["items"] for message in reply["messages"] if message["items"]]
    assert shown["bring"] == items
    assert items[0] == "Alles wat u heeft"


@pytest.mark.parametrize(("act", "language"), [("speak_english", "en"), ("speak_dutch", "nl")])
def test_the_language_changes_when_it_is_asked_for_and_stays(door, rasa, act, language):
    conversation_id, _ = door.open()
    rasa.answer = understand({"door": act})
    assert door.say(conversation_id, "ok")["language"] == language
    assert read_conversation(door, conversation_id).language == language


@pytest.mark.parametrize("payload", [{"door": "fly"}, {"sing": "a song"}, {"say": "no_such_text"}])
def test_a_payload_that_nobody_knows_is_a_bug_and_not_a_silence(door, rasa, payload):
    conversation_id, _ = door.open()
    rasa.answer = understand(payload)
    assert read_problem(door.send(conversation_id, "turn-0001", text="hallo daar")) == (500, "error")
    # Nothing of that turn is left, and the same turn again may do better.
    rasa.answer = understand({"say": "greet"})
    assert list_texts(door.say(conversation_id, "hallo daar", "turn-0001")) == [TEXTS["greet"]]


def test_every_payload_of_the_vocabulary_is_made_into_words(door, rasa):
    conversation_id, _ = door.open()
    referral_id, _ = refer(door, conversation_id, "digid", "Zwolle")
    every = [
        {"say": "greet"},
        {"say": "opening_hours", "about": referral_id},
        {"say": "call_instead_closed", "about": referral_id},
        {"recognise": "digid"},
        *({"paragraphs": "digid", "part": part} for part in ("what", "do", "bring", "dates", "who")),
        {"card": referral_id},
        {"phones": referral_id},
        {"bring": referral_id},
        {"topics": ["digid", "schulden"]},
        {"menu": "leren"},
        {"human": door.settings.library},
        {"human": "no-such-library"},
    ]
    rasa.answer = understand(*every)
    reply = door.say(conversation_id, "hallo daar", "turn-0002")
    texts = list_texts(reply)
    assert TEXTS["human_unknown"] in texts
    assert any("Nu open, tot 12.30 uur." in text for text in texts)
    assert not any("{" in text for text in texts)
    assert len(reply["buttons"]) <= 5
    assert {"DigiD", "Taal leren"} & {button["label"] for button in reply["menu"]}
    assert [len(message["phones"]) for message in reply["messages"] if message["phones"]] == [1, 1]
    assert [len(message["items"]) for message in reply["messages"] if message["items"]] == [2]
