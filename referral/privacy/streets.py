"""Finds a street with the number of a house: "Dorpsstraat 12a", "aan de Lindelaan 4-2", "kerkweg 3 hs".

A word is a street by its ending ("…straat"), by what stands before it ("Laan van …"), or because somebody says to live
there. A number that counts something ("steeg 5 procent", "onderweg 3 uur") makes no address.
"""

import re
from collections.abc import Iterator
from functools import cache

from referral.privacy.name_words import load_places
from referral.privacy.spans import PLACEHOLDERS, Span
from referral.privacy.tokens import Token, Tokens
from referral.privacy.words import any_of, load_words

_MAX_WORDS = 5
_WINDOW = 40
_AMOUNT = re.compile(r"[.,:]\d|[ ]{0,2}[%€]|[ ]?[-/][ ]?\d{1,2}[-/]|\d")
_NEXT = re.compile(r"[ ]{1,2}([^\W_]+)")
_YEARS = frozenset(map(str, range(1900, 2100)))
# A postcode, or what of it was left or blanked.
_POSTCODE_AFTER = re.compile(r"[ ]?,?[ \n]{1,2}(?:\x00|[1-9]\d{3}(?:[ \n][A-Z]|$))")
_ON_STREET = re.compile(r"(?<!\w)aan[ ](?:de|het|'t)[ ]$", re.IGNORECASE)


@cache
def house_number() -> str:
    """Return a regular expression for the number of a house with what may follow it: 12, 12a, 4-2, 5 bis, 3 hs."""
    words = load_words()
    # "9a boven", but not "9a boven de winkel"
    suffix = rf"{any_of(words.streets.suffixes)}(?![ ]{any_of(words.names.determiners)})"
    return (
        r"(?:[1-9]\d{0,4}(?!\d)(?:[a-z](?![a-z]))?(?:[ ]?[-/][ ]?(?:[1-9]\d{0,3}(?![\d/-])[a-z]?|[a-z])(?!\w))?"
        rf"(?:[ -](?:[a-h](?![\w'.])|{suffix})|[ ]\d[ -]?hoog(?!\w))?)"
    )


def is_counted(text: str, end: int) -> bool:
    """Tell whether the number that ends at `end` is an amount, a date or a time, or counts the next word."""
    if _AMOUNT.match(text, end):
        return True
    following = _NEXT.match(text, end)
    return bool(following and following.group(1).lower() in load_words().streets.units)


@cache
def _after_street() -> re.Pattern[str]:
    """Return a pattern for the number behind the word, with "nr" before it or not."""
    said = any_of(load_words().postcodes.numbers)
    return re.compile(
        rf"\.?(?:[ ]{{1,2}}|(?P<said>[ ]?,?[ ]{{1,2}}{said}[ .:]{{0,2}}))(?P<number>{house_number()})", re.IGNORECASE
    )


@cache
def _attached() -> re.Pattern[str]:
    endings = "|".join(sorted(load_words().streets.endings, key=len, reverse=True))
    return re.compile(rf"(?<!\w)[^\W\d_]{{2,30}}(?:{endings})[1-9]\d{{0,3}}[a-z]?(?!\w)", re.IGNORECASE)


@cache
def _living() -> re.Pattern[str]:
    return re.compile(
        rf"{any_of(load_words().streets.living)}"
        r"(?:[ :,]{1,3}(?:op|aan|in|bij|de|het|'t|is|nu|hier|at|on|the)){0,4}[ :,]{1,3}$",
        re.IGNORECASE,
    )


def find_streets(text: str) -> Iterator[Span]:
    """Yield every street with a house number in a folded text; some may overlap."""
    tokens, after = Tokens(text), _after_street()
    for index, token in enumerate(tokens.all):
        number = after.match(text, token.end)
        if not number or not token.text[0].isalpha() or is_counted(text, number.end()):
            continue
        first = _first_word(tokens, index)
        if _is_street(tokens, index, first, number) and not _is_year(token, number):
            yield Span(tokens[first].start, number.end(), "ADDRESS")
    for match in _attached().finditer(text):
        yield Span(match.start(), match.end(), "ADDRESS")


