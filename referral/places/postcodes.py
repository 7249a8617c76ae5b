"""Which places and municipalities a postcode lies in, from a full postcode file (places/postcode_file.py)."""

import sys
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from statistics import median

from referral.errors import InvalidContent
from referral.places.postcode_file import PostcodeLine, read_postcode_lines
from referral.places.spelling import fold


@dataclass(frozen=True, slots=True)
class PostcodeArea:
    """A place within a postcode; `municipality_codes` (GMxxxx) is as the file has it, so perhaps of an earlier year.

    `lat` and `lon` (WGS 84 degrees) are the middle of all lines of the file that it is made of.
    """

    digits: str
    place: str
    municipality_codes: tuple[str, ...]
    municipality: str
    lat: float
    lon: float


@dataclass(slots=True)
class _Letters:
    """The postcodes of six characters that begin with the same four digits: arrays, for there are 460,000 of them."""

    pairs: list[str] = field(default_factory=list)
    areas: "array[int]" = field(default_factory=lambda: array("H"))
    points: "array[float]" = field(default_factory=lambda: array("f"))

    def add(self, pair: str, area: int, lat: float, lon: float) -> None:
        self.pairs.append(sys.intern(pair))
        self.areas.append(area)
        self.points.extend((lat, lon))

    def find(self, pair: str) -> tuple[int, float, float] | None:
        """Return the number of the area and the point of two letters, to the metre."""
        if pair not in self.pairs:
            return None
        number = self.pairs.index(pair)
        return self.areas[number], round(self.points[2 * number], 5), round(self.points[2 * number + 1], 5)


@dataclass(frozen=True)
class PostcodeTable:
    """All areas by their four digits, and what is known of the letters behind them."""

    areas: Mapping[str, tuple[PostcodeArea, ...]]
    _letters: Mapping[str, _Letters] = field(default_factory=dict, repr=False)

    def find(self, digits: str, letters: str = "") -> tuple[PostcodeArea, ...]:
        """Return the areas of four digits, nothing for digits that are no postcode.

        With `letters` that the file knows, the one area they lie in, at their own point; letters that it does not know
        change nothing.
        """
        areas = self.areas.get(digits, ())
        found = self._letters[digits].find(letters.upper()) if digits in self._letters else None
        if found is None:
            return areas
        number, lat, lon = found
        return (replace(areas[number], lat=lat, lon=lon),)

    def knows(self, digits: str, letters: str) -> bool | None:
        """Return whether a postcode of six characters exists; `None` where the file only has its four digits."""
        if digits not in self.areas:
            return False
        return self._letters[digits].find(letters.upper()) is not None if digits in self._letters else None

    @cached_property
    def points(self) -> Mapping[tuple[str, str], tuple[float, float]]:
        """Where each place lies (degrees), by its folded name and the code of its municipality: amid its postcodes.

        The median: a stray postcode moves it little.
        """
        found: dict[tuple[str, str], list[PostcodeArea]] = defaultdict(list)
        for areas in self.areas.values():
            for area in areas:
                for code in area.municipality_codes:
                    found[fold(area.place), code].append(area)
        return {
            key: (median(area.lat for area in areas), median(area.lon for area in areas))
            for key, areas in found.items()
        }

    def count_letters(self) -> int:
        """Return how many postcodes of six characters are known."""
        return sum(len(letters.pairs) for letters in self._letters.values())


def load_postcodes(path: Path) -> PostcodeTable:
    """Read the file, whole or not at all; raise `InvalidContent` that names the line and what is wrong in it."""
    made: dict[str, _Gathered] = {}
    for line in read_postcode_lines(path):
        made.setdefault(line.digits, _Gathered()).add(line)
    if not made:
        raise InvalidContent(f"{path}: holds no Dutch postcode")
    return PostcodeTable(
        areas={digits: tuple(one.list_areas(digits)) for digits, one in made.items()},
        _letters={digits: one.letters for digits, one in made.items() if one.letters.pairs},
    )


@dataclass(slots=True)
class _Sum:
    number: int
    municipality: str
    lat: float = 0.0
    lon: float = 0.0
    count: int = 0


@dataclass(slots=True)
class _Gathered:
    """What the lines of the same four digits say so far."""

    parts: dict[tuple[str, tuple[str, ...]], _Sum] = field(default_factory=dict)
    letters: _Letters = field(default_factory=_Letters)

    def add(self, line: PostcodeLine) -> None:
        key = (line.place, line.municipality_codes)
        part = self.parts.setdefault(key, _Sum(len(self.parts), line.municipality))
        part.lat, part.lon, part.count = part.lat + line.lat, part.lon + line.lon, part.count + 1
        if line.letters and line.letters not in self.letters.pairs:
            self.letters.add(line.letters, part.number, line.lat, line.lon)

    def list_areas(self, digits: str) -> Iterator[PostcodeArea]:
        for (place, codes), part in self.parts.items():
            lat, lon = round(part.lat / part.count, 5), round(part.lon / part.count, 5)
            yield PostcodeArea(digits, place, codes, part.municipality, lat, lon)
