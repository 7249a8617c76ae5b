"""A turn at the door: one reply a turn, and honest when Rasa is down. Real database, no Rasa."""

import threading

import pytest
from sqlalchemy import func, select

from api.web.words import load_words
from referral.conversations import service as conversations
from referral.conversations.service import Said
from referral.models.conversation import Button, Message
from referral.models.referral import Referral
from referral.settings import ROOT
from tests.api.chat.stored import change, read_conversation
from tests.api.door import read_problem
from tests.api.on_sqlite import IS_ON_POSTGRESQL
from tests.clock import TUESDAY
from tests.postgres import find_free_port

pytestmark = pytest.mark.usefixtures("tuesday")

TEXTS = load_words(ROOT / "data").texts
BSN = "111222333"


def list_texts(reply):
    return [message["text"] for message in reply["messages"] if message["text"]]


def list_cards(reply):
    return [message["card"] for message in reply["messages"] if message["card"]]


def list_labels(reply):
    return [button["label"] for button in [*reply["menu"], *reply["buttons"]]]


# ── the beginning ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_first_words_say_that_this_is_a_computer(door, language):
    _, welcome = door.open(language=language)
    assert list_texts(welcome) == [TEXTS[language]["welcome"]]
    assert len(welcome["buttons"]) == 4


# ── Rasa is down ──────────────────────────────────────────────────────────────


def test_without_rasa_it_says_so_and_offers_topics_and_a_person(door):
    conversation_id, _ = door.open()
    reply = door.say(conversation_id, "ik heb een vraag over huurtoeslag en over mijn digid")
    assert list_texts(reply)[0] == TEXTS["nl"]["assistant_down"]
    assert "Huurtoeslag" in list_labels(reply)
    assert "DigiD" in " ".join(list_labels(reply))
    assert any("Bibliotheek" in text or "bibliotheek" in text for text in list_texts(reply)[1:])
    assert [phone["number"] for message in reply["messages"] for phone in message["phones"]] == ["038 000 01 00"]
    assert len(reply["buttons"]) <= 5


def test_without_rasa_an_urgent_signal_still_stands_first(door):
    conversation_id, _ = door.open()
    reply = door.say(conversation_id, "morgen word ik uit mijn huis gezet door de deurwaarder")
    assert reply["urgent"]["level"] == "P1"
    assert TEXTS["nl"]["assistant_down"] in list_texts(reply)
    assert read_conversation(door, conversation_id).signal == reply["urgent"]["signal"]


def test_without_rasa_who_chooses_a_topic_is_referred(door):
    conversation_id, reply = door.open()
    reply = door.press(conversation_id, reply, TEXTS["nl"]["domain_belasting_toeslagen"])
    assert "Huurtoeslag" in list_labels(reply)
    reply = door.press(conversation_id, reply, "Huurtoeslag")
    assert list_texts(reply)[-1] == TEXTS["nl"]["ask_place"]
    reply = door.press(conversation_id, reply, TEXTS["nl"]["button_skip"])
    (card,) = list_cards(reply)
    assert card["serviceId"] == "nationaal-toeslagen"
    with door.database.read() as session:
        referral = session.scalars(select(Referral).where(Referral.code == card["code"])).one()
        assert referral.shown_at is not None


def test_without_rasa_a_place_that_is_known_already_is_used(door):
    conversation_id, reply = door.open(place="Ommen")
    reply = door.press(conversation_id, reply, TEXTS["nl"]["domain_belasting_toeslagen"])
    (card,) = list_cards(door.press(conversation_id, reply, "Huurtoeslag"))
    assert card["serviceId"] == "ido-ommen-voorbeeld"


@pytest.mark.parametrize("place", ["Ommen", "ommen ", "Elst", "Den Haag"])
def test_a_place_that_the_page_tells_is_kept_also_when_it_must_be_asked_which(door, caplog, place):
    conversation_id, _ = door.open(place=place)
    assert read_conversation(door, conversation_id).place == place
    assert caplog.records == []


@pytest.mark.parametrize("place", ["Atlantis", "", "  ", "Overal in Nederland", "8011", "Jansen 06-12345678"])
def test_a_place_that_is_unknown_is_left_out_and_the_log_says_so_without_it(door, caplog, place):
    conversation_id, _ = door.open(place=place)
    assert read_conversation(door, conversation_id).place is None
    assert [record.getMessage() for record in caplog.records] == [
        "a page opens conversations with a place that is unknown"
    ]


def test_without_rasa_a_button_that_needs_it_says_so(door):
    conversation_id, reply = door.open(place="Zwolle")
    reply = door.press(conversation_id, reply, TEXTS["nl"]["domain_belasting_toeslagen"])
    reply = door.press(conversation_id, reply, "Huurtoeslag")
    reply = door.press(conversation_id, reply, TEXTS["nl"]["button_keep"])
    assert TEXTS["nl"]["assistant_down"] in list_texts(reply)


# ── one reply a turn ──────────────────────────────────────────────────────────


def test_the_same_turn_again_gets_the_stored_reply(door):
    conversation_id, _ = door.open()
    first = door.say(conversation_id, "ik heb een vraag over huurtoeslag", "turn-0001")
    assert door.say(conversation_id, "ik heb een vraag over huurtoeslag", "turn-0001") == first
    assert door.say(conversation_id, "iets heel anders", "turn-0001") == first
    with door.database.read() as session:
        statement = select(func.count()).where(Message.conversation_id == conversation_id)
        assert session.scalar(statement) == 2  # the welcome, and this


