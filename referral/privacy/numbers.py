"""Finds the numbers by which a person is known: BSN, V-number, CJIB number, and the numbers of cards.

BSN: eight or nine digits that pass the 11-test (Wet algemene bepalingen burgerservicenummer; python-stdnum), or nine
digits that somebody calls so. V-number: a V and ten digits (IND). CJIB: sixteen digits, unless they are a card or a
word beside them says otherwise (a payment reference of the tax office, which holds the BSN, falls under it too).
Cards: 13 to 19 digits that pass Luhn's test (ISO/IEC 7812).
"""

import re
from collections.abc import Iterator
from functools import cache

from stdnum import luhn
from stdnum.nl import bsn

from referral.privacy.folding import only_digits
from referral.privacy.numerals import read_spoken, spoken_digits
from referral.privacy.spans import Span
from referral.privacy.words import any_of, load_words

_NINE = re.compile(r"(?<![\w+/=])(?<!\d[.,/-])\d{9}(?![\w/])(?![.,-]\d)")
_GROUPED = re.compile(r"(?<![\w+/=])(?<!\d[ ./-])\d(?:[ .-]{0,2}\d){7,8}(?![\w/])(?![ ./-]{1,2}\d)")
_DATE_LIKE = re.compile(
    r"\d{1,2}([ .-])\d{1,2}\1\d{4}|\d{4}([ .-])\d{1,2}\2\d{1,2}|[0-3]\d[01]\d(?:19|20)\d\d|(?:19|20)\d{6}"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_V_NUMBER = re.compile(r"(?<!\w)v[ -]?\d(?:[ .-]?\d){9}(?![ .-]?\d)(?!\w)", re.IGNORECASE)
_LONG = re.compile(r"(?<![\w+/=])(?<!\d[ .-])\d(?:[ .-]?\d){12,18}(?!\w)(?![ .-]\d)")
_OTHER_NUMBER = re.compile(
    r"(?:kvk|nummer|nr|kenmerk|number|order|factuur|dossier|zaak)[ .:#-]{0,3}(?:is )?$", re.IGNORECASE
)
_NEAR = 80


def connection() -> str:
    """Return a regular expression for what may stand between a word and its number (" is: ", " nummer ")."""
    return rf"[\s:.=#-]{{0,4}}(?:{any_of(load_words().numbers.connectors)}[\s:.=]{{1,4}}){{0,3}}"


@cache
def _after(*, group: str, number: str) -> re.Pattern[str]:
    phrases = getattr(load_words().numbers, group)
    return re.compile(rf"({any_of(phrases)}){connection()}({number})(?![ .-]?\d)(?!\w)", re.IGNORECASE)


@cache
def _spoken_bsn() -> re.Pattern[str]:
    said = rf"{any_of(load_words().numbers.bsn)}{connection()}"
    return re.compile(rf"{said}({any_of(spoken_digits())})", re.IGNORECASE)


@cache
def _near(group: str) -> re.Pattern[str]:
    return re.compile(any_of(getattr(load_words().numbers, group)), re.IGNORECASE)


def find_bsns(text: str) -> Iterator[Span]:
    """Yield every BSN in a folded text; some may overlap."""
    for match in _after(group="bsn", number=r"\d(?:[ .-]{0,2}\d){8}").finditer(text):
        yield Span(match.start(2), match.end(2), "BSN")
    for match in _spoken_bsn().finditer(text):
        digits, end = read_spoken(text, match.start(1), size=9)
        if len(digits) == 9:
            yield Span(match.start(1), end, "BSN")
    for match in _NINE.finditer(text):
        if bsn.is_valid(match.group()):
            yield Span(match.start(), match.end(), "BSN")
    for match in _GROUPED.finditer(text):
        is_said = _is_said(text, match.start())
        is_other = not is_said and len(only_digits(match.group())) == 8 and _is_other_number(text, match.start())
        if not is_other and (_is_grouped_bsn(match.group()) or (is_said and bsn.is_valid(match.group()))):
            yield Span(match.start(), match.end(), "BSN")


def _is_said(text: str, at: int) -> bool:
    return _near("bsn").search(text, max(0, at - 20), at) is not None


def _is_grouped_bsn(written: str) -> bool:
    if _DATE_LIKE.fullmatch(written) or len(_YEAR.findall(written)) > (len(only_digits(written)) == 9):
        return False
    return bsn.is_valid(only_digits(written))


def _is_other_number(text: str, at: int) -> bool:
    """Tell whether what stands before eight digits says that they are another number ("kvk", "klantnummer")."""
    return _OTHER_NUMBER.search(text, max(0, at - 30), at) is not None


def find_v_numbers(text: str) -> Iterator[Span]:
    """Yield every V-number in a folded text; some may overlap."""
    for match in _V_NUMBER.finditer(text):
        yield Span(match.start(), match.end(), "V_NUMBER")
    for match in _after(group="v_number", number=r"v?[ -]?\d(?:[ .-]?\d){9}").finditer(text):
        start = match.end(2) - len(match.group(2).lstrip(" -"))
        yield Span(start, match.end(2), "V_NUMBER")


def find_long_numbers(text: str) -> Iterator[Span]:
    """Yield CJIB numbers and the numbers of cards in a folded text; some may overlap."""
    for match in _LONG.finditer(text):
        digits = only_digits(match.group())
        nearest = _nearest(text, match)
        is_card = digits[0] in "23456" and luhn.is_valid(digits)
        if len(digits) == 16 and (nearest == "cjib" or (not is_card and not nearest)):
            yield Span(match.start(), match.end(), "CJIB_NUMBER")
        elif is_card:
            yield Span(match.start(), match.end(), "CARD")
    for match in _after(group="cjib_said", number=r"\d(?:[ ./-]?\d){10,19}").finditer(text):
        yield Span(match.start(2), match.end(2), "CJIB_NUMBER")
    for match in _after(group="card", number=r"\d(?:[ -]?\d){2,18}").finditer(text):
        # "creditcard 2025" is a year; "pasnummer 123" is the number on a bank card.
        if match.group(1).lower().endswith(("nummer", "nr", "number", "no")) or len(only_digits(match.group(2))) > 11:
            yield Span(match.start(2), match.end(2), "CARD")


def _nearest(text: str, match: re.Match[str]) -> str:
    """Return of which kind of number the nearest word speaks: `cjib`, `card_near`, `long_near` or, when none, empty."""
    distances = {_distance(text, match, group): group for group in ("long_near", "card_near", "cjib")}
    return distances[min(distances)] if min(distances) < _NEAR else ""


def _distance(text: str, match: re.Match[str], group: str) -> int:
    """Return how many characters the nearest word of `group` is away; `_NEAR` when there is none that near."""
    start, end = match.span()
    before = [start - cue.end() for cue in _near(group).finditer(text, max(0, start - _NEAR), start)]
    after = _near(group).search(text, end, end + _NEAR // 2)
    return min([*before, after.start() - end if after else _NEAR, _NEAR])
