"""The rows of the directory's tables that a sheet speaks of, a service at a time."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from referral.exchange import queries
from referral.exchange.queries import Row
from referral.exchange.records import LOCATION, ORGANIZATION, SERVICE, SERVICE_AT_LOCATION, Key

_OF_SERVICE = (
    SERVICE_AT_LOCATION,
    "phone",
    "schedule",
    "hours_exception",
    "language",
    "cost_option",
    "required_document",
    "service_area",
)
_OF_LOCATION = ("address", "accessibility")


@dataclass(frozen=True)
class ServiceRows:
    """The rows of one service, by table; `places` are those at which it is given, each with its location."""

    service: Row
    organization: Row
    places: tuple[tuple[Row, Row], ...]
    parts: Mapping[str, Sequence[Row]]
    of_locations: Mapping[Key, Sequence[Row]]
    of_places: Mapping[str, Sequence[Row]]


def load_services(session: Session, ids: Collection[str]) -> Iterator[ServiceRows]:
    """Yield the services that exist, in no order; one query a table."""
    services = list(queries.list_rows(session, SERVICE, "id", ids))
    parts = {table: _group(queries.list_rows(session, table, "service_id", ids), "service_id") for table in _OF_SERVICE}
    parts["attribute"] = _group(queries.list_attributes(session, SERVICE, ids), "link_id")
    organizations = _index(session, ORGANIZATION, {row["organization_id"] for row in services})
    places = [place for some in parts[SERVICE_AT_LOCATION].values() for place in some]
    locations = _index(session, LOCATION, {place["location_id"] for place in places})
    of_locations = {
        (table, owner): rows
        for table in _OF_LOCATION
        for owner, rows in _group(queries.list_rows(session, table, "location_id", locations), "location_id").items()
    }
    at_places = queries.list_rows(session, "schedule", "service_at_location_id", [place["id"] for place in places])
    of_places = _group(at_places, "service_at_location_id")
    for service in services:
        own = {table: _sort(grouped.get(service["id"], [])) for table, grouped in parts.items()}
        at = sorted(own[SERVICE_AT_LOCATION], key=lambda place: str(place["location_id"]))
        yield ServiceRows(
            service=service,
            organization=organizations[service["organization_id"]],
            places=tuple((place, locations[place["location_id"]]) for place in at),
            parts=own,
            of_locations=of_locations,
            of_places=of_places,
        )


def _group(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row[column], []).append(row)
    return grouped


def _index(session: Session, table: str, ids: Collection[str]) -> dict[str, Row]:
    return {row["id"]: row for row in queries.list_rows(session, table, "id", ids)}


def _sort(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.get("position") or 0, str(row.get("start_date") or ""), row["id"]))
