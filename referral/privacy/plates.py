"""Finds Dutch licence plates: the fourteen sidecodes of the RDW with hyphens, or without after a word that says so."""

import re
from collections.abc import Iterator
from functools import cache

from referral.privacy.numbers import connection
from referral.privacy.spans import Span
from referral.privacy.words import any_of, load_words

# X is a letter, 9 a digit; three letters in a row have no vowel, so that no word (or month) appears on a car.
_SIDECODES = (
    ("XX", "99", "99"), ("99", "99", "XX"), ("99", "XX", "99"), ("XX", "99", "XX"), ("XX", "XX", "99"),
    ("99", "XX", "XX"), ("99", "XXX", "9"), ("9", "XXX", "99"), ("XX", "999", "X"), ("X", "999", "XX"),
    ("XXX", "99", "X"), ("X", "99", "XXX"), ("9", "XX", "999"), ("999", "XX", "9"),
)  # fmt: skip


def _shape(part: str, three: str) -> str:
    if part == "XXX":
        return three
    return ("[A-Z]" if part[0] == "X" else r"\d") + f"{{{len(part)}}}"


def _sidecodes(gap: str, three: str = "[B-DF-HJ-NP-TV-Z]{3}") -> str:
    """Return a regular expression for every sidecode, with `gap` between its parts and `three` for three letters."""
    return "(?:" + "|".join(gap.join(_shape(part, three) for part in parts) for parts in _SIDECODES) + ")"


_HYPHENATED = re.compile(rf"(?<![\w-]){_sidecodes('[ ]?-[ ]?')}(?![\w-])", re.IGNORECASE)


@cache
def _said() -> tuple[re.Pattern[str], ...]:
    words = load_words().numbers
    owned = r"(?:[\s:,=]{1,3}(?:is|van|mijn|de|het|met|nr|nummer|auto|kenteken|dat)){0,4}[\s:=,]{1,4}"
    any_letters = _sidecodes("[ -]?", "[A-Z]{3}")
    return (
        # Somebody who says that it is a plate may mistype it.
        re.compile(rf"{any_of(words.plate)}(?:{owned}|{connection()})({any_letters})(?!\w)", re.IGNORECASE),
        re.compile(rf"{any_of(words.vehicles)}{owned}({_sidecodes('')})(?!\w)", re.IGNORECASE),
    )


def find_plates(text: str) -> Iterator[Span]:
    """Yield every licence plate in a folded text; some may overlap."""
    for match in _HYPHENATED.finditer(text):
        yield Span(match.start(), match.end(), "LICENSE_PLATE")
    for pattern in _said():
        for match in pattern.finditer(text):
            yield Span(match.start(1), match.end(1), "LICENSE_PLATE")
