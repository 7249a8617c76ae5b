"""Reads a whole name from the word where it begins.

Dutch names: a first name or initials, particles ("van der", "'t", "el", "ben"), a surname, a second one after a
hyphen. How sure the words before it are decides what is accepted (`Manner`).
"""

from dataclasses import dataclass

from referral.privacy.name_words import (
    can_be_name,
    is_common_word,
    is_known,
    is_small_word,
    load_places,
    may_be_unknown_name,
    sounds_like_surname,
    strip_possessive,
)
from referral.privacy.tokens import Token, Tokens
from referral.privacy.words import load_words

_MAX_PARTS = 5
_MAX_PARTICLES = 3
_MAX_BARE = 2


@dataclass(frozen=True, slots=True)
class Manner:
    """How a name is read.

    Whether words without a capital count as one, the name of a place can begin it, a known surname in lower-case is
    enough, and a word in capitals can be a name.
    """

    lower_case: bool = False
    places: bool = True
    surnames: bool = True
    capitals: bool = True


STRONG = Manner(lower_case=True)
TITLED = Manner()
GREETED = Manner(places=False, capitals=False)
WEAK = Manner(places=False, surnames=False, capitals=False)


@dataclass(frozen=True, slots=True)
class _Part:
    """A word that may be the core of a name, with the particles before it, in a text that is in capitals or not."""

    tokens: Tokens
    begin: int
    core: int
    is_first: bool
    shouted: bool

    @property
    def token(self) -> Token:
        return self.tokens[self.core]

    @property
    def particles(self) -> list[str]:
        return [token.lower for token in self.tokens.all[self.begin : self.core]]


def read_name(tokens: Tokens, first: int, manner: Manner, *, shouted: bool = False) -> int:
    """Return the index after the last word of the name that begins at `first`; `first` itself when there is none."""
    end, bare = first, 0
    for _ in range(_MAX_PARTS):
        if end >= len(tokens) or (end > first and not tokens[end].is_joined):
            break
        # The second reading: "Ben Bakker", what looked like a particle is the first name.
        cores = dict.fromkeys((_skip_particles(tokens, end), end))
        parts = (_Part(tokens, end, core, end == first, shouted) for core in cores)
        part = next((part for part in parts if _is_core(part, manner)), None)
        if part is None:
            # "ik ben sjoerd hoekema en …": an unknown surname after a first name that we know
            known = tokens[end - 1]
            if (
                end == first + 1
                and known.lower in load_words().names.first_names
                and not known.has_capital
                and not shouted
            ):
                end = read_unknown(tokens, end, most=1)
            break
        lower = part.token.lower
        bare += not part.particles and not is_known(lower) and (shouted or not part.token.has_capital)
        if bare > _MAX_BARE:
            break
        end = part.core + 1
    return end


def read_unknown(tokens: Tokens, first: int, *, most: int = 2) -> int:
    """Return where a name of unknown words in lower-case ends: ordinary words are none, and what follows must fit.

    What follows: nothing, punctuation, a number ("mw hoekema 67"), or a verb ("mw hoekema wil").
    """
    names = load_words().names
    for end in range(first + 1, min(first + most, len(tokens)) + 1):
        token = tokens[end - 1]
        if token.has_capital or (end > first + 1 and not token.is_joined):
            break
        if not may_be_unknown_name(token) and not (end > first + 1 and token.lower in names.surnames):
            break
        following = tokens[end] if end < len(tokens) else None
        if following is None or not following.is_joined or following.text.isdigit() or following.lower in names.acts:
            return end
    return first


def _skip_particles(tokens: Tokens, at: int) -> int:
    """Return the index of the first word from `at` on that is no particle."""
    words = load_words().names
    core = at
    while core < min(len(tokens) - 1, at + _MAX_PARTICLES) and tokens[core].lower in words.particles:
        following = tokens[core + 1]
        if not following.is_joined or (core == at and tokens[core].lower in words.inner_particles):
            break
        if tokens[core].lower in words.particle_starts and following.lower not in words.articles:
            break
        core += 1
    return core


