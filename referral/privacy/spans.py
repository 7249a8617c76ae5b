"""Where personal data stands in a text, of which kind it is, and by which word it is replaced.

Each kind is replaced by one plain Dutch word, so that the words around it keep their meaning for whoever reads or
learns from the masked text. Of a postcode the four digits stay: they name a neighbourhood, not a house.
"""

import re
from dataclasses import dataclass

from referral.privacy.folding import fold

REPLACEMENTS = {
    "BSN": "BSN",
    "PHONE": "TELEFOON",
    "EMAIL": "EMAIL",
    "IBAN": "IBAN",
    "CARD": "PASNUMMER",
    "ADDRESS": "ADRES",
    "DATE_OF_BIRTH": "GEBOORTEDATUM",
    "NAME": "NAAM",
    "LICENSE_PLATE": "KENTEKEN",
    "V_NUMBER": "VNUMMER",
    "CJIB_NUMBER": "CJIBNUMMER",
    "PASSWORD": "WACHTWOORD",
}
POSTCODE = "POSTCODE_HOUSENUMBER"
PLACEHOLDERS = frozenset(REPLACEMENTS.values())

_POSTCODE_DIGITS = re.compile(r"[1-9]\d{3}(?=[ .-]{0,2}[^\W\d_][ .]?[^\W\d_](?![^\W\d_]))")
_FOUR_DIGITS = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Personal data from `start` up to `end`, in characters of the text; `type` is in `REPLACEMENTS`, or `POSTCODE`."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked text, and what was masked: in order, never overlapping, offsets in characters of the input."""

    masked: str
    spans: tuple[Span, ...]


def replace(text: str, span: Span) -> str:
    """Return what comes in the place of `span` in `text`."""
    if span.type != POSTCODE:
        return REPLACEMENTS[span.type]
    found = fold(text[span.start : span.end])
    # The number of the house may stand before it ("nummer 12 in 8011 PK"): then the postcode is the last that fits.
    digits = _FOUR_DIGITS.match(found) or next(iter(reversed([*_POSTCODE_DIGITS.finditer(found)])), None)
    return digits.group() if digits else ""


def apply_spans(text: str, spans: tuple[Span, ...]) -> str:
    """Return `text` with every span replaced; `spans` in order and not overlapping."""
    parts: list[str] = []
    at = 0
    for span in spans:
        parts += (text[at : span.start], replace(text, span))
        at = span.end
    return "".join((*parts, text[at:]))
