"""A library's own words on a topic's card, over those of the catalogue; kept when the catalogue changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from referral.catalogue.service import LANGUAGES, Catalogue
from referral.catalogue.topics import PARTS, Card, Paragraph
from referral.errors import InvalidInput, NotFound
from referral.language.registry import choose_whole
from referral.models.base import make_id
from referral.models.overlay import Overlay
from referral.overlay import queries
from referral.privacy.prepare import clean

MAX_TEXT = 1_000


@dataclass(frozen=True, slots=True)
class Layered:
    """A paragraph of the catalogue by language, with what the library says instead."""

    part: str
    paragraph_id: str
    texts: Mapping[str, str]
    overlay: Overlay | None

    @property
    def is_hidden(self) -> bool:
        return self.overlay is not None and self.overlay.texts is None

    @property
    def has_changed(self) -> bool:
        """Whether the catalogue says something else, or nothing, since the library put its own words over it."""
        return self.overlay is not None and dict(self.overlay.bases) != dict(self.texts)


def get_card(session: Session, catalogue: Catalogue, topic: str, *, language: str, library_id: str) -> Card:
    """Return the card as the library shows it, in Dutch where there is none. Raises `UnknownTopic`."""
    whole = choose_whole(language)
    card = catalogue.get_card(topic, whole)
    return lay_over(card, queries.list_overlays(session, library_id, topic), whole)


def lay_over(card: Card, overlays: Iterable[Overlay], language: str) -> Card:
    """Return a card with the overlays in that language on it. Pure."""
    by_key = {(one.part, one.paragraph_id): one for one in overlays}
    if not by_key:
        return card
    parts = {
        part: tuple(
            shown
            for paragraph in card.get_part(part)
            if (shown := _replace(paragraph, by_key.get((part, paragraph.id)), language)) is not None
        )
        for part in PARTS
    }
    return card.model_copy(update=parts)


def _replace(paragraph: Paragraph, overlay: Overlay | None, language: str) -> Paragraph | None:
    if overlay is None:
        return paragraph
    if overlay.texts is None:
        return None
    text = overlay.texts.get(language)
    # What the library says itself has the library for its source, not that of the catalogue.
    return Paragraph.model_construct(id=paragraph.id, text=text) if text else paragraph


def list_layered(session: Session, catalogue: Catalogue, topic: str, library_id: str) -> list[Layered]:
    """Return every paragraph of a topic's card, and every overlay of one that the catalogue dropped."""
    overlays = {(one.part, one.paragraph_id): one for one in queries.list_overlays(session, library_id, topic)}
    texts = _list_texts(catalogue, topic)
    keys = [*texts, *(key for key in overlays if key not in texts)]
    return [Layered(*key, texts.get(key, {}), overlays.get(key)) for key in keys]


def list_changed(session: Session, catalogue: Catalogue, library_id: str) -> list[tuple[str, Layered]]:
    """Return the overlays under which the catalogue's own text has changed, each with its topic."""
    topics = dict.fromkeys(one.topic for one in queries.list_overlays(session, library_id))
    return [
        (topic, one)
        for topic in topics
        if topic in catalogue.topics
        for one in list_layered(session, catalogue, topic, library_id)
        if one.has_changed
    ]


def count_overlays(session: Session, library_id: str) -> Mapping[str, int]:
    """Return how many paragraphs of each topic the library has changed."""
    counts: dict[str, int] = {}
    for one in queries.list_overlays(session, library_id):
        counts[one.topic] = counts.get(one.topic, 0) + 1
    return counts


@dataclass(frozen=True, slots=True)
class Place:
    """Which paragraph of whose card."""

    library_id: str
    topic: str
    part: str
    paragraph_id: str


def hide(session: Session, catalogue: Catalogue, place: Place, *, by: str, now: datetime) -> None:
    """Leave a paragraph out, in every language. Raises `UnknownTopic` and `NotFound`."""
    _put(session, catalogue, place, texts=None, by=by, now=now)


def rewrite(
    session: Session, catalogue: Catalogue, place: Place, texts: Mapping[str, str], *, by: str, now: datetime
) -> None:
    """Say a paragraph in other words; a language that is empty keeps the catalogue's.

    Raises `UnknownTopic`, `NotFound`, `TextTooLong`, and `InvalidInput` when no language has words.
    """
    said = {language: clean(text, limit=MAX_TEXT) for language, text in texts.items() if text.strip()}
    if not said:
        raise InvalidInput("no words; to leave a paragraph out, hide it")
    _put(session, catalogue, place, texts=said, by=by, now=now)


def restore(session: Session, place: Place) -> None:
    """Say what the catalogue says; without an overlay nothing happens."""
    overlay = _find(session, place)
    if overlay is not None:
        session.delete(overlay)


def _put(
    session: Session, catalogue: Catalogue, place: Place, *, texts: dict[str, str] | None, by: str, now: datetime
) -> None:
    bases = _list_texts(catalogue, place.topic).get((place.part, place.paragraph_id))
    if bases is None:
        raise NotFound("no such paragraph")
    overlay = _find(session, place)
    if overlay is None:
        overlay = Overlay(
            id=make_id(),
            library_id=place.library_id,
            topic=place.topic,
            part=place.part,
            paragraph_id=place.paragraph_id,
        )
        session.add(overlay)
    overlay.texts, overlay.bases, overlay.made_by, overlay.made_at = texts, bases, by, now
    session.flush()


def _find(session: Session, place: Place) -> Overlay | None:
    return queries.find_overlay(
        session, place.library_id, place.topic, part=place.part, paragraph_id=place.paragraph_id
    )


def _list_texts(catalogue: Catalogue, topic: str) -> dict[tuple[str, str], dict[str, str]]:
    """Return what the catalogue says, by part and paragraph, in every language; in the order of the Dutch card."""
    texts: dict[tuple[str, str], dict[str, str]] = {}
    for language in LANGUAGES:
        card = catalogue.get_card(topic, language)
        for part in PARTS:
            for paragraph in card.get_part(part):
                texts.setdefault((part, paragraph.id), {})[language] = paragraph.text
    return texts
