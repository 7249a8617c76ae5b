"""The form in which names of places are compared: without case, accents, hyphens and apostrophes.

`bot/nlu/gazetteer.py` folds in the same way; the two run in different environments and share no code.
"""

import re
import unicodedata
from collections.abc import Iterator

_APOSTROPHE = re.compile(r"['’‘`´]")
_SEPARATOR = re.compile(r"[\W_]+")
_RIVER = re.compile(r"\baan (?:den?|het|t) ")
_SHORTEST_JOINED = 6


def fold(name: str) -> str:
    """Return a name in lower case, words parted by one space, with "ij" and "y" made alike."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    return _SEPARATOR.sub(" ", _APOSTROPHE.sub("", bare)).strip().replace("ij", "y")


def spell(name: str) -> Iterator[str]:
    """Yield the folded ways in which people write a name: "st" for "sint", "a/d" for "aan den", in one word."""
    folded = fold(name)
    forms = {folded}
    if "sint " in folded:
        forms.add(folded.replace("sint ", "st "))
    if folded.startswith("t "):
        forms.add("het " + folded[2:])
    for form in tuple(forms):
        forms |= {_RIVER.sub(short, form) for short in ("ad ", "a d ", "aan de ", "aan den ", "aan t ", "aan het ")}
    yield folded
    yield from sorted(forms - {folded})
    joined = folded.replace(" ", "")
    if " " in folded and len(joined) >= _SHORTEST_JOINED:
        yield joined
