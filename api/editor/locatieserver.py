"""Finds the point of an address through PDOK Locatieserver, when the settings name one.

https://api.pdok.nl/bzk/locatieserver/search/v3_1/ui/: `/free` with a filter on addresses; the best hit comes first, and
`centroide_ll` is `POINT(longitude latitude)` in WGS 84.
"""

import re
from dataclasses import dataclass

import httpx

from referral.errors import AddressesUnavailable

PATIENCE = 4.0
_POINT = re.compile(r"POINT\(\s*(\d{1,2}\.\d+)\s+(\d{1,2}\.\d+)\s*\)")


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees, with the address as the service writes it, so that an editor sees what was found."""

    latitude: float
    longitude: float
    address: str


def find_point(url: str, street: str, postcode: str, city: str) -> Point | None:
    """Return the point of an address, or `None` when it is not found; raise `AddressesUnavailable`."""
    asked = {"q": f"{street} {postcode} {city}", "fq": "type:adres", "fl": "weergavenaam,centroide_ll", "rows": "1"}
    try:
        answer = httpx.get(f"{url.rstrip('/')}/free", params=asked, timeout=PATIENCE).raise_for_status().json()
        hits = answer["response"]["docs"]
        if not hits:
            return None
        match = _POINT.fullmatch(hits[0]["centroide_ll"])
        if match is None:
            raise AddressesUnavailable("no point in the answer")
        return Point(float(match[2]), float(match[1]), str(hits[0]["weergavenaam"]))
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, LookupError, TypeError) as error:
        raise AddressesUnavailable(type(error).__name__) from error
