"""Finds postcodes with letters, with or without the number of the house; a bare "8011" stays.

PostNL never gave out SA, SD and SS, nor a postcode that begins with 0. A year or an amount before a word of two letters
("in 2024 is", "1500 op") is none; two capitals, letters that are no word, or a house number behind it decide.
"""

import re
from collections.abc import Iterator
from functools import cache

from referral.privacy.numerals import spoken_digits
from referral.privacy.spans import POSTCODE, Span
from referral.privacy.streets import house_number, is_counted
from referral.privacy.words import any_of, load_words

_NEVER = frozenset({"sa", "sd", "ss"})
_YEARS = range(1900, 2100)
_GOES_ON = re.compile(r"[-/]\d")
_LETTERS = re.compile(r"[ ]?[A-Za-z]{2}(?!\w)")


@cache
def _postcode() -> re.Pattern[str]:
    words = load_words().postcodes
    number, spoken = any_of(words.numbers), any_of(spoken_digits())
    house = rf"{house_number()}(?:,?[ ]toevoeging[ ]\w{{1,4}})?"
    said = rf"{any_of(words.cues)}[ ]{{0,2}}(?:is[ ])?[:=]?[ ]{{0,2}}"
    return re.compile(
        rf"(?:{number}[ .:]{{1,3}}(?:is[ ])?(?P<before>{house_number()})[ ,]{{1,3}}"
        rf"(?:(?:en|op|met|in|de|mijn|bij)[ ]){{0,2}}(?:{said})?)?"
        r"(?:(?<=NL-)|(?<![\w-]))(?<!\d[.,])(?P<digits>[1-9]\d{3})(?P<gap>[ ]{0,2}[-.]?[ ]{0,2})"
        r"(?P<letters>[a-z](?P<apart>[ .]{0,2})[a-z])"
        r"(?![^\W\d])(?!-[^\W\d_])(?!'\w)"
        r"(?P<house>(?P<comma>[ ]?[,;./-]?[ ]{1,2}|[,/-]?|[ ](?P<open>\())"
        rf"(?P<said>(?:(?:ik|we|woon|wonen|op|aan|en|met|mijn|het|is|dan|daar)[ ]){{0,5}}"
        rf"{number}[ ]?(?:is[ ]|[.:=])?[ ]{{0,2}})?(?P<number>{house}|{spoken})(?(open)\)))?",
        re.IGNORECASE,
    )


@cache
def _said_before() -> re.Pattern[str]:
    return re.compile(rf"{any_of(load_words().postcodes.cues)}[^.!?]{{0,15}}$", re.IGNORECASE)


def find_postcodes(text: str) -> Iterator[Span]:
    """Yield every postcode with letters in a folded text, with its house number where there is one."""
    for match in _postcode().finditer(text):
        has_house = bool(match["house"]) and _is_house(text, match)
        if _GOES_ON.match(text, match.end()):
            continue
        if not has_house and text[match.end("letters") : match.end("letters") + 1].isdigit():
            continue
        if _is_postcode(text, match, has_house=has_house):
            yield Span(match.start(), match.end() if has_house else match.end("letters"), POSTCODE)


def _is_house(text: str, match: re.Match[str]) -> bool:
    if match["said"]:
        return True
    if not match["number"][0].isdigit():  # "8011 PK twee kinderen"
        return False
    if ("." in match["comma"] and not match["apart"]) or is_counted(text, match.end()):
        return False
    # "8011 PK 8012 AB" is two postcodes, "8011 PK 2025" a place and a year.
    number = match["number"]
    return int(re.sub(r"\D.*", "", number)) not in _YEARS and not (
        number.isdigit() and len(number) == 4 and _LETTERS.match(text, match.end())
    )


def _is_postcode(text: str, match: re.Match[str], *, has_house: bool) -> bool:
    letters = re.sub(r"[ .]", "", match["letters"])
    is_word = letters.lower() in load_words().postcodes.words
    if letters.lower() in _NEVER:
        return False
    if match["before"] or (has_house and match["said"]):
        return True
    if _said_before().search(text, max(0, match.start() - 30), match.start("digits")) and (has_house or not is_word):
        return True
    if match["apart"]:
        return letters.isupper() and has_house
    if not match["gap"] or has_house:
        return letters.isupper() or not is_word
    looks_like_year = int(match["digits"]) in _YEARS
    return not (is_word or looks_like_year) or (
        letters.isupper() and not (is_word and looks_like_year) and not _is_shouted(text)
    )


def _is_shouted(text: str) -> bool:
    return not any(character.islower() for character in text[:2000])
