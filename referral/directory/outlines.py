"""From rows to outlines: what a service is, without its hours and numbers. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from referral.directory.candidate import Channel, Outline
from referral.directory.listing_queries import Listing
from referral.directory.queries import AnyRow
from referral.models.columns import Status
from referral.models.taxonomy_term import PARTNER_KINDS, TARGET_GROUPS


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


class Facts:
    """The rows of a listing, by what they belong to."""

    def __init__(self, listing: Listing) -> None:
        terms = {PARTNER_KINDS: Codes(), TARGET_GROUPS: Codes()}
        for row in listing.terms:
            terms[row.taxonomy].add(row.service_id, row.code)
        self._kinds, self._target_groups = terms[PARTNER_KINDS], terms[TARGET_GROUPS]
        self._areas, self._languages = Codes(), Codes()
        for row in listing.areas:
            self._areas.add(row.service_id, row.extent)
        for row in listing.languages:
            for owner in (row.service_id, row.location_id):
                self._languages.add(owner, row.code)

    def make_outline(self, site: Site) -> Outline:
        return Outline(**self.list_fields(site))

    def list_fields(self, site: Site) -> dict[str, Any]:
        """Return the fields of an outline, which are those of a candidate too."""
        service, place = site.service, site.place
        return {
            "service_id": service.id,
            "organization_id": service.organization_id,
            "name": service.name,
            "organization_name": service.organization_name,
            "kinds": self._kinds.get(service.id),
            "serves": self._areas.get(service.id),
            "channels": frozenset(_list_channels(site)),
            "status": place.status if place and service.status is Status.ACTIVE else service.status,
            "location_id": site.location_id,
            "latitude": place.latitude if place else None,
            "longitude": place.longitude if place else None,
            "by_appointment": service.by_appointment,
            "languages": (self._languages.get(service.id) | self._languages.get(site.location_id)) - {"nl"},
            "wheelchair": place.wheelchair if place else None,
            "is_free": None if service.highest_cost is None else service.highest_cost == 0,
            "target_groups": self._target_groups.get(service.id),
            "assured_date": service.assured_date,
            "check_due": service.check_due,
            "is_example": service.is_example,
        }


class Codes:
    """Sets of codes, by the id of what they belong to."""

    def __init__(self) -> None:
        self._codes: dict[str, set[str]] = {}

    def add(self, owner: str | None, code: str) -> None:
        if owner is not None:
            self._codes.setdefault(owner, set()).add(code)

    def get(self, owner: str | None) -> frozenset[str]:
        return frozenset(self._codes.get(owner, ())) if owner is not None else frozenset()


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
