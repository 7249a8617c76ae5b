"""The figures of an evaluation: shares, F1, calibration, and what asking costs; pure, from labels and answers.

A judgement is one message with what it is (`topic`) and what was answered: `said` (topic), `confidence` (0–1),
`ranking` (topics, the best first) and `margin`, the confidence of the best less that of the second.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True, slots=True)
class Judgement:
    """One message of a set and the answer to it."""

    text: str
    topic: str
    style: str
    said: str
    confidence: float
    ranking: tuple[str, ...]
    margin: float

    @property
    def is_right(self) -> bool:
        return self.said == self.topic

    @property
    def is_among_three(self) -> bool:
        return self.topic in {self.said, *self.ranking[:3]}


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 0.0

    def __str__(self) -> str:
        return f"{self.value:.1%} ({self.hits}/{self.of})" if self.of else "–"


def count_share(hits: Iterable[bool]) -> Share:
    found = list(hits)
    return Share(sum(found), len(found))


def share_right(judgements: Iterable[Judgement]) -> Share:
    return count_share(judgement.is_right for judgement in judgements)


def group_by(judgements: Iterable[Judgement], key: Callable[[Judgement], str]) -> dict[str, list[Judgement]]:
    """Return the judgements by a key, in the order of the keys."""
    groups: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        groups[key(judgement)].append(judgement)
    return dict(sorted(groups.items()))


def measure_macro_f1(judgements: Sequence[Judgement]) -> float:
    """Return the mean F1 over the topics that occur in the set."""
    hits = Counter(one.topic for one in judgements if one.is_right)
    said, meant = Counter(one.said for one in judgements), Counter(one.topic for one in judgements)
    return sum(2 * hits[topic] / (said[topic] + meant[topic]) for topic in meant) / len(meant)


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of about the same confidence: how many, how sure they were on average, how many were right."""

    count: int
    confidence: float
    right: float


def calibrate(judgements: Sequence[Judgement]) -> list[Bin]:
    """Return the bins of a reliability diagram that hold something, by confidence."""
    groups: dict[int, list[Judgement]] = defaultdict(list)
    for one in judgements:
        groups[min(int(one.confidence * BINS), BINS - 1)].append(one)
    return [
        Bin(len(group), sum(one.confidence for one in group) / len(group), share_right(group).value)
        for _, group in sorted(groups.items())
    ]


def measure_calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: the mean distance between sure and right, weighted by count."""
    total = sum(one.count for one in bins)
    return sum(one.count * abs(one.confidence - one.right) for one in bins) / total


@dataclass(frozen=True, slots=True)
class Trade:
    """At a threshold: the share of messages that get a question back, and of the others the share answered right."""

    threshold: float
    asked: Share
    right: Share


def trade(judgements: Sequence[Judgement], threshold: float, margin: float = 0.0) -> Trade:
    """Return what asking below this confidence, or when the second is this close, costs and brings."""
    answered = [one for one in judgements if one.confidence >= threshold and one.margin >= margin]
    return Trade(threshold, Share(len(judgements) - len(answered), len(judgements)), share_right(answered))


def list_confusions(judgements: Iterable[Judgement], limit: int) -> list[tuple[str, str, list[str]]]:
    """Return the pairs most often taken for each other (what it is, what was said) with their messages."""
    pairs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in judgements:
        if not one.is_right:
            pairs[one.topic, one.said].append(one.text)
    ordered = sorted(pairs.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [(topic, said, texts) for (topic, said), texts in ordered[:limit]]
