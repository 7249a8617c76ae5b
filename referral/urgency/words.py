"""Turns what somebody typed into plain words: no capitals, accents, punctuation, stretched or spaced-out letters.

Of punctuation only the ends of sentences and clauses are kept, and those can but raise an alarm, never hide one: a
figure of speech stays within its sentence, a context (a film, homework) within its clause.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence

_EXTRA = {"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'"}
_EXTRA |= {"ł": "l", "ı": "i", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"}
_EXTRA |= {"ـ": "", "ة": "ه", "ى": "ي"}  # Arabic: stretched letters, and two endings that are often mixed up
_EXTRA["\u200b"] = " "  # zero-width space
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_TOKEN = re.compile(r"([^\W_]+(?:['*]{1,4}[^\W_]+)*)|([.!?;]+(?=\s|$)|\n)|[,:()–—-]+")
_SHORTEST_SPACED = 3

SENTENCE_END = "."
CLAUSE_END = ","
"""These stand among the words where a sentence or a part of one ends; no word contains them."""


class _Fold(dict[int, str]):
    """Folds one character at a time, so that the time stays linear for every text (NFKD of a whole text is not)."""

    def __missing__(self, code: int) -> str:
        folded = []
        plain = unicodedata.normalize("NFKD", chr(code)).casefold()
        for character in unicodedata.normalize("NFKD", plain):
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
    """Split raw text into folded words, `SENTENCE_END` and `CLAUSE_END`.

    `spelling` gives what a chat word stands for (`kwil`: ik, wil). Letters that stand alone, three or more in a row,
    are one word (`d o o d`, `d.o.o.d`, `d. o. o. d`).
    """
    words: list[str] = []
    letters: list[str] = []
    end = ""
    for match in _TOKEN.finditer(fold(text)):
        if match[1] is None:
            end = SENTENCE_END if match[2] or end == SENTENCE_END else CLAUSE_END
            continue
        word = match[1].replace("'", "")
        is_letter = len(word) == 1 and word.isalpha()
        if not is_letter:
            _end_letters(words, letters, spelling)
        if end and not letters:
            words.append(end)
        end = ""
        if is_letter:
            letters.append(word)
        else:
            words.extend(spelling.get(word, (word,)))
    _end_letters(words, letters, spelling)
    return words


def _end_letters(words: list[str], letters: list[str], spelling: Mapping[str, Sequence[str]]) -> None:
    """Close a run of letters that stood alone: one word when long enough, else each for itself."""
    run = [fold("".join(letters))] if len(letters) >= _SHORTEST_SPACED else letters
    for word in run:
        words.extend(spelling.get(word, (word,)))
    letters.clear()
