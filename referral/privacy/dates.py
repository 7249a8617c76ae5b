"""Finds dates of birth: a date that somebody calls so. Every other date stays (a deadline, the date of a letter)."""

import re
from collections.abc import Iterator
from functools import cache

from referral.privacy.numerals import spoken_digits, year_pattern
from referral.privacy.spans import REPLACEMENTS, Span
from referral.privacy.words import any_of, load_words

_BEFORE = 70
_AFTER = 40
_OLD_ENOUGH = 2012
"""A full date up to this year, at once after a person, is read as a date of birth ("mw Jansen 12-03-1958")."""

_SHORT_YEAR = re.compile(r"\D(?:2[7-9]|[3-9]\d)$")
_GAP = r"[ ]{0,2}[-./ ][ ]{0,2}"
_NUMERIC = (
    rf"(?P<a>\d{{1,2}}){_GAP}(?P<b>\d{{1,2}}){_GAP}(?:\d{{4}}|'?\d{{2}})"
    rf"|\d{{4}}[-./](?P<c>\d{{1,2}})[-./](?P<d>\d{{1,2}})"
    r"|(?P<e>\d\d)(?P<f>\d\d)(?:19|20)\d\d|(?:19|20)\d\d(?P<g>\d\d)(?P<h>\d\d)"
)
_BESIDE = "|".join(REPLACEMENTS[kind] for kind in ("NAME", "BSN", "ADDRESS", "PHONE", "EMAIL", "V_NUMBER"))
_AFTER_PERSON = re.compile(rf"(?<!\w)(?:{_BESIDE})[ ,;/-]{{0,2}}\(?$")
# Our own placeholder is the date that was said: what comes later is another one. Somebody may shout the same word.
_PLACEHOLDER = rf"(?-i:{REPLACEMENTS['DATE_OF_BIRTH']})"


@cache
def _dates() -> re.Pattern[str]:
    words = load_words().dates
    month = any_of(word for months in words.months.values() for word in months)
    ordinals = [word for ordinal in words.ordinals.values() for word in ordinal]
    spoken_days = [word for word, digits in spoken_digits().items() if 1 <= int(digits) <= 31]
    spoken_months = [word for word in spoken_days if int(spoken_digits()[word]) <= 12]
    day = rf"(?:(?:[0-2]?[1-9]|[123]0|31)(?:e|ste|de|st|nd|rd|th)?|{any_of(ordinals)}|{any_of(spoken_days)})"
    year = rf"(?:(?:19|20)\d\d|'?\d\d|{year_pattern()}|{any_of(spoken_digits())})"
    gap = r"[ .,-]{1,3}"
    return re.compile(
        rf"(?<![\w-])(?<!\d[.,/])(?:{_NUMERIC}"
        rf"|{day}{gap}(?:(?:of|van)\s)?{month}(?:{gap}(?:van\s|in\s)?{year}(?!\d))?"
        rf"|{any_of(spoken_days)}\s{any_of(spoken_months)}\s(?:{year_pattern()}|{any_of(spoken_digits())})"
        rf"|{month}\s{day},?(?:\s{year}(?!\d))?(?![\d:]))(?!\w)(?!-\d)",
        re.IGNORECASE,
    )


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load_words().dates
    born, origin, other = any_of(words.born), any_of(words.origin), any_of(words.other)
    # Up to six words between, in the same sentence, none of which says that the date is of something else.
    gap = r"[ \n:,=('\"-]"
    word = r"(?:[^\s\d.!?;\x00]{1,20}|[^\W\d]{1,3}\.(?:[^\W\d]\.?)?)"
    between = rf"(?:(?<=geb|dat|dob)\.|:)?(?:{gap}{{1,3}}(?!{other}|{_PLACEHOLDER}){word}){{0,6}}{gap}{{0,3}}"
    person = rf"(?:{any_of(load_words().names.kin)}[ ]is[ ]van|{origin})"
    turning = r"(?<!\w)(?:word|wordt)[ ](?:(?:ik|hij|zij|ze)[ ])?\d{1,3}[ ](?:jaar[ ])?(?:op[ ])?"
    shouted = rf"{_PLACEHOLDER}[ :]{{1,3}}(?:IS[ ])?"
    few = r"(?:\w{1,15}[ ]){0,3}?"
    return (
        re.compile(
            rf"(?:(?!{_PLACEHOLDER}){born}{between}|{shouted}|{turning}|{person}[ ]{{1,2}}(?:de[ ])?)$",
            re.IGNORECASE,
        ),
        re.compile(rf"\)?[ ,]{{1,2}}{few}{born}", re.IGNORECASE),
    )


def find_births(text: str) -> Iterator[Span]:
    """Yield every date of birth in a folded text."""
    before, after = _cues()
    for match in _dates().finditer(text):
        if not _is_possible(match) or _is_part_of_number(text, match):
            continue
        # A window, not the whole text: the work for each date stays the same however long the text is.
        window = text[max(0, match.start() - _BEFORE) : match.start()]
        if before.search(window) or _follows_person(window, match.group()) or _is_said_after(after, text, match):
            yield Span(match.start(), match.end(), "DATE_OF_BIRTH")


def _is_possible(match: re.Match[str]) -> bool:
    """Tell whether a numeric date has a day and a month, in either order; a date in words always has."""
    numbers = [int(number) for number in match.group(*"abcdefgh") if number]
    return not numbers or (1 <= min(numbers) <= 12 and max(numbers) <= 31)


def _is_part_of_number(text: str, match: re.Match[str]) -> bool:
    """Tell whether digits with only spaces between go on behind it: "06 12 98 45 33" is no date."""
    return (
        match.group().replace(" ", "").isdigit() and re.match(r"[ ]\d", text[match.end() : match.end() + 2]) is not None
    )


@cache
def _after_title() -> re.Pattern[str]:
    return re.compile(
        rf"{any_of(load_words().names.titles)}\.?(?:[ ][^\s\d.!?]{{1,20}}){{0,4}}[ ,]{{1,2}}\(?$", re.IGNORECASE
    )


def _follows_person(window: str, date: str) -> bool:
    """Tell whether a full date, long enough ago, stands at once after a person, as staff write it."""
    year = re.search(r"\d{4}", date)
    is_old = int(year.group()) <= _OLD_ENOUGH if year else bool(_SHORT_YEAR.search(date))
    return is_old and bool(_AFTER_PERSON.search(window) or _after_title().search(window))


def _is_said_after(after: re.Pattern[str], text: str, match: re.Match[str]) -> bool:
    said = after.match(text, match.end(), match.end() + _AFTER)
    if not said:
        return False
    # "op 3 mei 2025 en ik ben geboren op 12-3-1958": the word belongs to the date behind it.
    rest = text[said.end() : said.end() + 30]
    return (
        re.match(rf"[.:]?[ ]{{0,2}}(?:op|on|in|:|is)?[ ]{{0,2}}(?:de[ ])?(?:\d|\x00|{_PLACEHOLDER}|\w+ \d)", rest)
        is None
    )
