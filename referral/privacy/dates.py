"""Recognises a date as people write or dictate it: "12-03-1958", "3 mei '58", "twaalf drie achtenvijftig"."""

import re
from functools import cache

from referral.privacy.numerals import spoken_digits, year_pattern
from referral.privacy.words import any_of, load_words

_GAP = r"[ ]{0,2}[-./ ][ ]{0,2}"
_NUMERIC = (
    rf"(?P<a>\d{{1,2}}){_GAP}(?P<b>\d{{1,2}}){_GAP}(?:\d{{4}}|(?:19|20)[ ]\d\d|'?\d{{2}})"
    r"|\d{4}[-./ ](?P<c>\d{1,2})[-./ ](?P<d>\d{1,2})"
    r"|(?P<e>\d\d)(?P<f>\d\d)(?:19|20)\d\d|(?:19|20)\d\d(?P<g>\d\d)(?P<h>\d\d)"
    r"|(?P<i>\d\d)(?P<j>\d\d)\d\d"
)
_YEAR = re.compile(r"\d{4}")
_SHORT_YEAR = re.compile(r"\D(\d\d)$")


def _months() -> list[str]:
    """Return the names of the months in every spelling, the longer before the shorter."""
    return sorted((word for names in load_words().dates.months.values() for word in names), key=len, reverse=True)


@cache
def month_pattern() -> str:
    """Return a regular expression for the name of a month."""
    return any_of(_months())


@cache
def date_pattern() -> re.Pattern[str]:
    """Return a pattern for a date with a day and a month; check it with `is_possible_date`."""
    words = load_words().dates
    ordinals = any_of(word for names in words.ordinals.values() for word in names)
    spoken_days = [word for word, digits in spoken_digits().items() if 1 <= int(digits) <= 31]
    spoken_months = any_of(word for word in spoken_days if int(spoken_digits()[word]) <= 12)
    month, spoken_day = month_pattern(), any_of(spoken_days)
    spoken_year = rf"(?:{year_pattern()}|{any_of(spoken_digits())})"
    day = rf"(?:(?:[0-2]?[1-9]|[123]0|31)(?:e|ste|de|st|nd|rd|th)?|{ordinals}|{spoken_day})"
    year = rf"(?:(?:19|20)\d\d|(?:19|20)[ ]\d\d|'?\d\d|{spoken_year})"
    gap = r"[ .,-]{1,3}"
    return re.compile(
        # What says that somebody was born may be glued to it ("geb12-3-1958", "12-3-1958geb").
        rf"(?:(?<![\w-])|(?<=geb)|(?<=geboren))(?<!\d[.,/])(?:{_NUMERIC}"
        rf"|{day}{gap}(?:(?:of|van|in)\s)?{month}(?:{gap}(?:van\s|in\s)?{year}(?!\d))?"
        rf"|{spoken_day}[\s,-]{{1,2}}{spoken_months}[\s,-]{{1,2}}{spoken_year}"
        rf"|{ordinals}\s(?:van\s)?(?:de\s)?{ordinals}\s{year}"
        rf"|\d{{1,2}}(?:{'|'.join(_months())})'?(?:19|20)?\d\d"
        rf"|{month}\s{day},?(?:\s{year}(?!\d))?(?![\d:]))(?:(?!\w)|(?=geb))(?!-\d)",
        re.IGNORECASE,
    )


def is_possible_date(match: re.Match[str]) -> bool:
    """Tell whether a date in digits has a day and a month, in either order; a date in words always has.

    Digits with only spaces between that go on behind it are no date but part of a number ("06 12 98 45 33").
    """
    if match.group().replace(" ", "").isdigit() and re.match(r"[ ]\d", match.string[match.end() : match.end() + 2]):
        return False
    numbers = [int(number) for number in match.group(*"abcdefghij") if number]
    return not numbers or (1 <= min(numbers) <= 12 and max(numbers) <= 31)


def read_year(date: str) -> int | None:
    """Return the year that a date ends or begins with; two digits above 26 are of the last century, others unknown."""
    if year := _YEAR.search(date):
        return int(year.group())
    short = _SHORT_YEAR.search(date)
    return 1900 + int(short.group(1)) if short and int(short.group(1)) > 26 else None
