"""Opening hours as people write them: the OSM notation, narrowed to what we can be sure of.

The grammar is https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification, read by `opening-hours-py`. Refused
here, because the library would quietly take it for something else (tried with 2.1.4):

- a day that does not exist (`Feb 30 10:00-12:00` would be open every day);
- a rule without times (`Mo-Fr` would be open day and night);
- an open end (`Mo 09:00+` would be open until midnight) and sunrise or sunset (we give it no place on earth);
- `PH` or `SH` with a weekday or an offset behind it (`SH Mo` would hold in term time as well).

`PH` (public holiday) and `SH` (school holiday) mean what our own calendar says (directory/holidays.py,
directory/school_holidays.py): the library does nothing with `SH`, and its `PH` counts 5 May once in five years. We tell
the library which kind of day it is by writing `Mo-Su` in place of the word.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]  # not in its stubs

from referral.errors import InvalidContent

MAX_LENGTH = 500

_QUOTED = re.compile(r'"[^"]*"')
_POSITION = re.compile(r"--> \d+:(\d+)")
_MONTHS = {name: number for number, name in enumerate(calendar.month_abbr) if name}
_MONTH_DAY = re.compile(rf"\b({'|'.join(_MONTHS)})\s+(\d{{1,2}})\b(?!:)")
_DAY_RANGE = re.compile(rf"\b({'|'.join(_MONTHS)})\s+\d{{1,2}}\s*-\s*(\d{{1,2}})\b(?!:)")
_TIME = re.compile(r"\d{1,2}:\d{2}")
_REFUSED = (
    (re.compile(r"[\x00-\x1f\x7f]"), "a control character"),
    (re.compile(r"\d{1,2}:\d{2}\s*\+"), "an open end (give the closing time)"),
    (re.compile(r"\b(sunrise|sunset|dawn|dusk)\b", re.IGNORECASE), "sunrise or sunset (give a time)"),
    (re.compile(r"\b(PH|SH)\s*([+-]\s*\d|(Mo|Tu|We|Th|Fr|Sa|Su)\b)"), "PH or SH with a day behind it (put it alone)"),
)
_PUBLIC = re.compile(r"\bPH\b")
_SCHOOL = re.compile(r"\bSH\b")


@dataclass(frozen=True, slots=True)
class Notation:
    """A string that was read and accepted.

    `warnings` are the library's own, in English, for the editor's screen. `says_nothing`: only a comment, no hours.
    """

    text: str
    mentions_public_holidays: bool
    mentions_school_holidays: bool
    is_always: bool
    says_nothing: bool
    warnings: tuple[str, ...]


@lru_cache(maxsize=4096)
def read_notation(text: str) -> Notation:
    """Read an opening_hours string.

    Raises `InvalidContent` that says at which character (counted from 1) it goes wrong.
    """
    if len(text) > MAX_LENGTH:
        raise InvalidContent(f"opening hours: longer than {MAX_LENGTH} characters")
    bare = _QUOTED.sub(lambda match: " " * len(match[0]), text)
    for position, what in _find_refused(text, bare):
        raise InvalidContent(f"opening hours: {what} at character {position}: {text!r}")
    try:
        parsed = OpeningHours(text)
    except ParserError as error:
        found = _POSITION.search(str(error))
        position = int(found[1]) if found else 1
        raise InvalidContent(f"opening hours: cannot be read from character {position}: {text!r}") from error
    return Notation(
        text=text,
        mentions_public_holidays=bool(_PUBLIC.search(bare)),
        mentions_school_holidays=bool(_SCHOOL.search(bare)),
        is_always="24/7" in bare,
        says_nothing=not bare.strip(" ;"),
        warnings=tuple(parsed.warnings),
    )


def _find_refused(text: str, bare: str) -> Iterator[tuple[int, str]]:
    for pattern, what in _REFUSED:
        if match := pattern.search(text if what == "a control character" else bare):
            yield match.start() + 1, what
    for pattern in (_MONTH_DAY, _DAY_RANGE):
        for match in pattern.finditer(bare):
            if not 1 <= int(match[2]) <= _count_days(match[1]):
                yield match.start() + 1, "a day that does not exist"
    for rule in re.finditer(r"[^;|]+", bare):
        has_times = _TIME.search(rule[0]) or re.search(r"24/7|\b(off|closed|unknown)\b", rule[0])
        # Only where the grammar would take it: else the parser's own position is better.
        if rule[0].strip() and not has_times and _is_readable(text):
            yield rule.start() + 1, "a rule without times"


def _count_days(month: str) -> int:
    return calendar.monthrange(2024, _MONTHS[month])[1]  # a leap year: 29 February exists


def _is_readable(text: str) -> bool:
    try:
        OpeningHours(text)
    except ParserError:
        return False
    return True


@lru_cache(maxsize=8192)
def build_evaluator(text: str, *, public_holiday: bool, school_holiday: bool) -> OpeningHours:
    """Return the library's object for days of this kind; give it clock times without a zone.

    The text has been through `read_notation`.
    """
    for pattern, holds in ((_PUBLIC, public_holiday), (_SCHOOL, school_holiday)):
        if holds:
            text = _replace_outside_quotes(pattern, text)
    return OpeningHours(text)


def _replace_outside_quotes(pattern: re.Pattern[str], text: str) -> str:
    pieces = re.split(r'("[^"]*")', text)
    return "".join(piece if piece.startswith('"') else pattern.sub("Mo-Su", piece) for piece in pieces)
