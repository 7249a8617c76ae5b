"""Makes characters that look alike the same, one for one, so that offsets stay those of the text.

Digits of any script become 0-9, every dash `-`, every apostrophe `'`, every space a plain one (a line end
a newline), and full-width letters plain ones. Nothing is dropped or added.
"""

import re
import unicodedata
from collections.abc import Iterable

BLANK = "\x00"
"""Stands for every character of what was already found: neither word, digit, space nor punctuation."""


class _Folding(dict[int, str]):
    def __missing__(self, code: int) -> str:
        return _fold_character(chr(code))


def _fold_character(character: str) -> str:
    if (digit := unicodedata.decimal(character, -1)) >= 0:
        return str(digit)
    if "\uff01" <= character <= "\uff5e":
        return chr(ord(character) - 0xFEE0)
    if unicodedata.category(character) == "Pd":
        return "-"
    return " " if character.isspace() else character


_ALIKE = {"'": "‘’‛`´ʼ′ʻ", '"': "“”„«»″", "\n": "\n\r\v\f\x85\u2028\u2029", "-": "−"}
_FOLDING = _Folding({code: chr(code) for code in range(0x20, 0x7F)})
_FOLDING.update((ord(one), plain) for plain, alike in _ALIKE.items() for one in alike)


def fold(text: str) -> str:
    """Return `text` with look-alikes made the same; as long as it was."""
    return text.translate(_FOLDING)


def blank(text: str, places: Iterable[tuple[int, int]]) -> str:
    """Return `text` with what stands in each place (from, up to) made blank; as long as it was."""
    parts: list[str] = []
    at = 0
    for start, end in sorted(places):
        if end > at:
            parts += (text[at:start], BLANK * (end - max(start, at)))
            at = end
    return "".join((*parts, text[at:]))


def only_digits(text: str) -> str:
    """Return the digits of a folded text, without what separates them."""
    return re.sub(r"\D", "", text)
