"""Whether something new may be in the directory already: by name, address, phone number and distance.

A name alone is little ("Taalhuis"), an address alone as well (six services in one library). So a service is told when
its name is alike and something else is the same, or when the same organization has a service of that very name; a
location when the address is the same, or when it lies within 50 m under a name that is alike; an organization by name.
"""

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import floor

from rapidfuzz import fuzz
from sqlalchemy.orm import Session

from referral.exchange import queries
from referral.exchange.queries import Row
from referral.exchange.records import LOCATION, ORGANIZATION, SERVICE, SERVICE_AT_LOCATION, Key, Record
from referral.exchange.steps import Double, Ground
from referral.matching.distance import measure_distance
from referral.models.columns import Status

ALIKE = (
    85  # of 100, rapidfuzz's token_sort_ratio: "Taalhuis Zwolle-Zuid" and "Taalhuis Zwolle Zuid" are, "Noord" is not
)
NEAR = 50.0  # metres
# What more things than this have in common says nothing of any of them.
COMMON = 100

METRES_A_DEGREE = 111_320.0  # of latitude, and of longitude on the equator
# Of a degree of longitude at 60° north; nearer to the equator cells are wider than they need be, never too narrow.
WIDTH = 0.5

_COMPARED = {
    ORGANIZATION: ("id", "name"),
    LOCATION: ("id", "name", "organization_id", "status", "latitude", "longitude"),
    SERVICE: ("id", "name", "organization_id", "status"),
    SERVICE_AT_LOCATION: ("id", "service_id", "location_id"),
    "address": ("id", "location_id", "postal_code", "address_1"),
    "phone": ("id", "service_id", "number"),
}
_WORD = re.compile(r"\w+")
_HOUSE_NUMBER = re.compile(r"\d+")


@dataclass(slots=True)
class _Sketch:
    """What is compared of one thing."""

    key: Key
    name: str
    plain_name: str
    organization: str = ""
    phones: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
    points: set[tuple[float, float]] = field(default_factory=set)

    def list_blocks(self) -> Iterator[tuple[Hashable, ...]]:
        """Yield what two things must have one of in common to be compared at all."""
        table = self.key[0]
        yield table, "name", self.plain_name, self.organization
        if table != ORGANIZATION:
            yield from ((table, "address", address) for address in sorted(self.addresses))
            yield from ((table, "cell", cell) for point in sorted(self.points) for cell in list_cells(point))
        if table == SERVICE:
            yield from ((table, "phone", phone) for phone in sorted(self.phones))


def find_doubles(
    session: Session, added: Sequence[Key], records: Mapping[Key, Record]
) -> dict[Key, tuple[Double, ...]]:
    """Return, for each new thing that may be a double, what it may be a double of."""
    if not added:
        return {}
    sketches = _sketch(_load_rows(session, records))
    new = [key for key in added if key in sketches]
    blocks: dict[tuple[Hashable, ...], list[_Sketch]] = {}
    is_new = set(new)
    for key, sketch in sketches.items():
        if key not in is_new:
            _enter(blocks, sketch)
    doubles = {}
    for key in new:
        found = tuple(_find(sketches[key], blocks))
        if found:
            doubles[key] = found
        _enter(blocks, sketches[key])
    return doubles


def _enter(blocks: dict[tuple[Hashable, ...], list[_Sketch]], sketch: _Sketch) -> None:
    for block in sketch.list_blocks():
        members = blocks.setdefault(block, [])
        if len(members) <= COMMON:
            members.append(sketch)


def _find(sketch: _Sketch, blocks: Mapping[tuple[Hashable, ...], list[_Sketch]]) -> Iterator[Double]:
    """Yield the first thing that this may be a double of, if there is one: the others are doubles of that."""
    seen = {sketch.key}
    for block in sketch.list_blocks():
        members = blocks.get(block, [])
        for other in members if len(members) <= COMMON or block[1] == "name" else ():
            if other.key in seen:
                continue
            seen.add(other.key)
            if grounds := tuple(_list_grounds(sketch, other)):
                yield Double(other.key[1], other.name, grounds)
                return


