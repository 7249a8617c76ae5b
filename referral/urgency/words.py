"""Turns what somebody typed into plain words: no capitals, accents, punctuation, stretched or spaced-out letters.

Punctuation is dropped altogether, so that it can never hide a crisis: the same words give the same answer.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence

_EXTRA = {"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'"}
_EXTRA |= {"ł": "l", "ı": "i", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"}
_EXTRA |= {"ـ": "", "ة": "ه", "ى": "ي"}  # Arabic: stretched letters, and two endings that are often mixed up
_EXTRA["\u200b"] = " "  # zero-width space
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(r"[^\W_]+(?:['*]{1,4}[^\W_]+)*")
_SHORTEST_SPACED = 3


class _Fold(dict[int, str]):
    """Folds one character at a time, so that the time stays linear for every text (NFKD of a whole text is not)."""

    def __missing__(self, code: int) -> str:
        folded = []
        for character in unicodedata.normalize("NFKD", chr(code).casefold()):
            if character in _EXTRA:
                folded.append(_EXTRA[character])
            elif not unicodedata.category(character).startswith(("M", "Cf")):
                folded.append(character)
        self[code] = "".join(folded)
        return self[code]


_FOLD = _Fold()


def fold(text: str) -> str:
    """Return the text in small letters, without accents and invisible characters; `doooood` becomes `dood`."""
    return _STRETCHED.sub(r"\1\1", text.translate(_FOLD))


def split_words(text: str, spelling: Mapping[str, Sequence[str]]) -> list[str]:
    """Split raw text into folded words; `spelling` gives what a chat word stands for (`kwil`: ik, wil).

    Letters that stand alone, three or more in a row, are one word (`d o o d`, `d.o.o.d`).
    """
    words: list[str] = []
    letters: list[str] = []
    for raw in _WORD.findall(fold(text)):
        word = raw.replace("'", "")
        if len(word) == 1 and word.isalpha():
            letters.append(word)
            continue
        _end_letters(words, letters, spelling)
        words.extend(spelling.get(word, (word,)))
    _end_letters(words, letters, spelling)
    return words


def _end_letters(words: list[str], letters: list[str], spelling: Mapping[str, Sequence[str]]) -> None:
    """Close a run of letters that stood alone: one word when long enough, else each for itself."""
    run = [fold("".join(letters))] if len(letters) >= _SHORTEST_SPACED else letters
    for word in run:
        words.extend(spelling.get(word, (word,)))
    letters.clear()
