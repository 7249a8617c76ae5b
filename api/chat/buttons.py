"""Gives buttons their ids: a client never sees what a button means."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from api.chat.draft import Meaning
from api.chat.schemas import ButtonView
from referral.conversations import service as conversations


def make_buttons(session: Session, conversation_id: str, choices: Iterable[tuple[str, Meaning]]) -> list[ButtonView]:
    """Keep what each (label, meaning) means and return what the client gets."""
    return [
        ButtonView(id=conversations.add_button(session, conversation_id, meaning), label=label)
        for label, meaning in choices
    ]