def _list_grounds(one: _Sketch, other: _Sketch) -> Iterator[Ground]:
    is_alike = fuzz.token_sort_ratio(one.plain_name, other.plain_name) >= ALIKE
    same = [
        ground
        for ground, holds in (
            (Ground.ADDRESS, bool(one.addresses & other.addresses)),
            (Ground.PHONE, bool(one.phones & other.phones)),
            (Ground.DISTANCE, _is_near(one, other)),
        )
        if holds
    ]
    has_same_name = one.plain_name == other.plain_name and one.organization == other.organization
    if one.key[0] == LOCATION and (Ground.ADDRESS in same or (is_alike and same)):
        yield from ([Ground.NAME] if is_alike else []) + same
    elif one.key[0] != LOCATION and (has_same_name or (is_alike and same)):
        yield from [Ground.NAME, *same]


def _is_near(one: _Sketch, other: _Sketch) -> bool:
    return any(measure_distance(here, there) * 1000 <= NEAR for here in one.points for there in other.points)


def list_cells(point: tuple[float, float]) -> Iterator[tuple[int, ...]]:
    """Yield the cells of a point in four grids, each half a cell beside the last: who is within `NEAR` shares one."""
    latitude, longitude = point
    north = latitude * METRES_A_DEGREE / (2 * NEAR)
    east = longitude * METRES_A_DEGREE * WIDTH / (2 * NEAR)
    for shift in product((0.0, 0.5), repeat=2):
        yield (*(int(2 * one) for one in shift), floor(north + shift[0]), floor(east + shift[1]))


def _sketch(rows: Mapping[str, Mapping[str, Row]]) -> dict[Key, _Sketch]:
    sketches: dict[Key, _Sketch] = {}
    organizations = {row_id: _make_plain(row["name"]) for row_id, row in rows[ORGANIZATION].items()}
    for table in (ORGANIZATION, LOCATION, SERVICE):
        for row_id, row in rows[table].items():
            if row.get("status") != Status.DEFUNCT:
                owner = organizations.get(row.get("organization_id") or "", "")
                name = row.get("name") or ""
                sketches[table, row_id] = _Sketch((table, row_id), name, _make_plain(name), owner)
    for row in rows["phone"].values():
        if row.get("service_id") and (service := sketches.get((SERVICE, row["service_id"]))):
            service.phones.add(re.sub(r"\D", "", row["number"]))
    for row in rows["address"].values():
        if location := sketches.get((LOCATION, row["location_id"])):
            location.addresses.update(_list_address(row))
    for row_id, row in rows[LOCATION].items():
        if row.get("latitude") is not None and (location := sketches.get((LOCATION, row_id))):
            location.points.add((row["latitude"], row["longitude"]))
    for row in rows[SERVICE_AT_LOCATION].values():
        place, service = sketches.get((LOCATION, row["location_id"])), sketches.get((SERVICE, row["service_id"]))
        if place and service:
            service.addresses |= place.addresses
            service.points |= place.points
    return sketches


def _make_plain(name: str | None) -> str:
    return " ".join(_WORD.findall((name or "").lower()))


def _list_address(row: Row) -> Iterator[str]:
    """Yield postcode and house number, which are an address in the Netherlands."""
    number = _HOUSE_NUMBER.search(row.get("address_1") or "")
    if number and row.get("postal_code"):
        yield f"{row['postal_code'].replace(' ', '').upper()} {number[0]}"


def _load_rows(session: Session, records: Mapping[Key, Record]) -> dict[str, dict[str, Row]]:
    """Return the rows of the directory by table and id, as they would be with those of the source."""
    rows = {table: queries.map_columns(session, table, columns) for table, columns in _COMPARED.items()}
    for (table, row_id), record in records.items():
        if table in rows:
            known = rows[table].get(row_id, dict.fromkeys(_COMPARED[table]))
            rows[table][row_id] = {**known, **{name: record.values[name] for name in known if name in record.values}}
    return rows
