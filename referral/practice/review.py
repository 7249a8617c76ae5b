"""Holds what a colleague registered beside what a good registration is. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from referral.practice.script import Good


@dataclass(frozen=True, slots=True)
class Registered:
    """A question as it was registered; `help_given` is `None` where it is not kept."""

    topic: str
    kind: str
    help_given: str | None
    is_referred: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A good registration beside what was registered for it, if anything; `None`: there is nothing to judge."""

    good: Good
    registered: Registered | None
    topic: bool | None = None
    kind: bool | None = None
    help: bool | None = None
    referral: bool | None = None

    @property
    def is_good(self) -> bool:
        return self.registered is not None and False not in (self.topic, self.kind, self.help, self.referral)


@dataclass(frozen=True, slots=True)
class Review:
    """`extra` are questions that the visitor did not have."""

    judged: tuple[Judged, ...]
    extra: tuple[Registered, ...]

    @property
    def is_good(self) -> bool:
        return not self.extra and all(one.is_good for one in self.judged)


def review(good: Sequence[Good], registered: Sequence[Registered]) -> Review:
    """Judge every good registration; those with the right topic are paired first, the others in their order."""
    left = list(registered)
    pairs: dict[int, Registered] = {}
    for place, one in enumerate(good):
        found = next((question for question in left if question.topic in one.topics), None)
        if found:
            pairs[place] = found
            left.remove(found)
    for place in range(len(good)):
        if place not in pairs and left:
            pairs[place] = left.pop(0)
    judged = tuple(judge(one, pairs.get(place)) for place, one in enumerate(good))
    return Review(judged, tuple(left))


def judge(good: Good, registered: Registered | None) -> Judged:
    """Judge one question; help is judged where it is kept, a referral where it matters."""
    if registered is None:
        return Judged(good, None)
    return Judged(
        good,
        registered,
        topic=registered.topic in good.topics,
        kind=registered.kind in good.kinds,
        help=registered.help_given in good.help if good.help else None,
        referral=None if good.referral == "either" else registered.is_referred == (good.referral == "yes"),
    )
