"""Cuts a message into words for the place finder, with what a word tells by how and where it is written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.nlu.gazetteer import fold

_WORD = re.compile(r"['’‘`´]?\w+(?:['’‘`´]\w+)*", re.UNICODE)
_APOSTROPHE = re.compile("['’‘`´]")
_SENTENCE_END = re.compile(r"[.!?:;\n]")
_CLAUSE_END = re.compile(r"[.!?:;,\n()]")

SHORTEST_STEM = 4  # letters


@dataclass(frozen=True)
class Word:
    """One word of a message, and what stands between it and the word before (`before`)."""

    text: str
    start: int
    end: int
    before: str

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def stem(self) -> str:
        """Return the folded part before an apostrophe inside the word, or nothing."""
        parts = _APOSTROPHE.split(self.text, maxsplit=1)
        return fold(parts[0]) if len(parts) == 2 and len(parts[0]) >= SHORTEST_STEM else ""

    @property
    def has_capital(self) -> bool:
        return self.text.lstrip("'’‘`´")[:1].isupper()

    @property
    def begins_sentence(self) -> bool:
        return self.start == 0 or bool(_SENTENCE_END.search(self.before))

    @property
    def begins_clause(self) -> bool:
        return self.start == 0 or bool(_CLAUSE_END.search(self.before))


@dataclass(frozen=True)
class Words:
    """The words of a message in their order; `capitals_tell` is false where everything is a capital, or nothing."""

    text: str
    words: Sequence[Word]
    capitals_tell: bool

    def __len__(self) -> int:
        return len(self.words)

    def __getitem__(self, index: int) -> Word:
        return self.words[index]

    def get_folded(self, index: int) -> str:
        """Return the folded word, or nothing before the first and after the last."""
        return self.words[index].folded if 0 <= index < len(self.words) else ""

    def join(self, start: int, end: int) -> str:
        return " ".join(word.folded for word in self.words[start:end])

    def is_capital(self, index: int) -> bool:
        """Whether a word is written with a capital of its own, not only because a sentence begins there."""
        word = self.words[index]
        return self.capitals_tell and word.has_capital and not word.begins_sentence

    def ends_clause(self, end: int) -> bool:
        """Whether a clause ends before the word at `end`."""
        return end >= len(self.words) or self.words[end].begins_clause


def cut(text: str) -> Words:
    words: list[Word] = []
    at = 0
    for match in _WORD.finditer(text):
        if match.group().strip("_'"):
            words.append(Word(match.group(), match.start(), match.end(), text[at : match.start()]))
            at = match.end()
    return Words(text, words, capitals_tell=any(character.islower() for character in text))
