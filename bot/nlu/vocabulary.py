"""The words that people use in the examples: what is one of these is no misspelled name of a place."""

import re
from pathlib import Path

from bot.content import DATA
from bot.nlu.gazetteer import fold

_WORD = re.compile(r"\w+")
# Here people answer with a place, also misspelled.
_ANSWERS = "inform_place"


def load_vocabulary(data: Path = DATA) -> frozenset[str]:
    """Return every word of the examples, folded. Their files are read as plain text: parsing them takes seconds."""
    files = [*data.glob("topics/*/examples.yml"), *data.glob("dialogue/intents/*.yml")]
    words: set[str] = set()
    for path in files:
        if path.stem != _ANSWERS:
            words.update(_WORD.findall(path.read_text(encoding="utf-8").lower()))
    return frozenset(map(fold, words))
