"""Buttons, forgetting and erasing."""

import pytest
from sqlalchemy import func, select

from referral.conversations import service as conversations
from referral.conversations.service import Said
from referral.errors import UnknownButton, UnknownConversation
from referral.models.conversation import Button, Conversation, Message
from referral.models.visit import Visit
from tests.clock import TUESDAY
from tests.referral.conversations.conftest import LIBRARY, open_one

NOW = TUESDAY
FILLED = {
    "topic": "digid",
    "place": "Zwolle",
    "sender": "cjib",
    "signal": "termijn",
    "awaiting": "helped",
    "skipped_place": True,
    "misses": 1,
    "question_id": "q-1",
    "referral_id": "r-1",
}


def fill(database, conversation_id):
    """Say something, show a button, and set every slot."""
    with database.begin() as session:
        conversation = conversations.get_conversation(session, conversation_id)
        for name, value in FILLED.items():
            setattr(conversation, name, value)
        conversations.record_message(session, conversation_id, Said(turn_id="turn-1", text="hallo"), NOW)
        return conversations.add_button(session, conversation_id, {"intent": "keep"})


def count(database, *kinds):
    with database.read() as session:
        return [session.scalar(select(func.count()).select_from(kind)) for kind in kinds]


def test_a_new_conversation_knows_nothing_yet(database, conversation_id):
    with database.read() as session:
        conversation = conversations.get_conversation(session, conversation_id)
        assert {name: getattr(conversation, name) for name in FILLED} == {
            **dict.fromkeys(FILLED),
            "skipped_place": False,
            "misses": 0,
        }
        assert (conversation.library_id, conversation.created_at, conversation.running_turn) == (LIBRARY, NOW, None)


def test_a_conversation_that_does_not_exist_is_not_found(database):
    with database.begin() as session:
        with pytest.raises(UnknownConversation):
            conversations.get_conversation(session, "gone")
        with pytest.raises(UnknownConversation):
            conversations.delete_conversation(session, "gone")


def test_a_button_means_what_it_meant_when_it_was_shown(database, conversation_id):
    button_id = fill(database, conversation_id)
    with database.read() as session:
        button = conversations.get_button(session, conversation_id, button_id)
        assert (button.meaning, button.used_in) == ({"intent": "keep"}, None)


def test_a_button_of_another_conversation_does_nothing(database, conversation_id):
    button_id = fill(database, conversation_id)
    with database.begin() as session:
        neighbour = open_one(session)
        for unknown in (button_id, "never-shown", ""):
            with pytest.raises(UnknownButton):
                conversations.get_button(session, neighbour, unknown)


def test_erasing_takes_everything_that_was_said_and_leaves_the_visit(database, conversation_id):
    fill(database, conversation_id)
    with database.begin() as session:
        conversations.delete_conversation(session, conversation_id)
    assert count(database, Conversation, Message, Button, Visit) == [0, 0, 0, 1]


def test_starting_again_forgets_everything_but_the_language(database, conversation_id):
    fill(database, conversation_id)
    with database.begin() as session:
        conversation = conversations.get_conversation(session, conversation_id)
        conversation.language = "en"
        conversations.reset(conversation)
    with database.read() as session:
        conversation = conversations.get_conversation(session, conversation_id)
        assert not any(getattr(conversation, name) for name in FILLED)
        assert (conversation.language, conversation.library_id) == ("en", LIBRARY)


def test_an_emergency_closes_the_open_question_and_keeps_the_rest(database, conversation_id):
    fill(database, conversation_id)
    with database.begin() as session:
        conversations.drop_question(session, conversation_id)
    with database.read() as session:
        conversation = conversations.get_conversation(session, conversation_id)
        assert (conversation.awaiting, conversation.misses) == (None, 0)
        assert (conversation.topic, conversation.place, conversation.referral_id) == ("digid", "Zwolle", "r-1")


def test_an_emergency_in_a_conversation_that_is_gone_is_no_error(database):
    with database.begin() as session:
        conversations.drop_question(session, "gone")
