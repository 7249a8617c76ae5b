"""From what a citizen or colleague typed to the one place that is meant.

One name may be borne by several places. Then we ask, except where exactly one of them gives its municipality the very
name that was typed: "Hengelo" is the one in the municipality of Hengelo, "Elst" is asked. A municipality is never
guessed from digits: without a postcode file a postcode is an unknown place.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from referral.errors import AmbiguousPlace, UnknownPlace
from referral.matching.distance import measure_distance
from referral.places.misspelling import find_similar
from referral.places.postcodes import PostcodeArea, PostcodeTable
from referral.places.spelling import fold
from referral.places.table import Place, PlaceTable

MOST_CHOICES = 6  # buttons for names that look like a misspelled one
STRAY_KM = 20.0  # no place reaches so far: a postcode there is a mistake in the file
_POSTCODE = re.compile(r"\s*([1-9]\d{3})\s*([A-Za-z]{2})?\s*")
_POSTCODE_BEFORE = re.compile(r"\s*([1-9]\d{3})\s?([A-Z]{2}\b)?[\s,]+(?=[^\W\d])")
_WITH_HOME = re.compile(r"(?P<name>[^(),]+?)\s*[(,]\s*(?:gemeente\s+)?(?P<home>[^(),]+?[.)]*)\s*")
_PREFIX = re.compile(r"\s*(?:de\s+)?gemeente\s+", re.IGNORECASE)


def resolve_place(text: str, table: PlaceTable, postcodes: PostcodeTable | None) -> Place:
    """Return the place that `text` names: a place, municipality, alias, "Elst (Rhenen)", or a postcode.

    Of "8011 PK Zwolle" the postcode says where in Zwolle, and which of two places of that name, if there is a file. A
    village whose coordinates we do not have lies where its postcodes do.
    Raise `UnknownPlace` where nothing is known by that name, and for a postcode without a file to look it up in; raise
    `AmbiguousPlace` with "Name (Municipality)" as choices, behind the postcode if there was one, each of which this
    function accepts, where several are.
    """
    postcode = _POSTCODE.fullmatch(text)
    if postcode:
        return _resolve_postcode(postcode[1], postcode[2] or "", table, postcodes)
    before = _POSTCODE_BEFORE.match(text)
    named = _PREFIX.sub("", text[before.end() :] if before else text, count=1)
    folded = fold(named)
    if folded in table.regions:
        raise UnknownPlace("the name of a region or country")
    found = table.find(folded) or _find_with_home(named, table) or _find_similar(folded, table)
    if before and postcodes:
        found = _narrow_to_postcode(found, locate_postcode(before[1], before[2] or "", table, postcodes))
    place = _choose(found, folded)
    return _put_on_map(place, postcodes) if place.point is None and postcodes else place


def _narrow_to_postcode(places: tuple[Place, ...], located: Iterable[Place]) -> tuple[Place, ...]:
    """Return those of the places in whose municipality a postcode lies, where it lies there; all where none is."""
    there = {place.municipality_code: place for place in located}
    inside = tuple(
        replace(place, lat=there[place.municipality_code].lat, lon=there[place.municipality_code].lon)
        for place in places
        if place.municipality_code in there
    )
    return inside or places


def _put_on_map(place: Place, postcodes: PostcodeTable) -> Place:
    lat, lon = postcodes.points.get((fold(place.name), place.municipality_code), (None, None))
    return replace(place, lat=lat, lon=lon)


def _find_with_home(text: str, table: PlaceTable) -> tuple[Place, ...]:
    """Find "Elst (Rhenen)", "Elst, gemeente Rhenen" and "Elst Utrecht"; a district before its town is that town."""
    match = _WITH_HOME.fullmatch(text)
    if match:
        name, home = fold(match["name"]), fold(match["home"])
        return _narrow(table.find(name), home, table) or table.find(home)
    words = fold(text).split()
    for cut in range(len(words) - 1, 0, -1):
        inside = _narrow(table.find(" ".join(words[:cut])), " ".join(words[cut:]), table)
        if inside:
            return inside
    return ()


def _narrow(places: Iterable[Place], home: str, table: PlaceTable) -> tuple[Place, ...]:
    """Return those of the places that lie in the municipality or province `home` (folded)."""
    codes = {place.municipality_code for place in table.find(home) if fold(place.municipality_name) == home}
    codes |= {place.municipality_code for place in table.aliases.get(home, ()) if place.name == place.municipality_name}
    province = table.provinces.get(home)
    places = tuple(places)
    inside = tuple(place for place in places if place.municipality_code in codes)
    return inside or tuple(place for place in places if place.province == province)


def _find_similar(folded: str, table: PlaceTable) -> tuple[Place, ...]:
    """Find what a misspelled name may mean: of several the large one, else all of them where they are few."""
    names = find_similar(folded, (*table.names, *table.aliases))
    large = tuple(name for name in names if name in table.large)
    places = tuple(dict.fromkeys(place for name in large or names for place in table.find(name)))
    return places if len(places) <= MOST_CHOICES else ()


def _choose(places: tuple[Place, ...], folded: str) -> Place:
    """Return the one place that is meant; of several in one municipality the first, for there one is helped alike."""
    if not places:
        raise UnknownPlace("no place of that name")
    if len({place.municipality_code for place in places}) == 1:
        return places[0]
    namesakes = [place for place in places if place.is_namesake and fold(place.name) == folded]
    if len(namesakes) == 1:
        return namesakes[0]
    raise AmbiguousPlace(sorted({place.label for place in places}))


def _resolve_postcode(digits: str, letters: str, table: PlaceTable, postcodes: PostcodeTable | None) -> Place:
    if postcodes is None:
        raise UnknownPlace("a postcode, and there is no postcode file")
    try:
        return _choose(locate_postcode(digits, letters, table, postcodes), digits)
    except AmbiguousPlace as asked:
        raise AmbiguousPlace([f"{digits} {choice}" for choice in asked.choices]) from None


def locate_postcode(digits: str, letters: str, table: PlaceTable, postcodes: PostcodeTable) -> tuple[Place, ...]:
    """Return what the table calls the places of a postcode, in the municipality that they belong to now, where it lies.

    Two kinds of mistakes in a file are passed over where something better stands beside them: a place far from its own
    postcode, and a place in a municipality that it does not lie in (a municipality divides its own territory into
    places, so a place lies in one: Wet basisregistratie adressen en gebouwen).
    """
    found = {area: _find_inside(area, table) for area in postcodes.find(digits, letters)}
    known = {fold(area.place) for area, inside in found.items() if inside}
    located = [
        (place, area)
        for area, inside in found.items()
        if inside or fold(area.place) not in known
        for place in inside or _find_wholes(area, table)
    ]
    near = [(place, area) for place, area in located if not _is_stray(place, area)]
    return tuple(dict.fromkeys(replace(place, lat=area.lat, lon=area.lon) for place, area in near or located))


def _find_inside(area: PostcodeArea, table: PlaceTable) -> tuple[Place, ...]:
    """Return the places of that name in the area's municipality, or wherever they are if it is one of the past."""
    named = table.find(fold(area.place))
    if not any(table.find_municipality(code) for code in area.municipality_codes):
        return named
    return tuple(place for place in named if place.municipality_code in area.municipality_codes)


def _find_wholes(area: PostcodeArea, table: PlaceTable) -> tuple[Place, ...]:
    wholes = (table.find_whole(code) for code in area.municipality_codes)
    return tuple(place for place in wholes if place)


def _is_stray(place: Place, area: PostcodeArea) -> bool:
    return place.point is not None and measure_distance(place.point, (area.lat, area.lon)) > STRAY_KM


def find_places(text: str, table: PlaceTable, postcodes: PostcodeTable | None) -> tuple[Place, ...]:
    """Return every place that `text` may name (`resolve_place` tells which forms): one, several, or none."""
    try:
        return (resolve_place(text, table, postcodes),)
    except AmbiguousPlace as error:
        return tuple(resolve_place(choice, table, postcodes) for choice in error.choices)
    except UnknownPlace:
        return ()