def _is_year(token: Token, number: re.Match[str]) -> bool:
    """Tell whether a number after a word without a capital is rather a year ("woningmarkt 2025")."""
    return not number["said"] and not token.has_capital and number["number"] in _YEARS


def _is_street(tokens: Tokens, index: int, first: int, number: re.Match[str]) -> bool:
    token, words = tokens[index], load_words().streets
    lower = token.lower
    if _ends_with(lower, words.endings) and lower not in words.never:
        return True
    if lower in words.apart and first < index:
        return True
    if lower in words.alone and _is_alone(tokens, index, number):
        return True
    if not token.has_capital or token.text.isupper() or not is_proper(lower):
        return False
    before = tokens.text[max(0, tokens[first].start - _WINDOW) : tokens[first].start]
    return bool(
        (tokens[first].lower in words.apart and first < index)  # "Laan van Meerdervoort"
        or _ON_STREET.search(before)
        or _living().search(before)
        or (_POSTCODE_AFTER.match(tokens.text, number.end()) and _ends_with(lower, words.capital_endings))
        or (_ends_with(lower, words.capital_endings) and not token.begins_sentence and first < index)
    )


def _is_alone(tokens: Tokens, index: int, number: re.Match[str]) -> bool:
    """Tell whether "Markt 5" is an address: inside a sentence, at the end of a line, or after "aan de"."""
    token = tokens[index]
    if _ON_STREET.search(tokens.text, max(0, token.start - _WINDOW), token.start):
        return True
    ends = number.end() == len(tokens.text) or tokens.text[number.end()] in ",\n"
    return token.has_capital and number["number"].isalnum() and (ends or not token.begins_sentence)


def is_proper(lower: str) -> bool:
    """Tell whether a word with a capital may be the name of a street: none that is known for something else."""
    words = load_words()
    if lower in words.names.first_names:  # "jan" is a month too
        return True
    return not any(
        lower in known
        for known in (
            words.streets.not_streets,
            words.streets.units,
            words.names.never,
            words.names.organisations,
            load_places(),
        )
    )


def _ends_with(lower: str, endings: frozenset[str]) -> bool:
    return any(lower.endswith(ending) and len(lower) > len(ending) + 1 for ending in endings)


def _first_word(tokens: Tokens, index: int) -> int:
    """Return the index of the first word of the name of the street: "Burgemeester van der Veldelaan"."""
    first, words = index, load_words()
    for at in range(index, max(0, index - _MAX_WORDS), -1):
        word = tokens[at - 1]
        lower = word.lower
        is_joined = tokens[at].is_joined or (tokens[at].before == ". " and lower in words.streets.first_words)
        if not is_joined or word.text in PLACEHOLDERS or (at > 1 and _introduces(tokens[at - 2])):
            break
        if lower in words.streets.first_words or (is_proper(lower) and _belongs(word, tokens[at])):
            first = at - 1
        elif lower == "van" and (word.has_capital if at > 1 else first == index - 1):
            first = at - 1  # "Van Galenstraat", "van Gogh straat"
        elif lower not in words.names.particles - words.names.particle_starts:
            break
    return first


def _introduces(word: Token) -> bool:
    """Tell whether after `word` comes the name of a person ("mevrouw Bakker Dorpsstraat 5")."""
    names = load_words().names
    lower = word.lower.rstrip(".")
    return lower in names.titles or lower in names.kin or lower in names.called


def _belongs(word: Token, following: Token) -> bool:
    """Tell whether `word` is part of the name of the street, and not the name of who lives there."""
    names = load_words().names
    if word.lower in names.surnames or word.lower in names.titles or word.lower in names.particles:
        return False
    return word.has_capital or word.lower in names.first_names or following.lower in load_words().streets.apart
