"""Makes training examples of what staff decided on, for an editor to read; nothing goes into `data/` by itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import yaml

from referral.language.detect import detect_language
from referral.learning.examples import Known
from referral.learning.service import DISCARDED
from referral.models.unrecognised import Heard, Unrecognised
from referral.privacy.mask import mask

ENGLISH = "en"
# The styles of data/topics/*/examples.yml that can be told from a text; an editor moves what belongs elsewhere.
DESK, SHORT, LONG = "balie", "kort", "verhaal"
MOST_SHORT_WORDS = 8
# A line of YAML is never broken: an example is one line, as in the files of the topics.
NO_WRAP = 10_000


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Staff say `topic`; nearly the same text is an example of the intents in `others`."""

    text: str
    topic: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lessons:
    """`examples[topic][style]` are texts; `known` is how many were left out because they are there already."""

    examples: dict[str, dict[str, list[str]]]
    known: int
    contradictions: Sequence[Contradiction]


def make_lessons(entries: Iterable[Unrecognised], examples: Mapping[str, Sequence[str]]) -> Lessons:
    """Sort the entries that were decided on: new examples, what is known already, and what contradicts."""
    decided = [entry for entry in entries if entry.decision and entry.decision != DISCARDED]
    known = Known(examples)
    fresh: dict[str, dict[str, list[str]]] = {}
    twice = 0
    contradictions: list[Contradiction] = []
    for entry in decided:
        topic, text = entry.decision or "", mask(entry.text).masked
        intents = known.find_intents(text)
        if others := intents - {topic}:
            contradictions.append(Contradiction(text, topic, tuple(sorted(others))))
        elif intents:
            twice += 1
        else:
            fresh.setdefault(topic, {}).setdefault(choose_style(text, entry.heard), []).append(text)
            known.add(topic, text)
    return Lessons(dict(sorted(fresh.items())), twice, contradictions)


def choose_style(text: str, heard: Heard) -> str:
    """Return the style under which an example stands best."""
    if detect_language(text) == ENGLISH:
        return ENGLISH
    if heard is Heard.DESK:
        return DESK
    return SHORT if len(text.split()) <= MOST_SHORT_WORDS else LONG


def write_lessons(lessons: Lessons) -> str:
    """Return YAML: under each topic what `examples.yml` in its folder holds, and contradictions as notes."""
    lines = [f"# {one.topic}, or {', '.join(one.others)}? {one.text}\n" for one in lessons.contradictions]
    if lessons.examples:
        lines.append(yaml.safe_dump(lessons.examples, allow_unicode=True, sort_keys=False, width=NO_WRAP))
    return "".join(lines)
