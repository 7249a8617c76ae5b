"""The waaier in words: every sentence that its pages and its PDF show, in one language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from api.web.service_words import describe_costs, describe_warning, make_phone_link, pick
from api.web.usual_hours import describe_usual_hours
from api.web.words import Words
from referral.catalogue.topics import Card, Paragraph
from referral.clock import to_local
from referral.directory.card import ServiceCard
from referral.directory.spoken.words import HourWords
from referral.waaier.service import Leaf, Waaier

# The chapters in their order: a domain, and the key of its name.
CHAPTERS = {
    "nood": "waaier_urgent",
    "digitale_overheid": "domain_digitale_overheid",
    "belasting_toeslagen": "domain_belasting_toeslagen",
    "sociaal_juridisch": "domain_sociaal_juridisch",
    "leren": "domain_leren",
}
LOCALES = {"nl": "nl_NL", "en": "en_GB"}
# How much of a date a source gives (`ReadDate`): year, month and day, by the number of hyphens.
READ_PATTERNS = ("y", "MMMM y", "d MMMM y")


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that a card says; `mark` is the number of its source, from 1, or 0 for none."""

    text: str
    mark: int


@dataclass(frozen=True, slots=True)
class Part:
    heading: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """`address` is empty for a source that is not on the web; `name` tells it in words."""

    number: int
    name: str
    address: str
    read: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerSheet:
    """A partner in words, empty where nothing is known; `phones` are (number, link, note), `lines` (heading, text)."""

    name: str
    organisation: str
    does: str
    note: str
    lines: tuple[tuple[str, str], ...]
    phones: tuple[tuple[str, str, str], ...]
    website: str
    checked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafSheet:
    """A card with its partners; `lacks` says that there are none here, or none at all."""

    id: str
    title: str
    parts: tuple[Part, ...]
    sources: tuple[Source, ...]
    lacks: str
    partners: tuple[PartnerSheet, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    id: str
    title: str
    leaves: tuple[LeafSheet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything, with the headings that are the same on every page; `chat` is the address of the chat, if known."""

    language: str
    title: str
    library: str
    day: str
    date: str
    contents: str
    partners: str
    phone: str
    website: str
    sources: str
    chat: str
    chat_words: str
    code_words: str
    chapters: tuple[Chapter, ...]


def make_sheet(waaier: Waaier, *, words: Words, hour_words: HourWords, language: str, chat: str) -> Sheet:
    """Return the waaier in words; `chat` is the public address of the library's chat, or empty."""
    return _Writer(waaier, words, hour_words, language).write(chat)


@dataclass(frozen=True, slots=True)
class _Writer:
    waaier: Waaier
    words: Words
    hour_words: HourWords
    language: str

    def write(self, chat: str) -> Sheet:
        place, day = self.waaier.place, to_local(self.waaier.moment).date()
        return Sheet(
            language=self.language,
            title=self.say("waaier_title"),
            library=self.waaier.library_name,
            day=self.say("waaier_day", day=self.say_day(day)),
            date=day.isoformat(),
            contents=self.say("waaier_contents"),
            partners=self.say("waaier_partners_in", place=place.name) if place else self.say("waaier_partners"),
            phone=self.say("card_phone"),
            website=self.say("card_website"),
            sources=self.say("waaier_sources"),
            chat=chat,
            chat_words=self.say("waaier_chat", address=chat),
            code_words=self.say("waaier_code", address=chat),
            chapters=tuple(self.list_chapters()),
        )

    def list_chapters(self) -> Iterable[Chapter]:
        for domain, key in CHAPTERS.items():
            leaves = tuple(self.write_leaf(leaf) for leaf in self.waaier.leaves if leaf.topic.domain == domain)
            if leaves:
                yield Chapter(domain, self.say(key), leaves)

    def write_leaf(self, leaf: Leaf) -> LeafSheet:
        sources = {key: number for number, key in enumerate(_list_sources(leaf.card), start=1)}
        return LeafSheet(
            id=leaf.topic.id,
            title=leaf.card.title,
            parts=tuple(
                Part(self.say(key), tuple(_write_point(one, sources) for one in paragraphs))
                for key, paragraphs in _list_parts(leaf.card)
                if paragraphs
            ),
            sources=tuple(self.write_source(number, *key) for key, number in sources.items()),
            lacks=self.tell_lack(leaf),
            partners=tuple(self.write_partner(partner) for partner in leaf.partners),
        )

    def tell_lack(self, leaf: Leaf) -> str:
        if not leaf.partners:
            return self.say("waaier_nobody")
        if leaf.topic.partners and not leaf.has_local and self.waaier.place:
            return self.say("waaier_no_local", place=self.waaier.place.name)
        return ""

    def write_source(self, number: int, name: str, read: str) -> Source:
        parts = [int(part) for part in read.split("-")]
        day = date(*[*parts, 1, 1][:3])
        said = format_date(day, READ_PATTERNS[len(parts) - 1], locale=LOCALES[self.language])
        address = name if name.startswith("https://") else ""
        return Source(number, name, address, self.say("waaier_read", day=said))

    def write_partner(self, partner: ServiceCard) -> PartnerSheet:
        lines = (
            ("card_address", ", ".join(partner.address_lines)),
            ("card_hours", self.tell_hours(partner)),
            ("card_how", pick(partner.how, self.language)),
            ("card_cost", describe_costs(partner, words=self.words, language=self.language)),
        )
        example = self.say("example_note") if partner.is_example else ""
        warning = describe_warning(partner, words=self.words, language=self.language) or ""
        checked = partner.assured_date
        return PartnerSheet(
            name=partner.name,
            organisation=partner.organization_name if partner.organization_name != partner.name else "",
            does=pick(partner.does, self.language),
            note=" ".join(text for text in (example, warning) if text),
            lines=tuple((self.say(key), text) for key, text in lines if text),
            phones=tuple((one.number, make_phone_link(one.number), one.description) for one in partner.phones),
            website=partner.website or "",
            checked=self.say("waaier_checked", day=self.say_day(checked)) if checked else "",
        )

    def tell_hours(self, partner: ServiceCard) -> str:
        """Return the hours to come by; of who has no address and no hours there is nothing to tell."""
        if not (partner.address_lines or partner.hours or partner.by_appointment):
            return ""
        return describe_usual_hours(
            partner, self.waaier.moment, hour_words=self.hour_words, words=self.words, language=self.language
        )

    def say(self, key: str, **values: str) -> str:
        return self.words.get_text(key, self.language, **values)

    def say_day(self, day: date) -> str:
        return format_date(day, "d MMMM y", locale=LOCALES[self.language])


def _list_parts(card: Card) -> tuple[tuple[str, tuple[Paragraph, ...]], ...]:
    """Return what a card says under which heading, for staff too."""
    return (
        ("waaier_what", card.what),
        ("card_do", card.do),
        ("card_bring", card.bring),
        ("card_dates", card.dates),
        ("card_who", card.who),
        ("waaier_may", card.staff.may),
        ("waaier_may_not", card.staff.may_not),
    )


def _find_source(paragraph: Paragraph) -> tuple[str, str] | None:
    return (paragraph.source, paragraph.date) if paragraph.source and paragraph.date else None


def _list_sources(card: Card) -> list[tuple[str, str]]:
    """Return (source, when it was read), each once, in the order in which the card leans on them."""
    found = (_find_source(one) for _, paragraphs in _list_parts(card) for one in paragraphs)
    return list(dict.fromkeys(source for source in found if source))


def _write_point(paragraph: Paragraph, sources: dict[tuple[str, str], int]) -> Point:
    source = _find_source(paragraph)
    return Point(paragraph.text, sources[source] if source else 0)
