"""The examples that the triage has learnt from, and whether a text is nearly one of them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import Indel

from referral.content import read_yaml

# Of 0 to 1: from here on two messages are nearly the same.
ALIKE = 0.9
# Shorter ones differ by a word that decides ("ja" and "jawel", "geholpen" and "niet geholpen").
SHORTEST = 12


def read_examples(path: Path) -> list[str]:
    """Return the examples of a file, of all styles, in its order."""
    return [example for group in read_yaml(path).values() for example in group]


def read_all_examples(data_dir: Path) -> Mapping[str, Sequence[str]]:
    """Return the examples of every intent: topics, dialogue, and what sounds alarming and is not."""
    found = {path.parent.name: read_examples(path) for path in sorted(data_dir.glob("topics/*/examples.yml"))}
    found |= {path.stem: read_examples(path) for path in sorted(data_dir.glob("dialogue/intents/*.yml"))}
    for intent, near_misses in read_yaml(data_dir / "near_misses.yml").items():
        found[intent] = [*found[intent], *near_misses]
    return found


def fold(text: str) -> str:
    """Return the words of a text without case, accents and punctuation; what has no words stays as it is."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(one))
    return " ".join(re.findall(r"\w+", plain)) or text


def find_alike(folded: str, others: Sequence[str]) -> Iterator[str]:
    """Yield the folded texts that are the same as this one, or, unless it is short, nearly the same."""
    least = ALIKE if len(folded) >= SHORTEST else 1.0
    for other, _, _ in process.extract(
        folded, others, scorer=Indel.normalized_similarity, score_cutoff=least, limit=None
    ):
        yield other


class Known:
    """Examples by intent, to find the intents that nearly say the same."""

    def __init__(self, examples: Mapping[str, Iterable[str]]) -> None:
        self._intents: dict[str, set[str]] = {}
        for intent, texts in examples.items():
            for text in texts:
                self.add(intent, text)

    def add(self, intent: str, text: str) -> None:
        self._intents.setdefault(fold(text), set()).add(intent)

    def find_intents(self, text: str) -> set[str]:
        """Return every intent with an example that is nearly this text."""
        alike = find_alike(fold(text), list(self._intents))
        return {intent for one in alike for intent in self._intents[one]}
