"""Turns a reply of the chat into messages of Telegram: HTML of its few tags, buttons under it, a card with its place.

Limits: https://core.telegram.org/bots/api (4096 characters a message after the tags are read, counted in UTF-16; 64
bytes behind a button).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from api.chat.schemas import ButtonView, CardView, MessageView, PhoneView, Reply
from api.web.words import Words
from referral.feedback.slips import Helped

MAX_TEXT = 4096
MAX_BUTTON_LABEL = 60
PRESS, HELPED, AGREE, ANSWER = "b", "h", "f", "g"


@dataclass(frozen=True, slots=True)
class Key:
    """A button under a message: it opens an address, or sends what stands behind it."""

    label: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One message: a text (HTML), or the place of a card (WGS 84 degrees)."""

    text: str = ""
    keys: Sequence[Sequence[Key]] = ()
    venue: "Venue | None" = None


@dataclass(frozen=True, slots=True)
class Venue:
    latitude: float
    longitude: float
    title: str
    address: str


@dataclass(slots=True)
class _Pile:
    """Texts that go in one message together, until something else comes."""

    lines: list[str] = field(default_factory=list)

    def take(self) -> Iterator[Part]:
        if self.lines:
            yield from (Part(text) for text in split_text("\n\n".join(self.lines)))
            self.lines.clear()


def render_reply(reply: Reply, words: Words, *, follow_up_days: int = 0) -> list[Part]:
    """Return the messages of a reply, in order. Of level P0 the urgent text is all there is (DESIGN §6.3).

    Under a card one can agree to be asked after some days whether it helped; never about what nobody may see.
    """
    days = 0 if reply.quick_exit or reply.urgent else follow_up_days
    pile = _Pile()
    parts: list[Part] = []
    if reply.safety_line:
        pile.lines.append(_strong(reply.safety_line))
    if reply.urgent:
        pile.lines += [
            _strong(reply.urgent.text),
            *([escape(reply.urgent.tip, quote=False)] if reply.urgent.tip else []),
        ]
    if reply.urgent and reply.urgent.level == "P0":
        return list(pile.take())
    for message in reply.messages:
        if message.card is not None:
            parts += pile.take()
            parts += _render_card(message.card, words, reply.language, days)
        pile.lines += _tell(message)
    parts += pile.take()
    return _put_under(parts, [[_press(button)] for button in (*reply.menu, *reply.buttons)], words, reply.language)


def _put_under(parts: list[Part], keys: list[list[Key]], words: Words, language: str) -> list[Part]:
    """Put the buttons under the last message; under a card, which has its own, stands a question first."""
    if not keys:
        return parts
    if not parts or parts[-1].keys or parts[-1].venue:
        parts.append(Part(escape(words.get_text("page_choices", language), quote=False)))
    last = parts.pop()
    return [*parts, Part(last.text, keys)]


def _tell(message: MessageView) -> Iterator[str]:
    if message.text:
        yield escape(message.text, quote=False)
    if message.phones:
        yield "\n".join(map(_tell_phone, message.phones))
    if message.items:
        yield "\n".join(f"• {escape(item, quote=False)}" for item in message.items)


def _tell_phone(phone: PhoneView) -> str:
    # Telegram makes a number with its country something to press.
    number = phone.call.removeprefix("tel:")
    note = f" ({escape(phone.note, quote=False)})" if phone.note else ""
    return f"☎ {_strong(phone.number)}{note}" + (f"\n{number}" if number.startswith("+") else "")


def _render_card(card: CardView, words: Words, language: str, days: int) -> Iterator[Part]:
    def say(key: str) -> str:
        return escape(words.get_text(key, language), quote=False)

    lines = [_strong(card.name)]
    if card.organisation and card.organisation != card.name:
        lines.append(escape(card.organisation, quote=False))
    lines += [escape(card.does, quote=False)] if card.does else []
    if card.warning:
        lines.append(f"⚠ {_strong(card.warning)}")
    blocks = ["\n".join(lines)]
    blocks.append("\n".join(f"{_strong(line.heading)}: {escape(line.text, quote=False)}" for line in card.lines))
    blocks.append("\n".join(map(_tell_phone, card.phones)))
    if card.bring:
        blocks.append(
            "\n".join([_strong(card.bring_heading), *(f"☐ {escape(one, quote=False)}" for one in card.bring)])
        )
    blocks.append(f"{say('card_code')}: <code>{escape(card.code)}</code>")
    if card.is_example:
        blocks.append(f"<i>{say('example_note')}</i>")
    if card.latitude is not None and card.longitude is not None:
        address = next(
            (line.text for line in card.lines if line.heading == words.get_text("card_address", language)), ""
        )
        yield Part(venue=Venue(card.latitude, card.longitude, card.name, address or card.name))
    texts = split_text("\n\n".join(block for block in blocks if block))
    yield from (Part(text) for text in texts[:-1])
    yield Part(texts[-1], list(_list_card_keys(card, words, language, days)))


def _list_card_keys(card: CardView, words: Words, language: str, days: int) -> Iterator[list[Key]]:
    links = [
        Key(words.get_text("telegram_map", language), url=card.map) if card.map else None,
        Key(words.get_text("card_website", language), url=card.website) if is_web(card.website) else None,
    ]
    if found := [link for link in links if link]:
        yield found
    if card.slip:
        slip = card.slip.split("?")[0].rsplit("/", 1)[-1]
        yield [
            Key(words.get_text(f"telegram_helped_{answer}", language), data=f"{HELPED}:{answer}:{slip}")
            for answer in ("yes", "no")
        ]
        if days:
            yield [Key(words.get_text("telegram_follow_up", language, days=days), data=f"{AGREE}:{slip}")]


def render_follow_up(slip: str, words: Words, language: str) -> Part:
    """Return the one question of some days later. It does not say what it was about: others may see the screen."""
    keys = [Key(words.get_text(f"slip_{answer}", language), data=f"{ANSWER}:{answer}:{slip}") for answer in Helped]
    return Part(words.get_text("telegram_follow_up_ask", language), [[key] for key in keys])


def is_web(address: str | None) -> bool:
    return bool(address) and str(address).startswith(("https://", "http://"))


def _press(button: ButtonView) -> Key:
    label = button.label if len(button.label) <= MAX_BUTTON_LABEL else f"{button.label[: MAX_BUTTON_LABEL - 1]}…"
    return Key(label, data=f"{PRESS}:{button.id}")


def _strong(text: str) -> str:
    return f"<b>{escape(text, quote=False)}</b>"


def measure(text: str) -> int:
    """Return the length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def split_text(text: str) -> list[str]:
    """Return the text in pieces that each fit a message, broken between paragraphs, lines or words, never in a tag."""
    for gap in ("\n\n", "\n", " "):
        if measure(text) <= MAX_TEXT:
            return [text]
        pieces = list(_pack(text.split(gap), gap))
        if all(measure(piece) <= MAX_TEXT for piece in pieces):
            return pieces
    return [text[start : start + MAX_TEXT // 2] for start in range(0, len(text), MAX_TEXT // 2)]


def _pack(pieces: Iterable[str], gap: str) -> Iterator[str]:
    packed = ""
    for piece in pieces:
        longer = f"{packed}{gap}{piece}" if packed else piece
        if packed and measure(longer) > MAX_TEXT:
            yield packed
            longer = piece
        packed = longer
    yield packed
