"""Finds four digits that are a postcode, and no year, amount, time or number of a house.

The door's masker leaves the four digits of "8011 PK"; the letters are accepted as well.
"""

import re
from collections.abc import Iterator

from bot.nlu.found import Found
from bot.nlu.gazetteer import fold
from bot.nlu.place_cues import CueWords, Weight

_DIGITS = re.compile(r"(?<![\w€.,:/+-])(?<![€$] )([1-9]\d{3})(?![\w€%])(?! [€%])(?![.,:/-]\d)")
_GLUED = re.compile(r"(?<![\w€])([1-9]\d{3})(?:\s?([A-Z]{2})|([a-z]{2}))\b")
_WORD = re.compile(r"\w+")
_ADDRESS = "adres"  # what the masker leaves of a street and number
_YEARS = range(1900, 2100)
_LOOK_AROUND = 40  # characters
_CUE_WORDS = 4  # words between "postcode" and the digits, itself included


def find_postcodes(text: str, cues: CueWords) -> Iterator[Found]:
    """Yield the four digits of each postcode, first those with letters, each in the order of the text."""
    for match in _GLUED.finditer(text):
        letters = match.group(2) or match.group(3)
        if letters.lower() not in cues["no_letters"]:
            yield Found(match.group(1), match.start(), match.end(), Weight.NAMED)
    for match in _DIGITS.finditer(text):
        weight = _weigh(text, match, cues)
        if weight:
            yield Found(match.group(1), match.start(), match.end(), weight)


def _weigh(text: str, match: re.Match[str], cues: CueWords) -> Weight | None:
    """Return how sure the digits are a postcode, or nothing where they are not."""
    before = _read_words(text[max(0, match.start() - _LOOK_AROUND) : match.start()])
    after = _read_words(text[match.end() : match.end() + _LOOK_AROUND])
    if after and after[0] in cues["units"]:
        return None
    if before[-1:] == [_ADDRESS] or cues["postcode"].intersection(before[-_CUE_WORDS:]):
        return Weight.NAMED
    is_short = match.start() <= _LOOK_AROUND and len(text) - match.end() <= _LOOK_AROUND
    if is_short and cues["fillers"].issuperset((*before, *after)):
        return Weight.LIVES
    lives = before[-1:] and before[-1] in cues["living_in"] and cues["living"].intersection(before[-4:])
    is_year = int(match.group(1)) in _YEARS and after
    return Weight.LIVES if lives and not is_year else None


def _read_words(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(text)]
