"""Which names of places somebody may have meant by one that is spelled wrong."""

import re
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

# Letters of what was typed. Shorter ones are like too many names; from nine on two mistakes are still the same name.
SHORTEST = 5
TWO_MISTAKES = 9
# First letters that people take for one another; with any other first letter it is another name.
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


def find_similar(typed: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the folded `names` that sound alike, else the nearest, all that are as near; nothing where none is.

    The distance is optimal string alignment: a wrong, missing or needless letter or a swap of two is one mistake.
    """
    if len(typed) < SHORTEST:
        return ()
    names = tuple(names)
    alike = tuple(sorted(name for name in names if sound(name) == sound(typed)))
    if alike:
        return alike
    first = {typed[0], _ALIKE.get(typed[0], typed[0])}
    mistakes = 2 if len(typed) >= TWO_MISTAKES else 1
    candidates = [name for name in names if name[0] in first]
    close = process.extract(typed, candidates, scorer=OSA.distance, score_cutoff=mistakes, limit=None)
    least = min((distance for _, distance, _ in close), default=0)
    return tuple(sorted(name for name, distance, _ in close if distance == least))