def _is_core(part: _Part, manner: Manner) -> bool:
    """Tell whether the word can be part of a name."""
    token = part.token
    if not part.shouted and _is_initial(part, manner):
        return True
    if part.particles and not manner.surnames and part.tokens[part.begin].text in load_words().names.particle_starts:
        return False  # "vrijwilliger bij de Zonnebloem"
    if not can_be_name(token, shouted=part.shouted):
        return False
    if token.has_capital and not part.shouted:
        return _is_capital_core(part, manner)
    return _is_lower_case_core(part, manner)


def _is_initial(part: _Part, manner: Manner) -> bool:
    """Tell whether the word is an initial: "J.P.", "J de Vries", "mw A Bos", "JP Balk"; not "I Want"."""
    token, names = part.token, load_words().names
    if token.text.endswith("."):
        if token.has_capital:
            is_word = len(token.text) > 2 and token.text.replace(".", "").lower() in names.never  # "A.U.B."
            return not is_word or _has_surname_after(part)
        return manner.surnames and _has_surname_after(part)
    size = len(token.text)
    is_letters = token.text.isalpha() and (size <= 2 if token.text.isupper() else size == 1 and manner.surnames)
    return is_letters and token.lower not in {"i", "u"} and _has_surname_after(part)


def _has_surname_after(part: _Part) -> bool:
    """Tell whether after an initial comes a surname: a word with a capital, a known one, or one after "van der"."""
    at = part.core + 1
    if at >= len(part.tokens) or not part.tokens[at].is_joined:
        return False
    core = _skip_particles(part.tokens, at)
    surname = part.tokens[core]
    if not surname.is_joined or len(surname.text) < 3 or not can_be_name(surname):
        return False
    is_capital = surname.has_capital and not surname.text.isupper()
    return is_capital or surname.lower in load_words().names.surnames or core > at + 1


def _is_capital_core(part: _Part, manner: Manner) -> bool:
    words, token = load_words().names, part.token
    lower = strip_possessive(token.lower)
    if is_known(lower) or (lower in words.capital_names and not token.text.isupper()):
        return True
    if part.particles and part.particles[-1] in words.sure_particles and not token.text.isupper():
        return True  # "mw ter Haar"
    if is_common_word(lower):
        # "Mieke van Loon", "mw van Loon", but not "mevrouw van Thuiszorg"
        is_surname = bool(part.particles) and part.particles[-1] not in words.determiners
        return is_surname and (manner.surnames or not part.is_first) and lower not in words.workplaces
    if lower in load_places() and not part.particles and not (part.is_first and manner.places):
        return False
    is_told = manner.capitals or _is_after_capital_name(part)
    return not token.text.isupper() or (is_told and (len(lower) > 3 or manner.lower_case))


def _is_after_capital_name(part: _Part) -> bool:
    """Tell whether the word before it in the name is a known first name in capitals: "ik ben JOHAN DE LEEUW"."""
    before = part.tokens[part.begin - 1] if not part.is_first else None
    return bool(before and before.text.isupper() and before.lower in load_words().names.first_names)


def _is_lower_case_core(part: _Part, manner: Manner) -> bool:
    words, particles = load_words().names, part.particles
    lower = strip_possessive(part.token.lower)
    is_word = is_small_word(lower)
    if manner.lower_case:
        return not is_word or bool(particles and lower in words.surnames)
    if particles:
        # "mw van der meij" and "mw de jong", but not "mw van de post" or "mw van poets"
        is_sure = particles[-1] in words.sure_particles
        is_surname = lower in words.surnames and (is_sure or particles == ["de"] or not is_word)
        return manner.surnames and (is_surname or (is_sure and not is_word))
    if is_common_word(lower):
        return False
    return lower in words.first_names or (manner.surnames and (lower in words.surnames or sounds_like_surname(lower)))
