"""What the script of the chat reads before anybody says a word (`/v1`, camelCase)."""

from collections.abc import Mapping, Sequence
from typing import Literal

from api.web.schemas import Schema
from referral.language.registry import DUTCH


class NumberView(Schema):
    """`number` as it is read, `call` as it is dialled (RFC 3966)."""

    number: str
    call: str


class LanguageView(Schema):
    """A language by its ISO 639-1 code: its name in itself, and which way it is written; `offered`: to choose."""

    code: str
    name: str
    direction: Literal["ltr", "rtl"]
    offered: bool = True


class Chat(Schema):
    """The chat of one library in one language; `languages` are those that it can be in.

    `hours`: of the desk, in `hoursLanguage`. `look`: its colours as a style sheet. `logo`: a path at this door.
    `hiddenPaths`: where on the library's site there is no button. `exitUrl`: the site that takes the place of the chat
    when somebody leaves quickly.
    """

    library: str
    name: str
    language: str
    languages: Sequence[LanguageView]
    words: Mapping[str, Mapping[str, str]]
    max_chars: int
    look: str = ""
    logo: str | None = None
    logo_alt: str = ""
    greeting: str = ""
    position: str = "end"
    hours: str = ""
    hours_language: str = DUTCH
    phone: NumberView | None = None
    hidden_paths: Sequence[str] = ()
    campaign: str | None = None
    exit_url: str
