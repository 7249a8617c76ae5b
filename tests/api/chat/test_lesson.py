"""Which messages of the chat are noted to learn from: those that were not understood, and nothing that is private."""

import pytest
from sqlalchemy import select

from referral.models.conversation import Message
from tests.api.chat.stored import read_conversation
from tests.api.rasa_server import understand

SAID = "ik heb een raar ding van de gemeente"


@pytest.fixture
def door(door_with_rasa):
    return door_with_rasa


def list_unclear(door, conversation_id):
    """Return (text, topics) of each message that is noted."""
    statement = select(Message.text, Message.unclear).where(
        Message.conversation_id == conversation_id, Message.unclear.is_not(None)
    )
    with door.database.read() as session:
        return [tuple(row) for row in session.execute(statement)]


def test_a_message_that_was_not_understood_is_noted_masked_with_what_it_may_be(door, rasa):
    conversation_id, _ = door.open()
    rasa.answer = understand({"say": "unsure"}, {"unclear": ["boete", "digid"]}, misses=1)
    reply = door.say(conversation_id, "ik ben Jan Jansen, wat is dit")
    assert len(reply["messages"]) == 1
    ((text, likely),) = list_unclear(door, conversation_id)
    assert "Jansen" not in text
    assert likely == ["boete", "digid"]


def test_a_message_that_was_understood_is_not_noted(door, rasa):
    conversation_id, _ = door.open()
    rasa.answer = understand({"say": "ask_place"}, topic="huurtoeslag")
    door.say(conversation_id, SAID)
    rasa.answer = b"down"
    door.say(conversation_id, SAID)
    assert list_unclear(door, conversation_id) == []


@pytest.mark.parametrize("likely", [["digid", "mentaal"], ["suicide"], ["boete", "digid", "medisch"]])
def test_what_may_be_private_is_not_noted(door, rasa, likely):
    conversation_id, _ = door.open()
    rasa.answer = understand({"say": "unsure"}, {"unclear": likely}, misses=1)
    door.say(conversation_id, SAID)
    assert list_unclear(door, conversation_id) == []


def test_a_button_has_no_words_to_learn_from(door, rasa):
    conversation_id, _ = door.open()
    rasa.answer = understand({"say": "unsure"}, {"unclear": ["digid"]}, misses=1)
    reply = door.say(conversation_id, SAID)
    rasa.answer = understand({"say": "say_again"}, {"unclear": []}, misses=2)
    door.press(conversation_id, reply, "Iets anders")
    assert list_unclear(door, conversation_id) == [(SAID, ["digid"])]


@pytest.mark.parametrize("topic", ["mentaal", "medisch", "suicide"])
def test_a_private_topic_makes_the_whole_conversation_private(door, rasa, topic):
    conversation_id, _ = door.open()
    rasa.answer = understand({"say": "unsure"}, {"unclear": ["digid"]}, misses=1)
    door.say(conversation_id, SAID)
    assert not read_conversation(door, conversation_id).is_private
    rasa.answer = understand({"say": "ask_place"}, topic=topic)
    door.say(conversation_id, "het gaat niet goed")
    assert read_conversation(door, conversation_id).is_private


def test_an_urgent_signal_makes_the_whole_conversation_private(door, rasa):
    conversation_id, _ = door.open()
    rasa.answer = understand({"say": "unsure"}, {"unclear": ["digid"]}, misses=1)
    door.say(conversation_id, "ze sluiten morgen mijn stroom af")
    assert read_conversation(door, conversation_id).is_private
    assert list_unclear(door, conversation_id) == []


@pytest.mark.parametrize("said", ["ik wil niet meer leven, ik maak er een eind aan", "thuis is het niet goed"])
def test_an_emergency_makes_the_whole_conversation_private(door, rasa, said):
    conversation_id, _ = door.open()
    rasa.answer = understand({"urgent": "geweld_thuis"})
    door.say(conversation_id, said)
    assert read_conversation(door, conversation_id).is_private


@pytest.mark.parametrize(("language", "days"), [("nl", "30 dagen"), ("en", "30 days")])
def test_who_asks_what_we_keep_is_told(door, rasa, language, days):
    conversation_id, _ = door.open(language=language)
    rasa.answer = understand({"say": "privacy"})
    said = door.say(conversation_id, "??")["messages"][0]["text"]
    assert days in said
    assert "24" in said
