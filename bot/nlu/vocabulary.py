"""The words that people use in the examples: what is one of these is no misspelled name of a place."""

import re
from collections import Counter
from pathlib import Path

from bot.content import DATA
from bot.nlu.gazetteer import fold

_WORD = re.compile(r"\w+")
# Here people answer with a place, also misspelled.
_ANSWERS = "inform_place"
# A word that stands in the examples only once may itself be a misspelled name: "ten hag".
MIN_OCCURRENCES = 2


def load_vocabulary(data: Path = DATA) -> frozenset[str]:
    """Return the words of the examples, folded. Their files are read as plain text: parsing them takes seconds."""
    files = [*data.glob("topics/*/examples.yml"), *data.glob("dialogue/intents/*.yml")]
    words: Counter[str] = Counter()
    for path in files:
        if path.stem != _ANSWERS:
            words.update(_WORD.findall(path.read_text(encoding="utf-8").lower()))
    return frozenset(fold(word) for word, count in words.items() if count >= MIN_OCCURRENCES)
