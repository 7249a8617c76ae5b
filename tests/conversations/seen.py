"""What came back in a reply, in the terms of the goals: text keys instead of sentences, kinds instead of names."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.web.words import Words, load_words
from referral.catalogue.service import Catalogue, load_catalogue
from referral.models.attribute import Attribute
from referral.models.taxonomy_term import NATIONAL_KIND, TaxonomyTerm
from referral.settings import ROOT

DATA = ROOT / "data"
_FIELD = re.compile(r"\\\{(\w+)\\\}")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A reply as a citizen saw it. `said`: a text key, `recognise`, `paragraph`, `card`, `phones` or `items` each."""

    urgent: str | None
    has_safety_line: bool
    said: list[str]
    cards: list[list[str]]
    buttons: list[str]
    menu: list[str]


def read_reply(session: Session, reply: dict[str, Any]) -> Seen:
    language = reply["language"]
    return Seen(
        urgent=reply["urgent"]["signal"] if reply["urgent"] else None,
        has_safety_line=bool(reply["safetyLine"]),
        said=[name_message(message, language) for message in reply["messages"]],
        cards=[list_kinds(session, message["card"]["serviceId"]) for message in reply["messages"] if message["card"]],
        buttons=[name_label(button["label"], language) for button in reply["buttons"]],
        menu=[name_label(button["label"], language) for button in reply["menu"]],
    )


def name_message(message: dict[str, Any], language: str) -> str:
    for kind in ("card", "phones", "items"):
        if message[kind]:
            return kind
    return name_text(message["text"] or "", language)


def name_text(text: str, language: str) -> str:
    """Return the key whose words these are: the one with most words of its own, since some are nearly all values."""
    if text in list_recognitions(language):
        return "recognise"
    words = list_texts(language)
    if any(text.startswith(f"{words[key]}: ") for key in words if key.startswith("card_")):
        return "paragraph"
    fitting = [(own, key) for key, (own, pattern) in list_patterns(language).items() if pattern.fullmatch(text)]
    return max(fitting)[1] if fitting else "paragraph"


def name_label(label: str, language: str) -> str:
    """Return the text key or topic id of a label, or the label itself (the name of a place)."""
    keys = (key for key, text in list_texts(language).items() if text == label)
    topics = (topic.id for topic in get_catalogue().topics.values() if get_words().name_topic(topic, language) == label)
    return next(keys, None) or next(topics, label)


def find_label(name: str, language: str) -> str:
    """Return what stands on the button of a text key, a topic id or a place."""
    if name in list_texts(language):
        return list_texts(language)[name]
    topic = get_catalogue().topics.get(name)
    return get_words().name_topic(topic, language) if topic else name


def list_kinds(session: Session, service_id: str) -> list[str]:
    statement = (
        select(TaxonomyTerm.code)
        .join(Attribute, Attribute.taxonomy_term_id == TaxonomyTerm.id)
        .where(Attribute.link_entity == "service", Attribute.link_id == service_id)
    )
    return sorted(session.scalars(statement))


def is_national(kinds: list[str]) -> bool:
    return NATIONAL_KIND in kinds


@cache
def list_texts(language: str) -> dict[str, str]:
    """Return the texts of a language; what one that is not whole lacks is in Dutch."""
    words = get_words()
    if language in words.partly:
        return {**words.texts["nl"], **words.partly[language].texts}
    return dict(words.texts[language])


@cache
def get_words() -> Words:
    return load_words(DATA)


@cache
def get_catalogue() -> Catalogue:
    return load_catalogue(DATA)


@cache
def list_recognitions(language: str) -> frozenset[str]:
    catalogue = get_catalogue()
    written = "nl" if language in get_words().partly else language
    return frozenset(catalogue.get_card(topic, written).recognise for topic in catalogue.topics)


@cache
def list_patterns(language: str) -> dict[str, tuple[int, re.Pattern[str]]]:
    """Return of each text how many characters are its own, and the words with a gap for every value."""
    texts = list_texts(language)
    hours = "|".join(re.escape(text.split("{")[0]) for key, text in texts.items() if key.startswith("hours_"))
    gaps = {"hours": rf"(?:{hours}|\d).*", "address": r".*\d{4} [A-Z]{2} .*"}
    return {
        key: (
            len(re.sub(r"\{\w+\}", "", text)),
            re.compile(_FIELD.sub(lambda field: gaps.get(field[1], ".+"), re.escape(text)), re.DOTALL),
        )
        for key, text in texts.items()
    }


@cache
def read_urgent_texts() -> dict[str, dict[str, Any]]:
    """Return `data/urgent.yml` as it stands, by signal: the tests do not trust the code that reads it.

    The texts of the languages that are only recognised stand in `data/urgency/foreign.yml`.
    """
    rows = {row["id"]: row for row in _read("urgent.yml")["urgent"]}
    for language, told in _read("urgency/foreign.yml")["languages"].items():
        for signal, texts in told["texts"].items():
            rows[signal]["first"][language] = texts["first"]
    return rows


def _read(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
