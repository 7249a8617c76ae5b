"""Finds amounts of money, which are never personal data, so that no recogniser takes their digits for a number."""

import re
from collections.abc import Iterator

_AMOUNT = re.compile(
    r"(?:€|(?<!\w)(?:eur|euro)(?!\w))[ ]{0,2}\d[\d.,]*+"
    r"|(?<![\w.,])\d[\d.,]*+(?=[ ]{0,2}(?:€|(?:eur|euro|euros)(?!\w)))"
    r"|(?<![\w.,])\d{1,3}(?:\.\d{3}){1,4},(?:\d\d|-)(?!\d)",
    re.IGNORECASE,
)


def find_amounts(text: str) -> Iterator[tuple[int, int]]:
    """Yield from where to where an amount stands in a folded text."""
    for match in _AMOUNT.finditer(text):
        yield match.span()
