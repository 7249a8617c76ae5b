"""Writes a message as the concepts that its words stand for: "mijn huisbaas" and "my landlord" are both `verhuurder`.

The lexicon (`data/concepts/*.yml`) is the field's knowledge that no example needs to teach: which organisation, form,
object or everyday word belongs to which matter, in Dutch and English. A form is a word, a phrase of up to four words,
or an open word: `schuld*` begins so, `*verzekering` ends so.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

from bot.content import DATA, read_yaml

LONGEST_PHRASE = 4
SHORTEST_OPEN = 4
_WORD = re.compile(r"\w+")


class ConceptLexicon:
    """Finds concepts by their forms; the longest phrase wins over the words in it."""

    def __init__(self, concepts: dict[str, list[str]]) -> None:
        self._phrases: dict[tuple[str, ...], list[str]] = {}
        self._beginnings: dict[str, list[str]] = {}
        self._endings: dict[str, list[str]] = {}
        for concept, forms in concepts.items():
            for form in forms:
                self._add(concept, str(form))

    def _add(self, concept: str, form: str) -> None:
        words = tuple(split_words(form))
        if not words:
            return
        if len(words) > 1 or "*" not in form:
            self._phrases.setdefault(words, []).append(concept)
        elif form.endswith("*"):
            self._beginnings.setdefault(words[0], []).append(concept)
        else:
            self._endings.setdefault(words[0], []).append(concept)

    def find(self, text: str) -> list[str]:
        """Return the concepts of a message in order, one for each word or phrase that stands for it."""
        words = split_words(text)
        found: list[str] = []
        at = 0
        while at < len(words):
            length, concepts = self._match(words, at)
            found += concepts
            at += length
        return found

    def _match(self, words: list[str], at: int) -> tuple[int, list[str]]:
        """Return how many words the longest form takes that begins here, and its concepts."""
        for length in range(LONGEST_PHRASE, 0, -1):
            if concepts := self._phrases.get(tuple(words[at : at + length])):
                return length, concepts
        return 1, self._match_open(words[at])

    def _match_open(self, word: str) -> list[str]:
        """Return the concepts of the longest open form that the word begins or ends with, and of both if it does."""
        cuts = range(len(word), SHORTEST_OPEN - 1, -1)
        begins = next((self._beginnings[word[:n]] for n in cuts if word[:n] in self._beginnings), [])
        ends = next((self._endings[word[-n:]] for n in cuts if word[-n:] in self._endings), [])
        return [*begins, *(concept for concept in ends if concept not in begins)]


def split_words(text: str) -> list[str]:
    """Return the words of a text in lower case without accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return _WORD.findall(plain)


def read_concepts(data: Path = DATA) -> dict[str, list[str]]:
    """Read the whole lexicon; of a concept that stands in two files all forms count."""
    concepts: dict[str, list[str]] = {}
    for path in sorted((data / "concepts").glob("*.yml")):
        for concept, forms in read_yaml(path).items():
            concepts.setdefault(concept, []).extend(forms)
    return concepts


@cache
def get_lexicon() -> ConceptLexicon:
    return ConceptLexicon(read_concepts())


def write_concepts(text: str) -> str:
    """Return the concepts of a message as words, for the features of the classifier."""
    return " ".join(get_lexicon().find(text))
