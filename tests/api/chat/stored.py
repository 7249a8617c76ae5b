"""What the database holds of a conversation, and setting it by hand."""

from referral.conversations import service as conversations
from referral.models.conversation import Conversation


def change(door, conversation_id, **values):
    with door.database.begin() as session:
        conversation = conversations.get_conversation(session, conversation_id)
        for name, value in values.items():
            setattr(conversation, name, value)


def read_conversation(door, conversation_id):
    with door.database.read() as session:
        return session.get_one(Conversation, conversation_id)
