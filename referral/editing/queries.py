"""All SQL of the editing: the list of services within somebody's reach, and the rows of the history."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, not_, or_, select, true
from sqlalchemy.orm import Session

from referral.directory.queries import AnyRow
from referral.editing.reach import Reach
from referral.exchange.records import LOCATION, ORGANIZATION, SERVICE, Key
from referral.models.address import Address
from referral.models.attribute import Attribute
from referral.models.columns import Status
from referral.models.location import Location
from referral.models.metadata import Metadata
from referral.models.organization import Organization
from referral.models.service import Service
from referral.models.service_at_location import ServiceAtLocation


def list_services(
    session: Session, reach: Reach, *, words: Iterable[str], term_id: str | None, overdue: bool, today: date
) -> Sequence[AnyRow]:
    """Return id, name, organization, status and check date of the services: overdue checks first, then by name.

    Each of the words is in the name of the service or the organization, or in the address.
    """
    wanted: list[ColumnElement[bool]] = [_is_within(reach), *map(_mentions, words)]
    if term_id:
        wanted.append(
            exists().where(
                Attribute.link_entity == SERVICE,
                Attribute.link_id == Service.id,
                Attribute.taxonomy_term_id == term_id,
            )
        )
    is_overdue = _is_overdue(today)
    if overdue:
        wanted.append(is_overdue)
    statement = (
        select(
            Service.id,
            Service.name,
            Service.status,
            Service.check_due,
            Service.is_example,
            Organization.name.label("organization_name"),
            is_overdue.label("is_overdue"),
        )
        .join(Organization, Organization.id == Service.organization_id)
        .where(*wanted)
        .order_by(
            case((Service.status == Status.DEFUNCT, 2), (is_overdue, 0), else_=1),
            Service.name,
            Organization.name,
            Service.id,
        )
    )
    return session.execute(statement).all()


def find_outside(session: Session, reach: Reach, table: str, ids: Collection[str]) -> set[str]:
    """Return which of these services, locations or organizations somebody may not edit."""
    if reach.is_all:
        return set()
    within: Mapping[str, Select[str]] = {
        ORGANIZATION: select(Organization.id).where(_is_of(reach)),
        LOCATION: select(Location.id).where(_is_there(reach)),
        SERVICE: _select_within(reach),
    }
    return set(ids) - set(session.scalars(within[table]))


def list_organizations(session: Session, reach: Reach) -> Sequence[AnyRow]:
    """Return id and name of the organizations that somebody may give a service."""
    statement = select(Organization.id, Organization.name).where(_is_of(reach)).order_by(Organization.name)
    return session.execute(statement).all()


def list_cities(session: Session, service_ids: Collection[str]) -> dict[str, list[str]]:
    """Return the places where services are given, by the service's id."""
    rows = session.execute(
        select(ServiceAtLocation.service_id, Address.city)
        .join(Address, Address.location_id == ServiceAtLocation.location_id)
        .where(ServiceAtLocation.service_id.in_(service_ids))
        .distinct()
        .order_by(Address.city)
    )
    cities: dict[str, list[str]] = {}
    for service_id, city in rows:
        cities.setdefault(service_id, []).append(city)
    return cities


def list_audit(session: Session, keys: Collection[Key]) -> Sequence[Metadata]:
    """Return what changed in these rows."""
    by_table: dict[str, set[str]] = {}
    for table, row_id in keys:
        by_table.setdefault(table, set()).add(row_id)
    wanted = (and_(Metadata.resource_type == table, Metadata.resource_id.in_(ids)) for table, ids in by_table.items())
    return session.scalars(select(Metadata).where(or_(*wanted))).all()


def list_removed(session: Session, tables: Collection[str], owner_ids: Collection[str]) -> Sequence[Metadata]:
    """Return the rows of what belonged to these owners and was removed: only its values tell whose it was."""
    if not owner_ids:
        return []
    is_owned = (Metadata.previous_value.contains(f'": "{owner_id}"', autoescape=True) for owner_id in owner_ids)
    statement = select(Metadata).where(
        Metadata.resource_type.in_(tables), Metadata.last_action_type == "delete", or_(*is_owned)
    )
    return session.scalars(statement).all()


def _is_overdue(today: date) -> ColumnElement[bool]:
    return and_(Service.status != Status.DEFUNCT, or_(Service.check_due.is_(None), Service.check_due < today))


def _mentions(word: str) -> ColumnElement[bool]:
    found_address = exists().where(
        ServiceAtLocation.service_id == Service.id,
        Address.location_id == ServiceAtLocation.location_id,
        or_(
            func.lower(Address.city).contains(word.lower(), autoescape=True),
            func.lower(Address.postal_code).contains(word.lower(), autoescape=True),
            func.lower(Address.address_1).contains(word.lower(), autoescape=True),
        ),
    )
    return or_(
        func.lower(Service.name).contains(word.lower(), autoescape=True),
        func.lower(Organization.name).contains(word.lower(), autoescape=True),
        found_address,
    )


def _is_there(reach: Reach) -> ColumnElement[bool]:
    """Whether a location is of an organization within reach, has an address there, or is used by nobody else."""
    is_used = exists().where(ServiceAtLocation.location_id == Location.id)
    is_used_by_others = exists().where(
        ServiceAtLocation.location_id == Location.id, ServiceAtLocation.service_id.not_in(_select_within(reach))
    )
    return or_(
        Location.organization_id.in_(select(Organization.id).where(_is_of(reach))),
        exists().where(Address.location_id == Location.id, Address.municipality.in_(reach.municipalities)),
        and_(is_used, not_(is_used_by_others)),
    )


def _select_within(reach: Reach) -> Select[str]:
    return select(Service.id).join(Organization, Organization.id == Service.organization_id).where(_is_within(reach))


def _is_of(reach: Reach) -> ColumnElement[bool]:
    if reach.is_all:
        return true()
    return or_(Organization.id.in_(reach.organizations), Organization.municipality.in_(reach.municipalities))


def _is_within(reach: Reach) -> ColumnElement[bool]:
    """Whether a service is of an organization within reach, or is given at an address there."""
    if reach.is_all:
        return true()
    at_address = exists().where(
        ServiceAtLocation.service_id == Service.id,
        Address.location_id == ServiceAtLocation.location_id,
        Address.municipality.in_(reach.municipalities),
    )
    return or_(_is_of(reach), at_address)
