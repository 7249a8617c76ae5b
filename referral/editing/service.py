"""Editing the directory: find a service, save its form, see what happened to it, undo that.

A form becomes a batch, and a batch is planned and applied like any other source (`referral.exchange`); what changed is
in `metadata` with who and when. Nothing here commits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from referral.editing import queries
from referral.editing.bounds import apply_within
from referral.editing.edits import BY_HAND
from referral.editing.form import ServiceForm, show_known
from referral.editing.history import Entry, make_entries
from referral.editing.reach import Reach
from referral.editing.undo import make_undo
from referral.errors import NotAllowed, UnknownService
from referral.exchange.plan import Plan, make_plan
from referral.exchange.records import HEADS, LOCATION, MODELS, ORGANIZATION, SERVICE, SERVICE_AT_LOCATION, Batch, Key
from referral.exchange.sheet.known import load_known
from referral.exchange.sheet.read import read_rows
from referral.exchange.sheet.reference import Reference
from referral.exchange.sheet.shelf import ServiceRows, load_services
from referral.models.columns import Status


@dataclass(frozen=True, slots=True)
class Listed:
    """A service in the list; `is_overdue`: it has no check date, or the date has passed."""

    id: str
    name: str
    organization_name: str
    cities: tuple[str, ...]
    status: Status
    check_due: date | None
    is_overdue: bool
    is_example: bool


def list_services(
    session: Session, reach: Reach, *, text: str = "", term_id: str | None = None, overdue: bool = False, today: date
) -> list[Listed]:
    """Return the services within reach: overdue checks first, those that no longer exist last, then by name.

    Each word of the text is in a name or the address; `term_id` is a kind's id (`directory.rows.make_term_id`).
    """
    rows = queries.list_services(session, reach, words=text.split(), term_id=term_id, overdue=overdue, today=today)
    cities = queries.list_cities(session, [row.id for row in rows])
    return [
        Listed(
            id=row.id,
            name=row.name,
            organization_name=row.organization_name,
            cities=tuple(cities.get(row.id, ())),
            status=row.status,
            check_due=row.check_due,
            is_overdue=row.is_overdue,
            is_example=row.is_example,
        )
        for row in rows
    ]


def list_organizations(session: Session, reach: Reach) -> list[tuple[str, str]]:
    """Return id and name of the organizations that somebody may give a service."""
    return [(row.id, row.name) for row in queries.list_organizations(session, reach)]


def check_reach(session: Session, reach: Reach, service_ids: Sequence[str]) -> None:
    """Raise `NotAllowed` when one of the services is not somebody's to edit."""
    if queries.find_outside(session, reach, SERVICE, service_ids):
        raise NotAllowed("a service out of reach")


def check_known(session: Session, service_id: str) -> None:
    """Raise `UnknownService` when there is no such service."""
    _load(session, service_id)


def find_form(session: Session, service_id: str, reference: Reference) -> ServiceForm | None:
    """Return the form of a service as the directory has it."""
    known = load_known(session, [service_id], reference).get(service_id)
    return show_known(service_id, known, reference) if known else None


def get_form(session: Session, service_id: str, reference: Reference) -> ServiceForm:
    """Return the form of a service as the directory has it; raise `UnknownService` when there is no such service."""
    form = find_form(session, service_id, reference)
    if form is None:
        raise UnknownService("no such service")
    return form


def read_form(session: Session, form: ServiceForm, reference: Reference) -> Batch:
    """Return what the form says that the directory does not say already; its problems have the row as their path."""
    batch = Batch(BY_HAND)
    read_rows(session, batch, form.list_rows(), reference)
    return batch


def save(session: Session, batch: Batch, reach: Reach, *, by: str, now: datetime) -> Plan:
    """Plan and apply a batch, and return the plan; one that is refused changes nothing.

    Raises `NotAllowed` when something that it changes was or would be out of reach, `PlanOutdated` when somebody was
    just before.
    """
    plan = make_plan(session, batch)
    if not (plan.is_refused or plan.is_empty):
        apply_within(session, plan, reach, by=by, now=now)
    return plan


def list_history(session: Session, service_id: str) -> list[Entry]:
    """Return what happened to a service and everything that belongs to it, the last first; raise `UnknownService`."""
    rows = _load(session, service_id)
    owners = [service_id, *(location["id"] for _, location in rows.places), *(place["id"] for place, _ in rows.places)]
    parts = [table for table in MODELS if table not in HEADS]
    removed = {(row.resource_type, row.resource_id) for row in queries.list_removed(session, parts, owners)}
    # The hours at a place that was left hang on what was removed.
    left = [row_id for table, row_id in removed if table == SERVICE_AT_LOCATION]
    removed |= {(row.resource_type, row.resource_id) for row in queries.list_removed(session, parts, left)}
    keys = {*_list_keys(rows), *removed}
    return make_entries(queries.list_audit(session, keys))


def undo(session: Session, service_id: str, entry_id: str, reach: Reach, *, by: str, now: datetime) -> None:
    """Undo an entry of the history; it becomes an entry itself, which can be undone.

    Raises `UndoRefused`, `NotAllowed`, and `PlanOutdated` when a row is no longer what the history says.
    """
    name = _load(session, service_id).service["name"]
    plan = make_undo(service_id, name, list_history(session, service_id), entry_id)
    apply_within(session, plan, reach, by=by, now=now)


def _load(session: Session, service_id: str) -> ServiceRows:
    for rows in load_services(session, [service_id]):
        return rows
    raise UnknownService("no such service")


def _list_keys(rows: ServiceRows) -> list[Key]:
    keys = [(SERVICE, rows.service["id"]), (ORGANIZATION, rows.organization["id"])]
    keys += [(LOCATION, location["id"]) for _, location in rows.places]
    keys += [(table, row["id"]) for table, found in rows.parts.items() for row in found]
    keys += [(table, row["id"]) for (table, _), found in rows.of_locations.items() for row in found]
    keys += [("schedule", row["id"]) for found in rows.of_places.values() for row in found]
    return keys
