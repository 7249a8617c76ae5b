"""Finds bank accounts: an IBAN of any country, also with a wrong check digit, and old or shortened Dutch numbers.

The shape of each country's IBAN comes from the registry inside python-stdnum.
"""

import re
from collections.abc import Iterator
from functools import cache

from stdnum import iban, numdb

from referral.privacy.numbers import connection
from referral.privacy.spans import Span
from referral.privacy.words import any_of, load_words

_BEGIN = re.compile(r"(?<![^\W_])([A-Za-z]{2})[ .-]?(\d[ ]?\d)(?=[ .-]{0,2}[^\W_])")
_GAP = re.compile(r"[ .-]{0,2}")
_CLASSES = {"n": str.isdigit, "a": str.isalpha, "c": str.isalnum}


@cache
def _read_shape(country: str) -> str:
    """Return one letter for each character after the check digits (`aaaannnnnnnnnn` for NL), empty when unknown."""
    properties = numdb.get("iban").info(country)[0][1]
    return "".join(kind * int(count) for count, kind in re.findall(r"(\d+)!([nac])", properties.get("bban", "")))


@cache
def _said() -> tuple[re.Pattern[str], ...]:
    words = load_words().numbers
    banks = "|".join(sorted(words.banks))
    return (
        re.compile(rf"{any_of(words.account)}{connection()}(\d(?:[ .-]?\d){{6,9}})(?![ .-]?\d)(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<![^\W_])((?:{banks})[ ]?\d(?:[ .]?\d){{9}})(?![ .]?\d)(?!\w)", re.IGNORECASE),
    )


def find_accounts(text: str) -> Iterator[Span]:
    """Yield every bank account in a folded text."""
    for match in _BEGIN.finditer(text):
        country = match.group(1).upper()
        shape = _read_shape(country)
        # A Dutch number with one digit too many or too few is still plainly a bank account.
        shapes = (shape, shape + "n", shape[:-1]) if country == "NL" else (shape,) if shape else ()
        for end in (_walk(text, match.end(), shape) for shape in shapes):
            if end and (country == "NL" or match.group(1).isupper() or iban.is_valid(text[match.start() : end])):
                yield Span(match.start(), end, "IBAN")
                break
    for pattern in _said():
        for match in pattern.finditer(text):
            yield Span(match.start(1), match.end(1), "IBAN")


def _walk(text: str, at: int, shape: str) -> int | None:
    """Return where the characters of `shape` end in `text` from `at` on, or `None` when they are not there."""
    for kind in shape:
        gap = _GAP.match(text, at)
        at = gap.end() if gap else at
        if at >= len(text) or not (text[at].isascii() and _CLASSES[kind](text[at])):
            return None
        at += 1
    return None if at < len(text) and text[at].isalnum() else at