def test_a_button_pressed_twice_is_one_referral(door):
    conversation_id, reply = door.open(place="Zwolle")
    menu = door.press(conversation_id, reply, TEXTS["nl"]["domain_belasting_toeslagen"])
    first = door.press(conversation_id, menu, "Huurtoeslag", "turn-0001")
    assert door.press(conversation_id, menu, "Huurtoeslag", "turn-0002") == first
    question_id = read_conversation(door, conversation_id).question_id
    with door.database.read() as session:
        assert len(session.scalars(select(Referral).where(Referral.question_id == question_id)).all()) == 1


def test_a_turn_that_a_dead_process_left_half_done_is_answered(door):
    conversation_id, _ = door.open()
    with door.database.begin() as session:
        conversations.take_turn(session, conversation_id, "turn-0001", TUESDAY)
        conversations.record_message(session, conversation_id, Said(turn_id="turn-0001", text="hallo"), TUESDAY)
    assert list_texts(door.say(conversation_id, "hallo", "turn-0001"))


def test_two_messages_at_once_are_both_answered(door):
    conversation_id, _ = door.open()
    replies = {}

    def say(turn_id):
        replies[turn_id] = door.say(conversation_id, "hallo daar", turn_id)

    threads = [threading.Thread(target=say, args=(f"turn-000{number}",)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {turn_id: reply["turnId"] for turn_id, reply in replies.items()} == {
        turn_id: turn_id for turn_id in ("turn-0000", "turn-0001", "turn-0002")
    }
    assert read_conversation(door, conversation_id).running_turn is None


def test_a_message_that_waited_too_long_for_another_is_told_so(door, monkeypatch):
    monkeypatch.setattr("api.chat.gateway.WAIT_FOR_TURN", 0.1)
    conversation_id, _ = door.open()
    change(door, conversation_id, running_turn="turn-0001", running_until=TUESDAY.replace(year=2030))
    answer = door.send(conversation_id, "turn-0002", text="hallo")
    assert read_problem(answer) == (409, "turn_is_running")


# ── what is refused ───────────────────────────────────────────────────────────


def test_a_conversation_that_is_gone_is_not_found(door):
    assert read_problem(door.send("gone", text="hallo")) == (404, "unknown_conversation")


def test_a_button_of_another_conversation_is_refused(door):
    _, reply = door.open()
    conversation_id, _ = door.open()
    for button_id in (reply["buttons"][0]["id"], "never-shown"):
        assert read_problem(door.send(conversation_id, buttonId=button_id)) == (400, "unknown_button")


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200b", "\x00\x07", "///"])
def test_a_message_without_anything_to_read_is_refused(door, text):
    conversation_id, _ = door.open()
    assert read_problem(door.send(conversation_id, text=text)) == (400, "invalid_input")


def test_without_a_database_it_says_that_it_is_down(make_door):
    door = make_door(database_url=f"postgresql+psycopg://omdehoek@127.0.0.1:{find_free_port()}/omdehoek")
    assert read_problem(door.ask("POST", "/v1/conversations", json={})) == (503, "database_unavailable")
    assert read_problem(door.send("some-conversation", text="hallo")) == (503, "database_unavailable")


# ── what is kept, found back and erased ───────────────────────────────────────


def test_what_was_typed_is_kept_and_logged_without_personal_data(door, caplog):
    conversation_id, _ = door.open()
    with caplog.at_level("DEBUG"):
        door.say(conversation_id, f"mijn bsn is {BSN} en ik heb een vraag", "turn-0001")
    with door.database.read() as session:
        message = conversations.record_message(session, conversation_id, Said(turn_id="turn-0001"), TUESDAY)
        assert message.text == "mijn bsn is BSN en ik heb een vraag"
    assert BSN not in caplog.text
    if not IS_ON_POSTGRESQL:
        assert BSN.encode() not in (door.settings.state_dir / "omdehoek.db-wal").read_bytes()


def test_a_reloaded_page_finds_the_replies_and_not_what_was_typed(door):
    conversation_id, welcome = door.open()
    first = door.say(conversation_id, "ik heb een vraag over huurtoeslag")
    found = door.ask("GET", f"/v1/conversations/{conversation_id}")
    assert found.json() == {
        "conversationId": conversation_id,
        "language": "nl",
        "replies": [welcome, first],
        "person": None,
    }
    assert "een vraag over" not in found.text


def test_an_erased_conversation_is_gone_with_its_messages_and_buttons(door):
    conversation_id, _ = door.open()
    door.say(conversation_id, "hallo daar")
    assert door.ask("DELETE", f"/v1/conversations/{conversation_id}").status_code == 204
    assert read_problem(door.send(conversation_id, text="hallo")) == (404, "unknown_conversation")
    with door.database.read() as session:
        for kind in (Message, Button):
            assert session.scalars(select(kind).where(kind.conversation_id == conversation_id)).all() == []


def test_a_message_in_english_is_answered_in_english(door):
    conversation_id, _ = door.open()
    reply = door.say(conversation_id, "I cannot pay my rent, what should I do?")
    assert reply["language"] == "en"
    assert TEXTS["en"]["assistant_down"] in list_texts(reply)
