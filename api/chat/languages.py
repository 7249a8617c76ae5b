"""Which language a conversation is in: that of the last message, until the citizen chooses one by hand."""

from api.chat.draft import Draft
from referral.models.conversation import Conversation


def find_language(conversation: Conversation, heard: str | None) -> str:
    """Return the language to go on in; `heard` is that of the message, if it could be told."""
    return conversation.language if conversation.is_language_chosen or heard is None else heard


def choose_language(conversation: Conversation, language: str) -> None:
    """Go on in a language that was asked for; no message changes it."""
    conversation.language, conversation.is_language_chosen = language, True


def say_language(draft: Draft) -> None:
    """Say that we go on in the language of the draft."""
    if draft.language in draft.words.partly:
        say_what_is_translated(draft)
    else:
        draft.say(f"language_{draft.language}")


def say_what_is_translated(draft: Draft) -> None:
    """Say that the rest is in Dutch, in a language of which there is a part."""
    if draft.language in draft.words.partly:
        draft.say("partly_translated")
