"""Finds four digits that are a postcode, and no year, amount, time or number of a house.

The door's masker leaves the four digits of "8011 PK"; the letters are accepted as well.
"""

import re
from collections.abc import Iterator

from bot.nlu.found import Found
from bot.nlu.place_cues import Weight

_DIGITS = re.compile(r"(?<![\w€.,:/+-])(?<![€$] )([1-9]\d{3})(?![\d\w])(?![.,:/-]\d)")
_GLUED = re.compile(r"(?<![\w€])([1-9]\d{3})\s?([A-Z]{2})\b|(?<![\w€])([1-9]\d{3})([a-z]{2})\b")
_UNIT = re.compile(
    r"\W{0,2}(?:euro|eur|€|uur|jaar|jr|mensen|keer|x|km|kwh|m2|m3|gram|kg|dagen|weken|maanden|pagina|stuks|procent|%)",
    re.I,
)
_CUE = re.compile(r"\b(?:post\s?code|postkode|pc|postal code|zip(?: ?code)?)\b(?:\s+\w+){0,2}\W*$", re.I)
_ADDRESS = re.compile(r"\bADRES\b[\s,]*(?:te|in|,)?\s*$")
_LIVING = re.compile(r"\b(?:woon|woont|wonen|zit|zitten|live|living)\b(?:\s+\w+){0,2}\s+(?:in|op|te|at)\s*$", re.I)
_WORD = re.compile(r"\w")
_FILLER = re.compile(r"^\W*(?:(?:ja|nee|oh?|het|dat|is|mijn|in|hier|dank(?: ?u| je)?|bedankt|graag|it'?s)\W*)*$", re.I)
# Letters after digits that are a unit, a language or a word and no second half of a postcode.
_NO_LETTERS = frozenset(
    "EN IN IS OF OP TE OM KM KG CM MM HA KB MB GB JR MG ML ER JE WE ZO NA NU AL MW DR EU CO AM PM ST ND RD TH".split()
)
_YEARS = range(1900, 2100)
_LOOK_BACK = 40  # characters


def find_postcodes(text: str) -> Iterator[Found]:
    """Yield the four digits of each postcode, in the order of the text."""
    for match in _GLUED.finditer(text):
        digits, letters = (match.group(1), match.group(2)) if match.group(1) else (match.group(3), match.group(4))
        if letters.upper() not in _NO_LETTERS:
            yield Found(digits, match.start(), match.end(), Weight.NAMED)
    for match in _DIGITS.finditer(text):
        weight = _weigh(text, match)
        if weight:
            yield Found(match.group(1), match.start(1), match.end(1), weight)


def _weigh(text: str, match: re.Match[str]) -> Weight | None:
    """Return how sure the digits are a postcode, or nothing where they are not."""
    before, after = (
        text[max(0, match.start() - _LOOK_BACK) : match.start()],
        text[match.end() : match.end() + _LOOK_BACK],
    )
    if _UNIT.match(after):
        return None
    if _CUE.search(before) or _ADDRESS.search(before):
        return Weight.NAMED
    is_all = (
        match.start() <= _LOOK_BACK and not _WORD.search(text[match.end() :][:_LOOK_BACK]) and _FILLER.match(before)
    )
    if is_all:
        return Weight.LIVES
    is_year = int(match.group(1)) in _YEARS and _WORD.search(after)
    if _LIVING.search(before) and not is_year:
        return Weight.LIVES
    return None
