"""Finds e-mail addresses, also those that are dictated ("jan punt bos at gmail punt com") or lack their ".com"."""

import re
from collections.abc import Iterator
from functools import cache

from referral.privacy.spans import Span
from referral.privacy.words import any_of, load_words

_NAME = r"[\w+%'&-]"
_START = r"(?<![\w.+%&-])"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = load_words().emails
    dot = rf"\s{{0,2}}(?:\.|{any_of(words.dot)})\s{{0,2}}"
    at = any_of(words.at)
    provider, ending = any_of(words.providers), any_of(words.endings)
    name = rf"{_START}(?!'){_NAME}{{1,64}}(?:(?:\.|\s{any_of(words.dot)}\s){_NAME}{{1,64}}){{0,5}}"
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            # as it should be written, any length
            rf"{_START}(?!')[\w.+%'&-]{{1,250}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,5}}\.[^\W\d_]{{2,24}}(?!\w)",
            # spaces around the sign, or a dictated dot
            rf"{name}\s{{0,2}}@\s{{0,2}}(?:[\w-]{{1,63}}{dot}){{1,3}}{ending}",
            # a known provider without its ending
            rf"{name}\s?@\s?{provider}(?!\.\w)",
            # the sign as a word: a dictated ending, or a known provider
            rf"{name}\s{{0,2}}{at}\s{{1,2}}(?:[\w-]{{1,63}}{dot}){{1,3}}{ending}(?<!\.nl)(?<!\.com)",
            rf"{name}\s{{0,2}}{at}\s{{0,2}}{provider}{dot}{ending}",
        )
    )


def find_emails(text: str) -> Iterator[Span]:
    """Yield every e-mail address in a folded text; some may overlap."""
    for pattern in _patterns():
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), "EMAIL")
