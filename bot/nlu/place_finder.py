"""Chooses the one place that a message is about, among the names and postcodes in it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from bot.content import DATA
from bot.nlu.found import Found
from bot.nlu.gazetteer import load_gazetteer
from bot.nlu.place_cues import CueWords
from bot.nlu.place_names import PlaceNames
from bot.nlu.postcode import find_postcodes
from bot.nlu.vocabulary import load_vocabulary

LONGEST_GAP = 3  # characters between a postcode and the name of its place


class PlaceFinder:
    """Reads `data/places/` once; `find` is a pure function of the text."""

    def __init__(self, data: Path = DATA) -> None:
        self._cues = CueWords(data)
        self._names = PlaceNames(load_gazetteer(data), self._cues, load_vocabulary(data))

    def find(self, text: str) -> Found | None:
        """Return the surest place; of those that are as sure a name before digits, then the first."""
        names, postcodes = list(self._names.find(text)), list(find_postcodes(text, self._cues))
        found = [*_join(text, names, postcodes), *names, *postcodes]
        return max(found, key=lambda one: (one.weight, not one.value.isdigit(), -one.start), default=None)


def _join(text: str, names: Iterable[Found], postcodes: Iterable[Found]) -> Iterator[Found]:
    """Yield each name that stands right behind a postcode ("8011 Zwolle"): it is as sure as the digits are."""
    ends = {postcode.end: postcode for postcode in postcodes}
    for name in names:
        before = text[max(0, name.start - LONGEST_GAP) : name.start]
        postcode = ends.get(name.start - len(before) + len(before.rstrip(" ,")))
        if postcode:
            yield replace(name, weight=max(name.weight, postcode.weight))
