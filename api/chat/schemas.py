"""What goes over the wire between a client of the chat and the door (`/v1`, camelCase)."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, field_validator, model_validator

from api.web.schemas import Id, Schema
from referral import campaigns
from referral.feedback.slips import Helped
from referral.language.registry import ALL, DUTCH
from referral.models.columns import ID_LENGTH


def _check_language(code: str) -> str:
    if code not in ALL:
        raise ValueError(f"one of {', '.join(ALL)}")
    return code


TurnId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
# ISO 639-1, as in data/languages.yml.
Language = Annotated[str, AfterValidator(_check_language), Field(json_schema_extra={"enum": list(ALL)})]


class StartRequest(Schema):
    """Opens a conversation. `place`: where the chat stands, if the page or QR code tells.

    `library`: whose chat it is; none: that of this assistant. `location`: where it stands, by the id of the directory;
    its town is the place, unless one is given.
    """

    language: Language = DUTCH
    channel: Literal["web", "terminal", "telegram"] = "web"
    place: Annotated[str, Field(max_length=80)] | None = None
    library: Id | None = None
    location: Id | None = None
    campaign: Annotated[str, StringConstraints(pattern=campaigns.PATTERN, max_length=campaigns.MAX_LENGTH)] | None = (
        None
    )


def _ask_for_one(one: str, other: str) -> dict[str, Any]:
    """Return the JSON Schema of a turn that has the one and not the other."""
    return {"required": [one], "properties": {one: {"type": "string"}, other: {"type": "null"}}}


class TurnRequest(Schema):
    """One turn: a text or a button. `turnId` is the client's; the same id again gets the same reply."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [_ask_for_one("text", "buttonId"), _ask_for_one("buttonId", "text")]}
    )

    turn_id: TurnId
    text: str | None = None
    button_id: Annotated[str, Field(min_length=1, max_length=64)] | None = None

    @field_validator("text")
    @classmethod
    def mend_surrogates(cls, text: str | None) -> str | None:
        """Replace half an emoji (a lone surrogate): no encoder takes it, and an emergency may stand around it."""
        return text and text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    @model_validator(mode="after")
    def check_one_of_two(self) -> "TurnRequest":
        if (self.text is None) == (self.button_id is None):
            raise ValueError("either text or buttonId")
        return self


class LanguageRequest(Schema):
    """The language that the citizen chooses; the same `turnId` again gets the same reply."""

    turn_id: TurnId
    language: Language


class HelpedRequest(Schema):
    """What a citizen says of a card: whether it helped. `slip` is the last part of the path of its page."""

    turn_id: TurnId
    slip: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$", max_length=ID_LENGTH)]
    helped: Helped


class ButtonView(Schema):
    id: str
    label: str


class UrgentView(Schema):
    """An urgent signal; of level P0 its text is the whole reply, and may be in a language that nothing else is in."""

    signal: str
    level: Literal["P0", "P1", "P2"]
    text: str
    tip: str | None = None
    language: str = "nl"
    direction: Literal["ltr", "rtl"] = "ltr"


class PhoneView(Schema):
    """`number` as it is read, `call` as it is dialled (RFC 3966)."""

    number: str
    call: str
    note: str | None = None


class LineView(Schema):
    """A line of a card with its own heading ("Open", "Adres", "Kosten"), which is in the language of the reply."""

    heading: str
    text: str


class CardView(Schema):
    """A referral card: who helps, where, when, and what to bring.

    `language`: what the headings are not in, where it is another language than that of the reply.
    `slip` is the path of the citizen's own page of it, where they say whether it helped; `map` leads to a map;
    `latitude` and `longitude` are WGS 84 degrees. `steps`: the same in short sentences, one thing to do at a time.
    """

    code: str
    service_id: str
    name: str
    organisation: str
    does: str
    lines: list[LineView]
    phones: list[PhoneView]
    website: str | None
    bring_heading: str
    bring: list[str]
    reasons: list[str]
    warning: str | None
    is_example: bool
    map: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    slip: str | None = None
    steps: Sequence[str] = ()
    language: str | None = None


class MessageView(Schema):
    """One bubble: a text, a card, telephone numbers or a list of short things.

    `language`: of the text and the things, where it is another than that of the reply.
    """

    text: str | None = None
    language: str | None = None
    card: CardView | None = None
    phones: Sequence[PhoneView] = ()
    items: Sequence[str] = ()


class WordView(Schema):
    """A difficult word of a reply, and what it means in plain words; `language` as of a card."""

    word: str
    meaning: str
    language: str | None = None


class PersonView(Schema):
    """Where a conversation with a person of the library is. `number`: of the last that staff said, to go on from."""

    state: Literal["waiting", "talking", "ended"]
    number: int = 0


class Reply(Schema):
    """All that is said in one turn, in order; buttons last.

    `speaker`: who says it, the assistant or a person of the library.

    While `person` is there and not ended, the assistant is silent, and staff read what is said.
    `difficult`: the difficult words in it, for who wants them explained.
    `quickExit`: from here on the citizen may have to get away from the screen at once.
    """

    conversation_id: str
    turn_id: str
    language: str
    urgent: UrgentView | None = None
    safety_line: str | None = None
    messages: Sequence[MessageView] = ()
    buttons: Sequence[ButtonView] = ()
    menu: Sequence[ButtonView] = ()
    difficult: Sequence[WordView] = ()
    quick_exit: bool = False
    speaker: Literal["computer", "person"] = "computer"
    person: PersonView | None = None


class PersonMessage(MessageView):
    """What staff said: a text, or a card; ask for news after this number."""

    number: int


class PersonNews(Schema):
    """News of a person. `reply`: once it ended, what the assistant says now that it is back."""

    state: Literal["none", "waiting", "talking", "ended"]
    waited_seconds: int = 0
    messages: Sequence[PersonMessage] = ()
    reply: Reply | None = None


class Conversation(Schema):
    """A conversation as a client finds it back: its replies so far, oldest first, with what staff said in between."""

    conversation_id: str
    language: str
    replies: list[Reply]
    person: PersonView | None = None
