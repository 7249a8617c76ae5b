"""From rows to outlines: what a service is, without its hours and numbers. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from referral.directory.candidate import Channel, Outline
from referral.directory.listing_queries import SEPARATOR, Listing
from referral.directory.queries import AnyRow
from referral.models.columns import Status


@dataclass(frozen=True, slots=True)
class Site:
    """The rows of a service at one of its locations, or of a service without any."""

    service: AnyRow
    place: AnyRow | None

    @property
    def location_id(self) -> str | None:
        return self.place.location_id if self.place else None


@dataclass(slots=True)
class Group:
    """The rows of each service, or of each location."""

    rows: dict[str, list[AnyRow]] = field(default_factory=dict)

    def add(self, key: str | None, row: AnyRow) -> None:
        if key is not None:
            self.rows.setdefault(key, []).append(row)

    def get(self, key: str | None) -> list[AnyRow]:
        return self.rows.get(key, []) if key is not None else []


def group(rows: Iterable[AnyRow], column: str) -> Group:
    """Return the rows by the value of a column; without one a row is in no group."""
    grouped = Group()
    for row in rows:
        grouped.add(getattr(row, column), row)
    return grouped


def list_sites(listing: Listing) -> list[Site]:
    """Return each service at each of its open locations, or once where it has none; in the order of their ids.

    Of a service whose locations are all closed or moved there is one, which makes the service closed.
    """
    places = group(listing.places, "service_id")
    sites: list[Site] = []
    for service in listing.services:
        of_service = places.get(service.id)
        usable = [place for place in of_service if place.status is Status.ACTIVE] or of_service[:1]
        sites += [Site(service, place) for place in usable] or [Site(service, None)]
    return sites


def make_outline(site: Site) -> Outline:
    return Outline(**list_fields(site))


def list_fields(site: Site) -> dict[str, Any]:
    """Return the fields of an outline, which are those of a candidate too."""
    service, place = site.service, site.place
    return {
        "service_id": service.id,
        "organization_id": service.organization_id,
        "name": service.name,
        "organization_name": service.organization_name,
        "kinds": _read_codes(service.kinds),
        "serves": _read_codes(service.extents),
        "channels": frozenset(_list_channels(site)),
        "status": place.status if place and service.status is Status.ACTIVE else service.status,
        "location_id": site.location_id,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "by_appointment": service.by_appointment,
        "languages": (_read_codes(service.languages) | _read_codes(place.languages if place else None)) - {"nl"},
        "wheelchair": place.wheelchair if place else None,
        "is_free": None if service.highest_cost is None else service.highest_cost == 0,
        "target_groups": _read_codes(service.target_groups),
        "assured_date": service.assured_date,
        "check_due": service.check_due,
        "is_example": service.is_example,
    }


@lru_cache(maxsize=4096)
def _read_codes(text: str | None) -> frozenset[str]:
    return frozenset(text.split(SEPARATOR)) if text else frozenset()


def _list_channels(site: Site) -> Iterable[Channel]:
    service = site.service
    if site.place:
        yield Channel.VISIT
    if service.url or service.website:
        yield Channel.WEBSITE
    if service.email:
        yield Channel.EMAIL
    if service.application_process:
        yield Channel.INSTRUCTION
