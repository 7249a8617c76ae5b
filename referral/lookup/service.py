"""What a colleague at the desk may mean by what they type: topics, and partners by their name."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from referral.catalogue.service import Catalogue
from referral.catalogue.topics import Topic
from referral.directory import service as directory
from referral.directory.service import NamedService
from referral.lookup.index import TopicIndex

MOST_TOPICS = 5
MOST_PARTNERS = 5
# Below this a topic of the triage is a guess; the words of the cards tell more.
LEAST_CONFIDENCE = 0.1


@dataclass(frozen=True, slots=True)
class Ranked:
    """What the triage makes of a text: an intent, and how sure it is (0 to 1)."""

    intent: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Found:
    """Best first."""

    topics: tuple[Topic, ...]
    partners: tuple[NamedService, ...]


def look_up(session: Session, text: str, *, ranked: Sequence[Ranked], catalogue: Catalogue, index: TopicIndex) -> Found:
    """Return what `text` may be about: the topics of the triage first, then those whose words match.

    `ranked` is empty when there is no triage; then plain search is all there is. Nothing is stored.
    """
    sure = list_sure(ranked, catalogue)
    ids = list(dict.fromkeys((*sure, *index.search(text, MOST_TOPICS))))[:MOST_TOPICS]
    partners = directory.find_by_name(session, text.split(), MOST_PARTNERS)
    return Found(tuple(catalogue.get_topic(one) for one in ids), tuple(partners))


def list_sure(ranked: Sequence[Ranked], catalogue: Catalogue) -> list[str]:
    """Return the topics that the triage offers."""
    sure = [one.intent for one in ranked if one.confidence >= LEAST_CONFIDENCE and one.intent in catalogue.topics]
    return sure[:MOST_TOPICS]
