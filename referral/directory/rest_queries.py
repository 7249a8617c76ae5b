"""The SQL of who may stay closed for weeks: every text of hours that could hold for a service, and every change."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Unpack

from sqlalchemy import Date, Select, Text, bindparam, cast, null, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from referral.directory.membership import is_one_of
from referral.directory.queries import AnyRow, fetch
from referral.models.hours_exception import HoursException
from referral.models.location import Location
from referral.models.schedule import Schedule
from referral.models.service import Service
from referral.models.service_at_location import ServiceAtLocation

AnySelect = Select[Unpack[tuple[Any, ...]]]

_AT = ServiceAtLocation


def _select_hours(service_id: InstrumentedAttribute[Any]) -> AnySelect:
    return select(
        service_id.label("service_id"),
        Schedule.opening_hours,
        Schedule.valid_from.label("first"),
        Schedule.valid_to.label("last"),
    ).where(is_one_of(service_id, "service_ids"))


def _select_changes(service_id: InstrumentedAttribute[Any]) -> AnySelect:
    return select(
        service_id.label("service_id"),
        cast(null(), Text).label("opening_hours"),
        HoursException.start_date.label("first"),
        HoursException.end_date.label("last"),
    ).where(
        is_one_of(service_id, "service_ids"),
        HoursException.start_date <= bindparam("last", type_=Date),
        HoursException.end_date >= bindparam("first", type_=Date),
    )


# One query an owner, together: with OR in place of UNION, SQLite reads the whole table.
_ROWS = union_all(
    _select_hours(Schedule.service_id),
    _select_hours(_AT.service_id).join_from(_AT, Schedule, Schedule.location_id == _AT.location_id),
    _select_hours(_AT.service_id).join_from(_AT, Schedule, Schedule.service_at_location_id == _AT.id),
    _select_changes(HoursException.service_id),
    _select_changes(_AT.service_id).join_from(_AT, HoursException, HoursException.location_id == _AT.location_id),
    _select_changes(Service.id).join_from(
        Service, HoursException, HoursException.organization_id == Service.organization_id
    ),
    _select_changes(_AT.service_id)
    .join_from(_AT, Location, Location.id == _AT.location_id)
    .join(HoursException, HoursException.organization_id == Location.organization_id),
)


def list_hours(session: Session, service_ids: Collection[str], *, first: date, last: date) -> Sequence[AnyRow]:
    """Return the texts of these services, wherever given, and the changes between these days (both included)."""
    return fetch(session, _ROWS, {"service_ids": service_ids, "first": first, "last": last})
