"""Writes an entry of a directory file as rows. Ids of children are made from their parent, so they stay the same."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from referral.directory import load_queries
from referral.directory.compact import (
    FREE,
    CompactChange,
    CompactLocation,
    CompactOrganization,
    CompactPhone,
    CompactSchedule,
    CompactService,
    Text,
)
from referral.directory.load_queries import Confirmed
from referral.models.accessibility import Accessibility
from referral.models.address import Address
from referral.models.attribute import Attribute
from referral.models.base import Base
from referral.models.columns import AttendingType, Evidence
from referral.models.cost_option import CostOption
from referral.models.hours_exception import HoursException
from referral.models.language import Language
from referral.models.location import Location
from referral.models.organization import Organization
from referral.models.phone import Phone
from referral.models.required_document import RequiredDocument
from referral.models.schedule import Schedule
from referral.models.service import Service
from referral.models.service_area import WHOLE_COUNTRY, ServiceArea
from referral.models.service_at_location import ServiceAtLocation
from referral.models.taxonomy_term import PARTNER_KINDS, TARGET_GROUPS

_NAMESPACE = uuid.UUID("6f0c1f9e-6a0b-4a4e-9c39-0d1d3c1a7b52")  # drawn once; never change it


@dataclass(frozen=True, slots=True)
class Origin:
    """What the entries of one file have in common; `areas` are served where a service names none itself."""

    municipality: str | None
    province: str
    areas: tuple[str, ...]
    is_example: bool


def make_child_id(*parts: str | int) -> str:
    """Return an id (a UUID, as HSDS wants) that is always the same for the same parts."""
    return str(uuid.uuid5(_NAMESPACE, "/".join(map(str, parts))))


def make_term_id(taxonomy: str, code: str) -> str:
    return f"{taxonomy}:{code}"


def write_organization(session: Session, entry: CompactOrganization, origin: Origin, digest: str) -> None:
    """Write the organization with its locations; its services come after all locations are there."""
    confirmed = load_queries.list_confirmed(session, [entry.id])
    session.merge(
        Organization(
            id=entry.id,
            name=entry.name,
            description=entry.description.nl,
            translations=_translate(description=entry.description),
            website=entry.website,
            email=entry.email,
            municipality=origin.municipality,
            school_region=entry.region,
            holiday_policy={str(holiday): str(rule) for holiday, rule in entry.holidays.items()},
            is_government=entry.government,
            is_example=origin.is_example,
            source_digest=digest,
        )
    )
    for location in entry.locations:
        session.merge(
            Location(
                id=location.id,
                organization_id=entry.id,
                name=location.name,
                latitude=location.latitude,
                longitude=location.longitude,
                transportation=location.transportation,
                status=location.status,
                is_example=origin.is_example,
            )
        )
    session.flush()
    load_queries.clear_organization(session, entry.id)
    load_queries.clear_locations(session, [location.id for location in entry.locations])
    session.add_all(_list_phones(entry.id, "organization_id", entry.phones, confirmed))
    session.add_all(_list_changes(entry.id, "organization_id", entry.exceptions))
    for location in entry.locations:
        session.add_all(_list_of_location(location, origin))


def write_services(session: Session, entry: CompactOrganization, origin: Origin) -> None:
    """Write the services of an organization that is there, and close those that have left the entry."""
    ids = [service.id for service in entry.services]
    confirmed = load_queries.list_confirmed(session, ids)
    for service in entry.services:
        session.merge(_make_service(service, entry.id, origin))
    session.flush()
    load_queries.clear_services(session, ids)
    load_queries.withdraw_others(
        session, entry.id, services=ids, locations=[location.id for location in entry.locations]
    )
    for service in entry.services:
        session.add_all(_list_places(service))
        session.flush()
        session.add_all(_list_of_service(service, origin))
        session.add_all(_list_phones(service.id, "service_id", service.phones, confirmed))


def _make_service(service: CompactService, organization_id: str, origin: Origin) -> Service:
    return Service(
        id=service.id,
        organization_id=organization_id,
        name=service.name,
        description=service.does.nl,
        url=service.website,
        email=service.email,
        status=service.status,
        interpretation_services=service.interpreter,
        application_process=service.how.nl if service.how else None,
        eligibility_description=service.who.nl if service.who else None,
        alert=service.alert.nl if service.alert else None,
        assured_date=service.assured_date,
        check_due=service.check_due,
        by_appointment=service.appointment,
        is_example=origin.is_example,
        translations=_translate(
            description=service.does,
            application_process=service.how,
            eligibility_description=service.who,
            alert=service.alert,
        ),
    )


def _list_places(service: CompactService) -> Iterable[Base]:
    for location_id in service.at:
        yield ServiceAtLocation(
            id=make_child_id(service.id, "at", location_id), service_id=service.id, location_id=location_id
        )


def _list_of_service(service: CompactService, origin: Origin) -> Iterable[Base]:
    for taxonomy, part, codes in ((PARTNER_KINDS, "kind", service.kinds), (TARGET_GROUPS, "group", service.groups)):
        for code in codes:
            yield Attribute(
                id=make_child_id(service.id, part, code),
                link_id=service.id,
                link_entity="service",
                taxonomy_term_id=make_term_id(taxonomy, code),
            )
    for extent in service.serves or origin.areas:
        yield ServiceArea(
            id=make_child_id(service.id, "area", extent),
            service_id=service.id,
            extent=extent,
            extent_type="country" if extent == WHOLE_COUNTRY else "municipality",
        )
    for code in service.languages:
        yield Language(id=make_child_id(service.id, "language", code), service_id=service.id, code=code)
    for number, document in enumerate(service.bring):
        yield RequiredDocument(
            id=make_child_id(service.id, "document", number),
            service_id=service.id,
            document=document.nl,
            position=number,
            translations=_translate(document=document),
        )
    cost = FREE if service.cost == "free" else service.cost
    if cost is not None:
        yield CostOption(
            id=make_child_id(service.id, "cost"),
            service_id=service.id,
            amount=cost.amount,
            amount_description=cost.text.nl,
            translations=_translate(amount_description=cost.text),
        )
    yield from _list_schedules(service.id, "service_id", service.hours, AttendingType.IN_PERSON)
    yield from _list_schedules(service.id, "service_id", service.phone_hours, AttendingType.PHONE)
    yield from _list_changes(service.id, "service_id", service.exceptions)


def _list_of_location(location: CompactLocation, origin: Origin) -> Iterable[Base]:
    yield Address(
        id=make_child_id(location.id, "address"),
        location_id=location.id,
        address_1=location.street,
        postal_code=location.postcode,
        city=location.city,
        state_province=origin.province,
        municipality=location.municipality or origin.municipality,
    )
    if location.wheelchair or location.access:
        yield Accessibility(
            id=make_child_id(location.id, "accessibility"),
            location_id=location.id,
            description=location.access,
            wheelchair=location.wheelchair,
        )
    yield from _list_schedules(location.id, "location_id", location.hours, AttendingType.IN_PERSON)
    yield from _list_changes(location.id, "location_id", location.exceptions)


def _list_schedules(
    owner: str, column: str, schedules: Iterable[CompactSchedule], attending: AttendingType
) -> Iterable[Base]:
    for number, schedule in enumerate(schedules):
        # Hours at one location hang on the service at that location, not on the service.
        link = {"service_at_location_id": make_child_id(owner, "at", schedule.at)} if schedule.at else {column: owner}
        yield Schedule(
            id=make_child_id(owner, "schedule", attending, number),
            opening_hours=schedule.hours,
            valid_from=schedule.start,
            valid_to=schedule.end,
            notes=schedule.note,
            attending_type=attending,
            **link,
        )


def _list_changes(owner: str, column: str, changes: Iterable[CompactChange]) -> Iterable[Base]:
    for number, change in enumerate(changes):
        yield HoursException(
            id=make_child_id(owner, "change", number),
            start_date=change.start,
            end_date=change.end,
            opening_hours=change.hours,
            reason=change.reason,
            **{column: owner},
        )


def _list_phones(owner: str, column: str, phones: Iterable[CompactPhone], confirmed: Confirmed) -> Iterable[Base]:
    for number, phone in enumerate(phones):
        assured_date, assurer_name = confirmed.get((owner, phone.number), (None, None))
        yield Phone(
            id=make_child_id(owner, "phone", number),
            number=phone.number,
            description=phone.description,
            evidence=Evidence.OFFICIAL if assured_date else phone.evidence,
            assured_date=assured_date,
            assurer_name=assurer_name,
            **{column: owner},
        )


def _translate(**texts: Text | None) -> dict[str, dict[str, str]]:
    english = {name: text.en for name, text in texts.items() if text is not None and text.en}
    return {"en": english} if english else {}
