"""Chooses the one place that a message is about, among the names and postcodes in it."""

from pathlib import Path

from bot.content import DATA
from bot.nlu.found import Found
from bot.nlu.gazetteer import load_gazetteer
from bot.nlu.place_cues import CueWords
from bot.nlu.place_names import PlaceNames
from bot.nlu.postcode import find_postcodes
from bot.nlu.vocabulary import load_vocabulary


class PlaceFinder:
    """Reads `data/places/` once; `find` is a pure function of the text."""

    def __init__(self, data: Path = DATA) -> None:
        self._names = PlaceNames(load_gazetteer(data), CueWords(data), load_vocabulary(data))

    def find(self, text: str) -> Found | None:
        """Return the surest place; of those that are as sure a name before digits, then the first."""
        found = [*self._names.find(text), *find_postcodes(text)]
        return max(found, key=lambda one: (one.weight, not one.value.isdigit(), -one.start), default=None)
