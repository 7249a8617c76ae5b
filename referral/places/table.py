"""The project's own table of municipalities and places (`data/places/`), read and checked once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from referral.errors import InvalidContent
from referral.places.content import read_municipalities, read_names
from referral.places.coordinates import Location, NameInProvince, read_locations
from referral.places.spelling import fold, spell


@dataclass(frozen=True, slots=True)
class Municipality:
    """`code` is that of Statistics Netherlands, like GM0193; `places` are its towns and villages.

    `name` is the official one, `shown` the one that people use ("Den Haag" for 's-Gravenhage).
    """

    code: str
    name: str
    province: str
    places: tuple[str, ...]
    shown: str


@dataclass(frozen=True, slots=True)
class Place:
    """A town, a village, or a municipality as a whole; `lat` and `lon` are WGS 84 degrees where they are known.

    Names are official; `label` is what people read.
    """

    name: str
    municipality_code: str
    municipality_name: str
    province: str
    lat: float | None = None
    lon: float | None = None
    label: str = ""

    @property
    def point(self) -> tuple[float, float] | None:
        """Return latitude and longitude, or `None`."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)

    @property
    def is_namesake(self) -> bool:
        """Whether its municipality bears its name."""
        return self.name == self.municipality_name


@dataclass(frozen=True)
class PlaceTable:
    """Everything that is known of places; names are found by their folded spelling."""

    municipalities: tuple[Municipality, ...]
    names: Mapping[str, tuple[Place, ...]]
    aliases: Mapping[str, tuple[Place, ...]]
    regions: frozenset[str]
    large: frozenset[str]
    provinces: Mapping[str, str]
    _by_code: Mapping[str, Municipality] = field(repr=False)

    def find(self, folded: str) -> tuple[Place, ...]:
        """Return every place of that name, and what it is an alias of; nothing where the name is unknown."""
        return tuple(dict.fromkeys((*self.names.get(folded, ()), *self.aliases.get(folded, ()))))

    def find_municipality(self, code: str) -> Municipality | None:
        return self._by_code.get(code)

    def find_whole(self, code: str) -> Place | None:
        """Return a municipality as a place."""
        municipality = self._by_code.get(code)
        if municipality is None:
            return None
        return next(place for place in self.names[fold(municipality.name)] if place.municipality_code == code)


@cache
def load_places(data_dir: Path) -> PlaceTable:
    """Read `data_dir/places/`; raise `InvalidContent` naming the file and what is wrong in it."""
    rows = read_municipalities(data_dir / "places" / "municipalities.yml")
    names = read_names(data_dir / "places" / "names.yml")
    municipalities = tuple(
        Municipality(row.code, row.name, row.province, tuple(row.places), names.shown.get(row.name, row.name))
        for row in rows
    )
    places = _make_places(municipalities, read_locations(), names.shown)
    aliases = _index_aliases(names.aliases, places)
    _check_shown(names.shown, aliases)
    return PlaceTable(
        municipalities=municipalities,
        names=_index(places),
        aliases=aliases,
        regions=frozenset(map(fold, names.regions.split())),
        large=frozenset(map(fold, names.large)),
        provinces={fold(typed): province for typed, province in names.provinces.items()},
        _by_code={municipality.code: municipality for municipality in municipalities},
    )


def _make_places(
    municipalities: Iterable[Municipality], locations: Mapping[NameInProvince, Location], shown: Mapping[str, str]
) -> tuple[Place, ...]:
    """Return every place with its coordinates, and every municipality without a namesake as a place too.

    A name that two places of a province share gets no coordinates of its own. A whole municipality, and a namesake
    without coordinates, lies where the largest of its places does.
    """
    municipalities = tuple(municipalities)
    times = Counter((fold(name), one.province) for one in municipalities for name in one.places)
    alone = {key: location for key, location in locations.items() if times[key] == 1}
    made: list[Place] = []
    for one in municipalities:
        located = [alone[fold(name), one.province] for name in one.places if (fold(name), one.province) in alone]
        centre = max(located, key=lambda location: location.population, default=None)
        for name in dict.fromkeys((*one.places, one.name)):
            location = alone.get((fold(name), one.province), centre if name == one.name else None)
            lat, lon = (location.lat, location.lon) if location else (None, None)
            label = _make_label(shown.get(name, name), one.shown)
            made.append(Place(name, one.code, one.name, one.province, lat, lon, label))
    return tuple(made)


def _make_label(name: str, municipality: str) -> str:
    """Return "Name (Municipality)", and "Bergen (NH.)" where that is the municipality's name already."""
    return municipality if municipality.startswith(f"{name} (") else f"{name} ({municipality})"


def _check_shown(shown: Mapping[str, str], aliases: Mapping[str, tuple[Place, ...]]) -> None:
    """Raise `InvalidContent` for a name that would not be understood when it comes back from a button."""
    for official, everyday in shown.items():
        if [place.name for place in aliases.get(fold(everyday), ())] != [official]:
            raise InvalidContent(f"places/names.yml: shown: {everyday} is no alias of {official}")


def _index(places: Iterable[Place]) -> dict[str, tuple[Place, ...]]:
    """Return the places by every spelling of their name; a spelling never hides a name as it is written."""
    places = tuple(places)
    index: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        index[fold(place.name)].append(place)
    spelled: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        for form in spell(place.name):
            if form not in index:
                spelled[form].append(place)
    return {form: tuple(found) for form, found in (index | spelled).items()}


def _index_aliases(aliases: Mapping[str, str | list[str]], places: Iterable[Place]) -> dict[str, tuple[Place, ...]]:
    official: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        official[place.name].append(place)
    index: dict[str, tuple[Place, ...]] = {}
    for typed, to in aliases.items():
        targets = [to] if isinstance(to, str) else to
        unknown = [name for name in targets if name not in official]
        if unknown:
            raise InvalidContent(f"places/names.yml: aliases: {typed}: there is no {unknown[0]}")
        for form in spell(typed):
            index.setdefault(form, tuple(place for name in targets for place in official[name]))
    return index
