"""Rules about where a service is given: an address with a postcode of its municipality, and a point near it."""

import re
from collections.abc import Iterator

from referral.errors import AmbiguousPlace, UnknownPlace
from referral.matching.distance import measure_distance
from referral.places.bounds import is_in_the_netherlands
from referral.places.postcodes import PostcodeTable
from referral.places.service import resolve_place
from referral.places.spelling import fold
from referral.places.table import PlaceTable
from referral.quality.entry import Entry, Spot
from referral.quality.findings import Code, Finding

# A postcode of four digits is rarely wider, and half of a farmers' village lies within it; a choice, no source.
NEAR_KM = 5.0
_POSTCODE = re.compile(r"([1-9]\d{3})\s?([A-Z]{2})")
_FIELD = "address.postal_code"


def find_in_whereabouts(entry: Entry, places: PlaceTable, postcodes: PostcodeTable | None) -> Iterator[Finding]:
    for spot in (site.spot for site in entry.sites if site.spot):
        for code, field, told in _find_at(spot, places, postcodes):
            yield Finding(code, field, {"location": spot.name, **told}, spot.location_id)


_Found = tuple[Code, str, dict[str, str | float]]


def _find_at(spot: Spot, places: PlaceTable, postcodes: PostcodeTable | None) -> Iterator[_Found]:
    postcode = _POSTCODE.fullmatch(spot.postcode.strip().upper())
    if not (spot.street and spot.postcode and spot.city):
        yield Code.NO_ADDRESS, "address.address_1", {}
    elif not postcode:
        yield Code.POSTCODE_UNREADABLE, _FIELD, {"postcode": spot.postcode}
    else:
        yield from _find_in_city(spot, places)
        if postcodes:
            yield from _find_in_postcode(spot, postcode, places, postcodes)
    yield from _find_in_point(spot)
    if postcode and postcodes:
        yield from _find_distance(spot, postcode, postcodes)


def _find_in_city(spot: Spot, places: PlaceTable) -> Iterator[_Found]:
    homes = {place.municipality_code for place in places.find(fold(spot.city))}
    if not homes:
        yield Code.CITY_UNKNOWN, "address.city", {"city": spot.city}
    elif spot.municipality and spot.municipality not in homes:
        told = {"city": spot.city, "municipality": _name(spot.municipality, places)}
        yield Code.CITY_ELSEWHERE, "address.city", dict(told)


def _find_in_postcode(
    spot: Spot, postcode: re.Match[str], places: PlaceTable, postcodes: PostcodeTable
) -> Iterator[_Found]:
    told: dict[str, str | float] = {"postcode": spot.postcode}
    digits, letters = postcode.groups()
    if not postcodes.find(digits):
        yield Code.POSTCODE_UNKNOWN, _FIELD, told
        return
    if postcodes.knows(digits, letters) is False:
        yield Code.POSTCODE_LETTERS_UNKNOWN, _FIELD, told
    homes = _list_homes(f"{digits} {letters}", places, postcodes)
    if spot.municipality and homes and spot.municipality not in homes:
        yield Code.POSTCODE_ELSEWHERE, _FIELD, {**told, "municipality": _name(spot.municipality, places)}


def _list_homes(postcode: str, places: PlaceTable, postcodes: PostcodeTable) -> set[str]:
    """Return the codes of the present municipalities that a postcode lies in."""
    try:
        return {resolve_place(postcode, places, postcodes).municipality_code}
    except AmbiguousPlace as asked:
        return {resolve_place(choice, places, postcodes).municipality_code for choice in asked.choices}
    except UnknownPlace:
        return set()


def _find_in_point(spot: Spot) -> Iterator[_Found]:
    field = "location.latitude"
    if spot.latitude is None or spot.longitude is None:
        yield Code.NO_COORDINATES, field, {}
    elif is_in_the_netherlands(spot.longitude, spot.latitude):
        yield Code.COORDINATES_SWAPPED, field, {}
    elif not is_in_the_netherlands(spot.latitude, spot.longitude):
        yield Code.COORDINATES_ABROAD, field, {}


def _find_distance(spot: Spot, postcode: re.Match[str], postcodes: PostcodeTable) -> Iterator[_Found]:
    areas = postcodes.find(*postcode.groups())
    if spot.latitude is None or spot.longitude is None or not areas:
        return
    if not is_in_the_netherlands(spot.latitude, spot.longitude):
        return
    km = min(measure_distance((spot.latitude, spot.longitude), (area.lat, area.lon)) for area in areas)
    if km > NEAR_KM:
        yield Code.COORDINATES_FAR, "location.latitude", {"km": round(km, 1), "postcode": spot.postcode}


def _name(municipality: str, places: PlaceTable) -> str:
    known = places.find_municipality(municipality)
    return known.shown if known else municipality
