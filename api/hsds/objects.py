"""From the directory to the objects of HSDS: whole, or with one-to-one fields only. What is not public is left out."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from referral.directory.search import ServiceFilter, ServicePlace, list_service_ids
from referral.errors import NotFound
from referral.exchange.hsds.ids import to_uuid
from referral.exchange.hsds.write import write_organizations, write_services

Object = dict[str, Any]
# Objects in memory at once, in a stream.
CHUNK = 100
Item = TypeVar("Item")


def keep_single(whole: Mapping[str, Any]) -> Object:
    """Return an object without its lists, and the objects in it likewise."""
    return {
        field: keep_single(value) if isinstance(value, dict) else value
        for field, value in whole.items()
        if not isinstance(value, list)
    }


def make_services(session: Session, ids: Sequence[str], *, full: bool) -> Iterator[Object]:
    """Yield services in the order of these ids, a chunk at a time."""
    for some in _cut(ids):
        by_id = _index(write_services(session, some, public=True))
        found = [by_id[to_uuid("service", service_id)] for service_id in some]
        yield from (service if full else keep_single(service) for service in found)


def get_service(session: Session, service_id: str) -> Object:
    """Return a service with everything; raise `NotFound` when there is none."""
    found = write_services(session, [service_id], public=True)
    if not found:
        raise NotFound("no such service")
    return found[0]


def make_places(session: Session, places: Sequence[ServicePlace], *, full: bool) -> Iterator[Object]:
    """Yield services at a location in this order, each with its service in it."""
    for some in _cut(places):
        by_id = _index(write_services(session, {place.service_id for place in some}, public=True))
        for place in some:
            one = _find_place(by_id[to_uuid("service", place.service_id)], place.place_id)
            yield one if full else keep_single(one)


def _find_place(service: Object, place_id: str) -> Object:
    wanted = to_uuid("service_at_location", place_id)
    place: Object = next(one for one in service["service_at_locations"] if one["id"] == wanted)
    return {**place, "service": {field: value for field, value in service.items() if field != "service_at_locations"}}


def make_organizations(
    session: Session,
    ids: Sequence[str],
    *,
    full: bool,
    full_service: bool,
) -> Iterator[Object]:
    """Yield organizations in the order of these ids: alone, with their services named, or with these whole."""
    for some in _cut(ids):
        by_id = _index(write_organizations(session, some, public=True))
        for organization_id in some:
            one = by_id[to_uuid("organization", organization_id)]
            if not (full or full_service):
                yield keep_single(one)
                continue
            own_ids = list_service_ids(session, ServiceFilter(organization_id=organization_id, is_in_use=False))
            own = write_services(session, own_ids, public=True)
            yield {**one, "services": [_shorten(service, full=full_service) for service in own]}


def _shorten(service: Object, *, full: bool) -> Object:
    """Return a service for its organization: whole or only named, and without the organization once more."""
    if not full:
        return {field: service[field] for field in ("id", "name", "status")}
    return {field: value for field, value in service.items() if field != "organization"}


def _index(objects: Collection[Object]) -> dict[str, Object]:
    return {one["id"]: one for one in objects}


def _cut(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
