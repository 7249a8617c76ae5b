"""Finds the name of a place that somebody meant and spelled wrong."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.nlu.gazetteer import Gazetteer

# Letters of what was typed and of the name. Shorter ones are like too many other words.
SHORTEST = 5
SHORTEST_ANYWHERE = 7
SHORTEST_OF_WORDS = 9  # of a small place whose name is typed in several words
TWO_MISTAKES = 9  # from this length on two mistakes are still the same name
# First letters that people take for one another; with any other first letter it is another word.
_ALIKE = {"c": "k", "k": "c", "s": "z", "z": "s", "f": "v", "v": "f", "e": "y", "y": "e", "i": "y"}

# Letters that sound alike, in this order; then letters that are there twice in a row count once.
_SOUNDS = (
    *(("ph", "f"), ("th", "t"), ("ck", "k"), ("gh", "g"), ("ch", "g"), ("c", "k"), ("q", "k"), ("x", "ks")),
    *(("z", "s"), ("v", "f"), ("ei", "y"), ("au", "ou"), ("ae", "a"), ("dt", "t"), (" ", "")),
)
_REPEATED = re.compile(r"(.)\1+")


def sound(folded: str) -> str:
    """Return how a folded name sounds, so that "zutfen" and "almeere" are Zutphen and Almere."""
    for letters, alike in _SOUNDS:
        folded = folded.replace(letters, alike)
    return _REPEATED.sub(r"\1", folded)


class Misspellings:
    """Compares words with names by optimal string alignment: a swap of two letters is one mistake."""

    def __init__(self, gazetteer: Gazetteer, *, words: frozenset[str], derivations: frozenset[str]) -> None:
        """`words` are folded words that are no misspelled name, `derivations` endings like that of "Zwolse"."""
        self._gazetteer = gazetteer
        self._words = words | gazetteer.ordinary | gazetteer.regions
        self._derivations = tuple(sorted(derivations))
        self._names = {
            letter: tuple(name for name in names if self._may_be_meant(name))
            for letter, names in gazetteer.by_letter.items()
        }
        self._large = tuple(sorted(name for name in gazetteer.large if len(name) >= SHORTEST_ANYWHERE))
        self._sounds = {
            sound(name): gazetteer.official[name] for name in sorted(gazetteer.large) if len(name) >= SHORTEST
        }
        self.find_any = lru_cache(maxsize=1024)(self._find_any)
        self.find_large = lru_cache(maxsize=1024)(self._find_large)

    def is_word(self, folded: str) -> bool:
        """Whether it is a word already, so that it is no misspelled name."""
        return folded in self._words

    def _find_any(self, typed: str) -> str | None:
        """Return the name of any place that `typed` (folded) is a misspelling of."""
        if (
            len(typed) < SHORTEST
            or typed in self._gazetteer.official
            or all(word in self._words for word in typed.split())
        ):
            return None
        letters = typed[0] + _ALIKE.get(typed[0], "")
        names = [name for letter in letters for name in self._names.get(letter, ())]
        if " " in typed:
            names = [name for name in names if len(name) >= SHORTEST_OF_WORDS or name in self._gazetteer.large]
        return self._choose(typed, names, mistakes=2 if len(typed) >= TWO_MISTAKES else 1)

    def _find_large(self, typed: str) -> str | None:
        """Return the name of one of the largest places that sounds like `typed` (folded) or is one mistake away."""
        if len(typed) < SHORTEST or typed in self._words or typed in self._gazetteer.official:
            return None
        if sound(typed) in self._sounds:
            return self._sounds[sound(typed)]
        if len(typed) < SHORTEST_ANYWHERE:
            return None
        return self._choose(typed, [name for name in self._large if name[0] == typed[0]], mistakes=1)

    def _may_be_meant(self, name: str) -> bool:
        is_ordinary = name in self._gazetteer.small or (
            name in self._gazetteer.ordinary and name not in self._gazetteer.large
        )
        return len(name) >= SHORTEST - 1 and not is_ordinary

    def _choose(self, typed: str, names: Sequence[str], *, mistakes: int) -> str | None:
        """Return the one nearest name; of several that are as near, the large one, and else none."""
        close = process.extract(typed, names, scorer=OSA.distance, score_cutoff=mistakes, limit=None)
        far = {name: distance for name, distance, _ in close if not self._is_derived(typed, name)}
        nearest = [name for name in far if far[name] == min(far.values())]
        values = {self._gazetteer.official[name] for name in nearest}
        if len(values) > 1:
            values = {self._gazetteer.official[name] for name in nearest if name in self._gazetteer.large}
        return values.pop() if len(values) == 1 else None

    def _is_derived(self, typed: str, name: str) -> bool:
        """Whether it is another word made of the name: "Zwolse" of Zwolle, "Rotterdammer" of Rotterdam."""
        stems = (typed[: -len(end)] for end in self._derivations if typed.endswith(end) and not name.endswith(end))
        return any(len(stem) >= 4 and name.startswith(stem) for stem in stems)
