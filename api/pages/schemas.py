"""What the script of the chat reads before anybody says a word (`/v1`, camelCase)."""

from collections.abc import Mapping, Sequence

from api.web.schemas import Schema


class NumberView(Schema):
    """`number` as it is read, `call` as it is dialled (RFC 3966)."""

    number: str
    call: str


class Chat(Schema):
    """The chat of one library in one language.

    `look`: its colours as a style sheet. `logo`: a path at this door. `hiddenPaths`: where on the library's site there
    is no button. `exitUrl`: the site that takes the place of the chat when somebody leaves quickly.
    """

    library: str
    name: str
    language: str
    words: Mapping[str, Mapping[str, str]]
    max_chars: int
    look: str = ""
    logo: str | None = None
    logo_alt: str = ""
    greeting: str = ""
    position: str = "end"
    hours: str = ""
    phone: NumberView | None = None
    hidden_paths: Sequence[str] = ()
    campaign: str | None = None
    exit_url: str
