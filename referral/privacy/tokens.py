"""Cuts a folded text into words, with what stands between them, for the recognisers that read word by word."""

import re
from bisect import bisect_left
from dataclasses import dataclass

# An article or particle with an apostrophe, initials with dots ("J.P."), or a word with hyphens inside.
_TOKEN = re.compile(
    r"'[tsd](?!\w)|v/d(?!\w)|[^\W\d_]\.(?:-?[^\W\d_]\.)+|[^\W\d_]\.|\w+(?:['-](?!v\.)\w+)*", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?:;\n\"]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word: where it stands, how it is written, and what stands between it and the word before."""

    start: int
    end: int
    text: str
    before: str

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def has_capital(self) -> bool:
        """Whether it begins with a capital (`'t` and `d'Arc` do not)."""
        return self.text[0].isupper()

    @property
    def is_initials(self) -> bool:
        return self.text.endswith(".") and self.text[0].isupper()

    @property
    def begins_sentence(self) -> bool:
        return self.start == 0 or bool(_SENTENCE_END.search(self.before))

    @property
    def is_joined(self) -> bool:
        """Whether only a space, or a hyphen between spaces, separates it from the word before."""
        return self.before in {" ", "  ", " - ", "- ", " -", "-", ""}


class Tokens:
    """The words of a text in order, also to be found by the place where they begin."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.all: list[Token] = []
        at = 0
        for match in _TOKEN.finditer(text):
            self.all.append(Token(match.start(), match.end(), match.group(), text[at : match.start()]))
            at = match.end()
        self._starts = [token.start for token in self.all]

    def __len__(self) -> int:
        return len(self.all)

    def __getitem__(self, index: int) -> Token:
        return self.all[index]

    def find(self, start: int) -> int:
        """Return the index of the first word that begins at `start` or later (`len(self)` when there is none)."""
        return bisect_left(self._starts, start)
