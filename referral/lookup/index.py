"""Finds topics by the words of their name, their cards and what people call them: plain search, without a model."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path

from referral.catalogue.service import Catalogue, load_catalogue
from referral.catalogue.topics import PARTS, Card, Topic
from referral.places.spelling import fold

# A word in the name of a topic tells more than one that its card says somewhere.
NAME_WEIGHT = 8.0
WORD_WEIGHT = 4.0
CARD_WEIGHT = 1.0
# The beginning of a word is enough from here on: people are still typing.
SHORTEST_PREFIX = 3


@dataclass(frozen=True, slots=True)
class TopicIndex:
    """`weights[word][topic]`: how much a folded word tells of a topic."""

    weights: Mapping[str, Mapping[str, float]]

    def search(self, text: str, limit: int) -> list[str]:
        """Return the ids of the topics that match most words, best first; of words half typed the beginning counts."""
        score: defaultdict[str, float] = defaultdict(float)
        for typed in set(fold(text).split()):
            for topic, weight in self._weigh(typed).items():
                score[topic] += weight
        return [topic for topic, _ in sorted(score.items(), key=lambda one: (-one[1], one[0]))[:limit]]

    def _weigh(self, typed: str) -> dict[str, float]:
        """Return for each topic the most that one word beginning with `typed` tells of it."""
        best: dict[str, float] = {}
        if typed in self.weights:
            best.update(self.weights[typed])
        elif len(typed) >= SHORTEST_PREFIX:
            for word, topics in self.weights.items():
                if word.startswith(typed):
                    for topic, weight in topics.items():
                        best[topic] = max(weight, best.get(topic, 0.0))
        return best


@cache
def load_index(data_dir: Path) -> TopicIndex:
    """Make the index of the catalogue once a process; raise `InvalidContent` as the catalogue does."""
    return make_index(load_catalogue(data_dir))


def make_index(catalogue: Catalogue) -> TopicIndex:
    weights: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for topic in catalogue.topics.values():
        for weight, texts in _list_texts(topic, catalogue.get_card(topic.id, "nl")):
            for word in {word for text in texts for word in fold(text).split()}:
                weights[word][topic.id] = max(weight, weights[word].get(topic.id, 0.0))
    return TopicIndex({word: _weigh_down(topics, len(catalogue.topics)) for word, topics in weights.items()})


def _weigh_down(topics: Mapping[str, float], count: int) -> dict[str, float]:
    """Return the weights of a word, less the more topics have it (inverse document frequency, Spärck Jones 1972)."""
    rarity = log(count / len(topics))
    return {topic: weight * rarity for topic, weight in topics.items()}


def _list_texts(topic: Topic, card: Card) -> Iterable[tuple[float, list[str]]]:
    yield NAME_WEIGHT, [topic.id.replace("_", " "), topic.label["nl"], card.title]
    yield WORD_WEIGHT, list(topic.words)
    yield CARD_WEIGHT, [topic.about, *(paragraph.text for part in PARTS for paragraph in card.get_part(part))]
