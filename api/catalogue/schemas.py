"""What `/v1` tells of the catalogue: topics with their cards, kinds of partner, target groups, and places."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field

from api.web.schemas import Schema, SearchText

Text = Mapping[str, str]
"""A text by language."""


class ParagraphView(Schema):
    """One thing that a card says; what states a number or rule names its source and when that was read."""

    id: str
    text: str
    source: str | None = None
    read_on: Annotated[str | None, Field(description="YYYY, YYYY-MM or YYYY-MM-DD")] = None
    evidence: str | None = None


class TopicCard(Schema):
    """A topic's card in one language."""

    title: str
    recognise: str
    what: Sequence[ParagraphView]
    do: Sequence[ParagraphView]
    bring: Sequence[ParagraphView]
    dates: Sequence[ParagraphView]
    who: Sequence[ParagraphView]


class TopicSummary(Schema):
    """A subject on which a citizen can be referred; `kinds` of partner and `national` organisations, best first."""

    id: str
    domain: str
    label: Text
    kinds: Sequence[str]
    national: Sequence[str]
    is_emergency: bool


class Topic(TopicSummary):
    """A topic with its card by language."""

    cards: Mapping[str, TopicCard]


class Topics(Schema):
    items: Sequence[TopicSummary]


class KindView(Schema):
    """A kind of local partner; `everywhere`: every municipality has one, by law or agreement."""

    id: str
    label: Text
    does: Text
    everywhere: bool


class Kinds(Schema):
    items: Sequence[KindView]


class GroupView(Schema):
    """For whom a service may be in particular; the label stands in the middle of a sentence."""

    id: str
    label: Text
    about: Text


class Groups(Schema):
    items: Sequence[GroupView]


class PlaceQuery(Schema):
    q: Annotated[SearchText, Field(description="town, village, municipality, or postcode")]


class PlaceView(Schema):
    """A town, a village or a municipality; degrees are WGS 84. `label` is what `place` takes elsewhere."""

    name: str
    label: str
    municipality: str
    municipality_name: str
    province: str
    latitude: float | None = None
    longitude: float | None = None


class Places(Schema):
    items: Sequence[PlaceView]
