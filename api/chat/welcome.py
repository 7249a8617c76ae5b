"""What the assistant says first."""

from api.chat.draft import Draft
from api.chat.languages import say_what_is_translated

WELCOME_TURN = "welcome-turn"


def say_welcome(draft: Draft) -> None:
    """Say who is speaking and what is kept; in a language of which there is a part, that it is one."""
    draft.say("welcome")
    say_what_is_translated(draft)
