"""A text as the rules for names see it: cut into words, with the cues of `data/privacy.yml` found in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from referral.privacy.name_reading import Manner, read_name, read_unknown
from referral.privacy.spans import PLACEHOLDERS
from referral.privacy.tokens import Tokens
from referral.privacy.words import any_of, load_words

Words = tuple[int, int]
"""A name as the index of its first word and of the word after its last; no name when they are the same."""

_SHOUTED = 0.8
_GAP = re.compile(r"[ \n]{0,2}[:=,-]?[ \n]{0,2}[\"'(]?")
_END = re.compile(r"[ ]{0,2}(?:$|[.,!?\n;:)(-])")


@cache
def _cue(group: str) -> re.Pattern[str]:
    return re.compile(any_of(getattr(load_words().names, group)), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """A text cut into words, and whether it is in capitals, so that a capital says nothing."""

    tokens: Tokens
    shouted: bool

    @classmethod
    def of(cls, text: str) -> "Page":
        return cls(Tokens(text), is_shouted(text))

    def read(self, first: int, manner: Manner) -> int:
        """Return where the name that begins at `first` ends; `first` when there is none."""
        return read_name(self.tokens, first, manner, shouted=self.shouted) if first < len(self.tokens) else first

    def read_or_guess(self, first: int, manner: Manner) -> int:
        """Return the same, also when the name is of words that we do not know."""
        end = self.read(first, manner)
        return read_unknown(self.tokens, first) if end == first and not self.shouted else end

    def lower(self, index: int) -> str:
        """Return a word in lower-case without the dot of an abbreviation; empty outside the text."""
        return self.tokens[index].lower.rstrip(".") if 0 <= index < len(self.tokens) else ""

    def is_plain_van(self, index: int) -> bool:
        """Tell whether here stands "van" before one word only: "de zoon van Kees", "groeten van Piet"."""
        return (
            index + 1 < len(self.tokens)
            and self.tokens[index].text == "van"
            and self.lower(index + 1) not in load_words().names.particles
        )

    def ends(self, end: int) -> bool:
        """Tell whether the sentence or the line ends after the word before `end`."""
        return bool(_END.match(self.tokens.text, self.tokens[end - 1].end))

    def after(self, group: str, gap: re.Pattern[str] = _GAP) -> Iterator[int]:
        """Yield the index of the word after each cue of `group`, when only `gap` stands between."""
        text = self.tokens.text
        for cue in _cue(group).finditer(text):
            following = self.tokens.find(cue.end())
            if following < len(self.tokens) and gap.fullmatch(text, cue.end(), self.tokens[following].start):
                yield following


def is_shouted(text: str) -> bool:
    """Tell whether a text is in capitals; our own placeholders do not count."""
    words = (word for word in text.split() if word not in PLACEHOLDERS)
    letters = [character for word in words for character in word if character.isalpha()]
    return len(letters) > 10 and sum(map(str.isupper, letters)) > _SHOUTED * len(letters)
