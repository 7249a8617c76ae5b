"""Batches for the tests: a source with a library, its building and a service there."""

from datetime import UTC, datetime

from sqlalchemy import select

from referral.exchange.records import Batch, Record
from referral.models.base import Base

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

LIBRARY = Record("organization", "o-1", {"name": "Bibliotheek Ommen"}, "1")
BUILDING = Record(
    "location", "l-1", {"name": "Hoofdstraat", "organization_id": "o-1", "latitude": 52.52, "longitude": 6.42}, "1"
)
ADDRESS = Record(
    "address", "a-1", {"location_id": "l-1", "address_1": "Brink 2", "postal_code": "7731 ZZ", "city": "Ommen"}, "1"
)
SERVICE = Record("service", "s-1", {"organization_id": "o-1", "name": "Taalhuis", "email": "taal@example.nl"}, "1")
PLACE = Record("service_at_location", "p-1", {"service_id": "s-1", "location_id": "l-1"}, "1")
PHONE = Record(
    "phone", "t-1", {"service_id": "s-1", "number": "0529 00 01 00"}, "1", initial={"evidence": "third_party"}
)
HOURS = Record("schedule", "h-1", {"service_at_location_id": "p-1", "opening_hours": "Fr 14:00-16:00"}, "1")
EVERYTHING = (LIBRARY, BUILDING, ADDRESS, SERVICE, PLACE, PHONE, HOURS)
PARTS = ("service_at_location", "phone", "schedule", "language")


def make_batch(*records, source="feed", is_all=True):
    """A batch that holds all parts of its services."""
    batch = Batch(source, is_all=is_all)
    for record in records:
        batch.add(record)
        if record.table == "service":
            batch.hold_all(record.key, PARTS)
        if record.table == "service_at_location":
            batch.hold_all(record.key, ("schedule",))
    return batch


def change(record, **values):
    return Record(record.table, record.id, {**record.values, **values}, record.path, record.initial)


def dump(session) -> dict[str, list[str]]:
    """Every row of every table."""
    return {table.name: sorted(map(repr, session.execute(select(table)))) for table in Base.metadata.sorted_tables}
