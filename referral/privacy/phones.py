"""Finds phone numbers of people; the numbers that everybody may call stay readable.

What stays: 112, 113, 14 + area code and 18xx (too short to be a person's), 0800 / 0900 / 0906 / 0909 (Dutch numbering
plan, ACM), and every number in `data/organisations.yml`.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import phonenumbers

from referral.content import read_rows
from referral.privacy.folding import only_digits
from referral.privacy.numerals import read_spoken
from referral.privacy.spans import Span
from referral.privacy.words import DATA_DIR, any_of, load_words

_GAP = r"[ ]{0,2}[-./()]{0,2}[ ]{0,2}"
_FREE = r"(?<![\d+])(?<!\d[.,])"
_NATIONAL = re.compile(rf"{_FREE}\(?0{_GAP}[1-9](?:{_GAP}\d){{8}}(?!\d)")
_DUTCH = re.compile(rf"{_FREE}\(?(?:\+[ ]?|00[ ]?)31{_GAP}0?{_GAP}[1-9](?:{_GAP}\d){{8}}(?!\d)")
_WITHOUT_PLUS = re.compile(rf"{_FREE}31[ -]?6(?:[ -]?\d){{8}}(?!\d)")
_ABROAD = re.compile(rf"{_FREE}(?:\+|00)[ ]?[1-9](?:{_GAP}\d){{6,14}}(?!\d)")
_SERVICE = re.compile(
    rf"{_FREE}0{_GAP}(?:8{_GAP}0{_GAP}0|9{_GAP}0{_GAP}[069])(?:{_GAP}\d){{4}}(?:(?:{_GAP}\d){{3}})?(?!\d)"
)
_SERVICE_PREFIXES = ("0800", "0900", "0906", "0909")
_SPOKEN = re.compile(r"\b(?:0|nul|zero|oh)\w*", re.IGNORECASE)


@cache
def load_public_numbers(path: Path = DATA_DIR / "organisations.yml") -> frozenset[str]:
    """Read the numbers of national organisations, as national digits (`"0881236555"`); they are never masked."""
    rows = read_rows(path, "organisations")
    return frozenset(only_digits(entry["phone"]) for entry in rows if entry.get("phone"))


def find_public_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield from where to where a number stands that everybody may know."""
    for match in _SERVICE.finditer(text):
        yield match.span()
    for match in chain(_NATIONAL.finditer(text), _DUTCH.finditer(text)):
        if _is_public(_to_national(match.group())):
            yield match.span()


def find_phones(text: str) -> Iterator[Span]:
    """Yield every phone number of a person in a folded text; some may overlap."""
    for match in chain(_NATIONAL.finditer(text), _DUTCH.finditer(text)):
        national = _to_national(match.group())
        if not _is_public(national) and (national.startswith("06") or _is_valid(national)):
            opens = match.group().startswith("(") and ")" not in match.group()
            yield Span(match.start() + opens, match.end(), "PHONE")
    for match in _WITHOUT_PLUS.finditer(text):
        yield Span(match.start(), match.end(), "PHONE")
    yield from _find_abroad(text)
    yield from _find_after_cue(text)
    yield from _find_spoken(text)


def _to_national(number: str) -> str:
    """Return `06…` for "+31 (0)6…", "0031 6…" and "06…"."""
    digits = only_digits(number).removeprefix("00")
    return digits if digits.startswith("0") else "0" + digits.removeprefix("31").removeprefix("0")


def _is_public(national: str) -> bool:
    return national.startswith(_SERVICE_PREFIXES) or national in load_public_numbers()


def _is_valid(number: str, *, or_possible: bool = False) -> bool:
    """Tell whether the numbering plan of the country has this number, or with `or_possible` one of its length."""
    try:
        parsed = phonenumbers.parse(number, "NL")
        return phonenumbers.is_valid_number(parsed) or (or_possible and phonenumbers.is_possible_number(parsed))
    except phonenumbers.NumberParseException:
        return False


def _find_abroad(text: str) -> Iterator[Span]:
    """Yield numbers with a country's code: the longest reading that the numbering plan of that country allows."""
    for match in _ABROAD.finditer(text):
        ends = [match.start() + end.end() for end in re.finditer(r"\d(?!\d)", match.group())]
        with_plus = match.group().startswith("+")
        for end in reversed(ends):
            digits = only_digits(text[match.start() : end])
            international = "+" + (digits if with_plus else digits[2:])
            if _is_valid(international, or_possible=with_plus) and not _is_public(_to_national(international)):
                yield Span(match.start(), end, "PHONE")
                break


@cache
def _after_cue() -> re.Pattern[str]:
    cues = any_of(load_words().phones.cues)
    return re.compile(
        rf"{cues}[\s:.=]{{0,4}}(?:(?:is|op|nr|nummer|van|mij)[\s:.=]{{1,3}}){{0,3}}"
        r"(\d(?:[ ./-]{0,2}\d){5,12})(?!\d)",
        re.IGNORECASE,
    )


def _find_after_cue(text: str) -> Iterator[Span]:
    """Yield what can only be a number because somebody says so: local ones, and those of another country."""
    for match in _after_cue().finditer(text):
        digits = only_digits(match.group(1))
        fits = len(digits) in (10, 11, 12) if digits.startswith("0") else len(digits) != 9 or digits.startswith("6")
        if fits and not _is_public(digits):
            yield Span(match.start(1), match.end(1), "PHONE")


def _find_spoken(text: str) -> Iterator[Span]:
    """Yield dictated numbers: "nul zes twaalf vierendertig zesenvijftig achtenzeventig"."""
    for match in _SPOKEN.finditer(text):
        digits, end = read_spoken(text, match.start(), size=10)
        is_spoken = any(map(str.isalpha, text[match.start() : end]))
        if digits.startswith("0") and is_spoken and len(digits) == 10 and not _is_public(digits) and _is_valid(digits):
            yield Span(match.start(), end, "PHONE")
