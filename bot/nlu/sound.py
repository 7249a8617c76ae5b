"""Writes a message as it sounds, so that "die gie d" and "digid", "schult" and "schuld" look alike.

Dutch spelling rules for what sounds the same (ij/ei, ou/au, c/k/s, d and t at the end, z/s, v/f), without the
difference between single and double letters. It is for comparing messages, not for reading.
"""

import re

# In this order: the longer first.
_SAME_SOUND = (
    ("sch", "sg"),
    ("ch", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("qu", "kw"),
    ("x", "ks"),
    ("ij", "ei"),
    ("y", "i"),
    ("ouw", "au"),
    ("auw", "au"),
    ("ou", "au"),
    ("ieu", "iu"),
    ("ie", "i"),
    ("dt", "t"),
    ("z", "s"),
    ("v", "f"),
)
_NO_LETTER = re.compile(r"[^a-z0-9 ]")
_SOFT_C = re.compile(r"c(?=[ei])")
_LAST_D = re.compile(r"d\b")
_LAST_B = re.compile(r"b\b")
_DOUBLE = re.compile(r"(.)\1+")


def write_as_heard(text: str) -> str:
    """Return a message in lower case without accents by its sound: "huur te slag" → "hur te slag"."""
    text = _NO_LETTER.sub(" ", text)
    for spelling, sound in _SAME_SOUND:
        text = text.replace(spelling, sound)
    text = _SOFT_C.sub("s", text).replace("c", "k")
    text = _LAST_B.sub("p", _LAST_D.sub("t", text))
    return _DOUBLE.sub(r"\1", text)
