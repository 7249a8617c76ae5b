"""From what a citizen or colleague typed to the one place that is meant.

One name may be borne by several places. Then we ask, except where exactly one of them gives its municipality the very
name that was typed: "Hengelo" is the one in the municipality of Hengelo, "Elst" is asked. A municipality is never
guessed from digits: without a postcode file a postcode is an unknown place.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from referral.errors import AmbiguousPlace, UnknownPlace
from referral.places.misspelling import find_similar
from referral.places.postcodes import PostcodeArea, PostcodeTable
from referral.places.spelling import fold
from referral.places.table import Place, PlaceTable

MOST_CHOICES = 6  # buttons for names that look like a misspelled one
_POSTCODE = re.compile(r"\s*([1-9]\d{3})\s*([A-Za-z]{2})?\s*")
_POSTCODE_BEFORE = re.compile(r"\s*([1-9]\d{3})\s?([A-Z]{2}\b)?[\s,]+(?=[^\W\d])")
_WITH_HOME = re.compile(r"(?P<name>[^(),]+?)\s*[(,]\s*(?:gemeente\s+)?(?P<home>[^(),]+?[.)]*)\s*")
_PREFIX = re.compile(r"\s*(?:de\s+)?gemeente\s+", re.IGNORECASE)


def resolve_place(text: str, table: PlaceTable, postcodes: PostcodeTable | None) -> Place:
    """Return the place that `text` names: a place, municipality, alias, "Elst (Rhenen)", or a postcode.

    Of "8011 PK Zwolle" the postcode says where in Zwolle, and which of two places of that name, if there is a file.
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
        found = _narrow_to_areas(found, postcodes.find(before[1], before[2] or ""), table)
    return _choose(found, folded)


def _narrow_to_areas(places: tuple[Place, ...], areas: Iterable[PostcodeArea], table: PlaceTable) -> tuple[Place, ...]:
    """Return those of the places that the areas of a postcode belong to, where these lie; all where none does."""
    points = {place.municipality_code: area for area in areas for place in _locate(area, table)}
    inside = tuple(
        _move(place, points[place.municipality_code]) for place in places if place.municipality_code in points
    )
    return inside or places


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
    areas = postcodes.find(digits, letters)
    try:
        return _choose(tuple(dict.fromkeys(place for area in areas for place in _locate(area, table))), digits)
    except AmbiguousPlace as asked:
        raise AmbiguousPlace([f"{digits} {choice}" for choice in asked.choices]) from None


def _locate(area: PostcodeArea, table: PlaceTable) -> tuple[Place, ...]:
    """Return what the table calls the place of an area, in the municipality that it belongs to now, where it lies."""
    named = table.find(fold(area.place))
    inside = tuple(place for place in named if place.municipality_code in area.municipality_codes)
    if not inside and not any(table.find_municipality(code) for code in area.municipality_codes):
        inside = named
    if not inside:
        wholes = (table.find_whole(code) for code in area.municipality_codes)
        inside = tuple(place for place in wholes if place)
    return tuple(_move(place, area) for place in inside)


def _move(place: Place, area: PostcodeArea) -> Place:
    return replace(place, lat=area.lat, lon=area.lon)
