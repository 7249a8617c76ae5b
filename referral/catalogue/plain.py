"""Measures whether a text is plain enough for a citizen: short sentences, no officialese.

The limits come from `WRITING`: on average at most 12 words a sentence, none over 20 (B1; hvds.nl, b1teksten.nl), and
a list of words that people below B1 do not know.
"""

import re
from dataclasses import dataclass

MAX_AVERAGE_WORDS = 12
MAX_SENTENCE_WORDS = 20
OFFICIALESE = ("indien", "derhalve", "middels", "conform", "betreffende", "ten behoeve van")

_ABBREVIATION = re.compile(r"\b(bijv|bv|nr|tel|e\.d|o\.a|d\.w\.z|e\.g|i\.e)\.", re.IGNORECASE)
_DOT_INSIDE = re.compile(r"(?<=\w)\.(?=\w)")
_SENTENCE_END = re.compile(r"[.!?:]+(?:\s+|$)|\n+")
_WORD = re.compile(r"\w[\w'’&@/+-]*", re.UNICODE)
_OFFICIALESE = re.compile(r"\b(" + "|".join(OFFICIALESE) + r")\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Plainness:
    """What was measured: the average and longest sentence in words, and the officialese found."""

    average_words: float
    longest: str
    longest_words: int
    officialese: tuple[str, ...]

    @property
    def is_plain(self) -> bool:
        return (
            self.average_words <= MAX_AVERAGE_WORDS
            and self.longest_words <= MAX_SENTENCE_WORDS
            and not self.officialese
        )


def split_sentences(text: str) -> list[str]:
    """Split a text at `.`, `!`, `?`, `:` and line ends; a dot inside a word, number or address is none."""
    unbroken = _DOT_INSIDE.sub("·", _ABBREVIATION.sub(lambda m: m.group().replace(".", "·"), text))
    return [part.strip() for part in _SENTENCE_END.split(unbroken) if _WORD.search(part)]


def measure_plainness(texts: list[str]) -> Plainness:
    """Measure a card or a group of texts as one; an empty one is plain."""
    sentences = [sentence for text in texts for sentence in split_sentences(text)]
    counts = [len(_WORD.findall(sentence)) for sentence in sentences]
    longest = max(range(len(counts)), key=counts.__getitem__, default=None)
    found = sorted({match.lower() for text in texts for match in _OFFICIALESE.findall(text)})
    return Plainness(
        average_words=sum(counts) / len(counts) if counts else 0.0,
        longest="" if longest is None else sentences[longest],
        longest_words=0 if longest is None else counts[longest],
        officialese=tuple(found),
    )
