"""The names of Dutch places, in the form in which people type them, and which of them are ordinary words too.

Reads `data/places/`: `municipalities.yml` (`{code, name, province, places: […]}`) and `names.yml` (`aliases: {typed:
official or [official, …]}`, `ordinary_words`, `small_words`, `regions`, `large`, `provinces`).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.content import DATA, read_yaml

_APOSTROPHE = re.compile(r"['’‘`´]")
_SEPARATOR = re.compile(r"[\W_]+", re.UNICODE)
_RIVER = re.compile(r"\baan (?:den?|het|t) ")
_SHORTEST_JOINED = 6


@dataclass(frozen=True)
class Gazetteer:
    """What is known of the names; all keys are folded (`fold`), all values as they are written officially.

    `official` gives the official name, or the typed one where an alias means several. `ordinary` and `small` are names
    that need a cue, `regions` never are a place. `homes` gives the municipalities that hold a place of that name, and
    `provinces` their province by its names. `longest` is the number of words of the longest name by its first word.
    """

    official: dict[str, str]
    ordinary: frozenset[str]
    small: frozenset[str]
    regions: frozenset[str]
    large: frozenset[str]
    homes: dict[str, dict[str, str]]
    provinces: dict[str, str]
    longest: dict[str, int]
    by_letter: dict[str, tuple[str, ...]]

    def find(self, folded: str) -> str | None:
        return self.official.get(folded)

    def is_large(self, name: str) -> bool:
        return fold(name) in self.large

    def find_home(self, name: str, typed: str) -> str | None:
        """Return the municipality of the place `name` that `typed` (a folded municipality or province) points at."""
        homes = self.homes.get(name, {})
        wanted = self.official.get(typed)
        if wanted in homes:
            return wanted
        province = self.provinces.get(typed)
        inside = [home for home in homes if homes[home] == province]
        return inside[0] if len(inside) == 1 else None


def fold(name: str) -> str:
    """Return a name in lower case, words parted by one space, without accents and apostrophes, "ij" made "y"."""
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


def load_gazetteer(data: Path = DATA) -> Gazetteer:
    municipalities = read_yaml(data / "places" / "municipalities.yml")["municipalities"]
    names = read_yaml(data / "places" / "names.yml")
    official = _collect_names(municipalities, names["aliases"])
    homes: dict[str, dict[str, str]] = defaultdict(dict)
    for municipality in municipalities:
        for place in municipality["places"]:
            homes[place][municipality["name"]] = municipality["province"]
    small = frozenset(_spell_all(names["small_words"]))
    regions = frozenset(map(fold, names["regions"].split()))
    return Gazetteer(
        official=official,
        ordinary=frozenset(_spell_all(names["ordinary_words"].split())) | small,
        small=small,
        regions=regions,
        large=frozenset(map(fold, names["large"])),
        homes=dict(homes),
        provinces={fold(typed): province for typed, province in names["provinces"].items()},
        longest=_measure_longest([*official, *regions]),
        by_letter=_sort_by_letter(official),
    )


def _collect_names(municipalities: Iterable[dict[str, Any]], aliases: dict[str, str | list[str]]) -> dict[str, str]:
    """Map every spelling to its official name: first the names as they are, then the aliases, then other spellings."""
    written = {name: name for one in municipalities for name in (one["name"], *one["places"])}
    written |= {typed: to if isinstance(to, str) else typed for typed, to in aliases.items() if typed not in written}
    official: dict[str, str] = {}
    for name, value in written.items():
        official.setdefault(fold(name), value)
    for name, value in written.items():
        for form in spell(name):
            official.setdefault(form, value)
    return official


def _spell_all(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from spell(name)


def _measure_longest(names: Iterable[str]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for name in names:
        words = name.split()
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


def _sort_by_letter(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    letters: dict[str, list[str]] = defaultdict(list)
    for name in names:
        letters[name[0]].append(name)
    return {letter: tuple(sorted(same)) for letter, same in letters.items()}
