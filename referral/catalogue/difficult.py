"""Difficult words in what a citizen reads, and what they mean in plain words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from referral.catalogue.plain import measure_plainness
from referral.catalogue.service import LANGUAGES
from referral.content import parse, read_rows
from referral.errors import InvalidContent

FILE = "difficult_words.yml"
# More than these is a text of its own.
MAX_WORDS = 5
Text = Annotated[str, StringConstraints(min_length=1)]


class DifficultWord(BaseModel):
    """`words` are its forms by language, the first of which is the usual one; `meaning` by language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")]
    words: dict[str, Annotated[tuple[Text, ...], Field(min_length=1)]]
    meaning: dict[str, Text]


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word as it stood in the text, and what it means."""

    word: str
    meaning: str


class Dictionary:
    """Finds the difficult words of a text."""

    def __init__(self, words: Iterable[DifficultWord]) -> None:
        known = tuple(words)
        self._words: Mapping[str, Mapping[str, DifficultWord]] = MappingProxyType(
            {
                language: {form.lower(): word for word in known for form in word.words[language]}
                for language in LANGUAGES
            }
        )
        self._patterns = {language: _make_pattern(forms) for language, forms in self._words.items()}

    def explain(self, texts: Iterable[str], language: str) -> tuple[Meaning, ...]:
        """Return the difficult words of these texts with their meaning, each once, as they come, at most five."""
        found: dict[str, Meaning] = {}
        for text in texts:
            for match in self._patterns[language].finditer(text):
                word = self._words[language][match.group().lower()]
                found.setdefault(word.id, Meaning(match.group(), word.meaning[language]))
        return tuple(found.values())[:MAX_WORDS]


def load_dictionary(data_dir: Path) -> Dictionary:
    """Read `data/difficult_words.yml`.

    Raises `InvalidContent` when a word or meaning lacks a language, when a form stands there twice, or when a meaning
    is not plain.
    """
    path = data_dir / FILE
    words = [parse(DifficultWord, row, path) for row in read_rows(path, "difficult_words")]
    for word in words:
        _check(word, path)
    for language in LANGUAGES:
        forms = [form.lower() for word in words for form in word.words[language]]
        if twice := {form for form in forms if forms.count(form) > 1}:
            raise InvalidContent(f"{path}: {language}: {min(twice)}: stands there twice")
    return Dictionary(words)


def _check(word: DifficultWord, path: Path) -> None:
    for field in (word.words, word.meaning):
        if field.keys() != set(LANGUAGES):
            raise InvalidContent(f"{path}: {word.id}: not in exactly {', '.join(LANGUAGES)}")
    for text in word.meaning.values():
        if not measure_plainness([text]).is_plain:
            raise InvalidContent(f"{path}: {word.id}: not plain: {text}")


def _make_pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Match whole words, the longest form first."""
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)", re.IGNORECASE)
