"""How words sound and how they go wrong: the same key for spellings that a learner or a hurried thumb mixes up."""

import re

# Dutch spellings that sound the same, or nearly; on folded text.
_LETTERS = str.maketrans({"v": "f", "z": "s"})
_SOUNDS = {
    "sch": "s", "isch": "is", "dt": "t", "d": "t", "b": "p", "th": "t", "ph": "f", "qu": "kw", "ck": "k", "x": "ks",
    "ch": "g", "c": "k", "ij": "y", "ei": "y", "ey": "y", "ouw": "au", "auw": "au", "ou": "au", "ie": "i",
}  # fmt: skip
_SPELLING = re.compile(r"([bdf-hj-np-tw])\1|isch|sch$|dt$|d$|b$|th|ph|qu|ck|x|c(?=[eiy])|ch|c|ij|ei|ey|[oa]uw|ou|ie")
_DOUBLE_VOWEL = re.compile(r"([aeiou])\1")
_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s"})


def get_sound(word: str) -> str:
    """Return how a folded word sounds; two spellings of one sound give the same key (`bedreigt`, `bedrijgd`)."""
    return _SPELLING.sub(_spell, word.translate(_LETTERS))


def shorten_vowels(sound: str) -> str:
    """Return the sound with its long vowels short (`zelfmort`, `zelfmoord`); for words that resemble no other."""
    return _DOUBLE_VOWEL.sub(r"\1", sound)


def read_leet(word: str) -> str:
    """Return the word with digits read as the letters they look like (`d00d`)."""
    return word.translate(_LEET)


def _spell(match: re.Match[str]) -> str:
    found = match.group()
    if found == "c" and match.string[match.end() : match.end() + 1] in ("e", "i", "y"):
        return "s"
    return _SOUNDS.get(found) or found[0]
