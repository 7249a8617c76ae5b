"""What the directory says of a service, fact by fact, as somebody outside can correct it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from referral.directory.assembly import may_be_shown
from referral.errors import NotFound
from referral.models.phone import Phone
from referral.models.schedule import Schedule
from referral.models.service import Service
from referral.proposals import queries

Row = TypeVar("Row", Schedule, Phone)


class Field(StrEnum):
    """What people call a fact; `OTHER` is whatever has no field of its own."""

    HOURS = "hours"
    PHONE = "phone"
    ADDRESS = "address"
    DOES = "does"
    HOW = "how"
    WEBSITE = "website"
    EMAIL = "email"
    OTHER = "other"


_COLUMNS = {
    Field.DOES: "description",
    Field.HOW: "application_process",
    Field.WEBSITE: "url",
    Field.EMAIL: "email",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One value. `row_id` is empty where there is no row yet; of `OTHER` there is no `column` either.

    `where` is the name of the location, of a service with several.
    """

    field: Field
    table: str
    row_id: str | None
    column: str
    value: Any
    where: str = ""

    @property
    def key(self) -> str:
        """Return what a form sends for it."""
        return f"{self.field}:{self.row_id or ''}"


def get_service(session: Session, service_id: str) -> Service:
    """Return the service or raise `NotFound`."""
    service = queries.find_service(session, service_id)
    if service is None:
        raise NotFound("no such service")
    return service


def list_facts(session: Session, service: Service) -> list[Fact]:
    """Return every fact as it stands now, in the order of the card."""
    return list(_list_facts(session, service))


def find_fact(session: Session, service: Service, key: str) -> Fact:
    """Return the fact that a form means, or raise `NotFound`."""
    for fact in _list_facts(session, service):
        if fact.key == key:
            return fact
    raise NotFound("no such fact")


def _list_facts(session: Session, service: Service) -> Iterator[Fact]:
    places = queries.list_places(session, service.id)
    location_ids = [location_id for _, location_id, _ in places]
    # With one location there is nothing to tell apart.
    names = {key: name for at, location_id, name in places for key in (at, location_id)} if len(places) > 1 else {}
    schedules = _pick_narrowest(
        queries.list_schedules(session, service.id, location_ids), "service_at_location_id", "service_id", "location_id"
    )
    for schedule in schedules:
        where = names.get(schedule.service_at_location_id or schedule.location_id or "", "")
        yield Fact(Field.HOURS, "schedule", schedule.id, "opening_hours", schedule.opening_hours, where)
    if not schedules:
        yield Fact(Field.HOURS, "schedule", None, "opening_hours", None)
    numbers = _pick_narrowest(
        queries.list_phones(session, service, location_ids), "service_id", "location_id", "organization_id"
    )
    phones = [phone for phone in numbers if may_be_shown(phone)]
    for phone in phones:
        yield Fact(Field.PHONE, "phone", phone.id, "number", phone.number)
    if not phones:
        yield Fact(Field.PHONE, "phone", None, "number", None)
    for address in queries.list_addresses(session, location_ids):
        yield Fact(
            Field.ADDRESS,
            "address",
            address.id,
            "address_1",
            address.address_1,
            names.get(address.location_id or "", ""),
        )
    for field, column in _COLUMNS.items():
        yield Fact(field, "service", service.id, column, getattr(service, column))
    yield Fact(Field.OTHER, "service", service.id, "", None)


def _pick_narrowest(rows: Sequence[Row], *owners: str) -> list[Row]:
    """Return the rows of the first of these owners that has any: so the card picks hours and numbers too."""
    for owner in owners:
        if picked := [row for row in rows if getattr(row, owner) is not None]:
            return picked
    return []
