"""The tables: what the database itself refuses, and that nothing is loaded behind our back."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, InvalidRequestError

from referral.models.absence import Absence
from referral.models.hours_exception import HoursException
from referral.models.location import Location
from referral.models.organization import Organization
from referral.models.phone import Phone
from referral.models.schedule import Schedule
from referral.models.service import Service
from referral.models.service_area import ServiceArea

DAY = date(2026, 11, 20)


@pytest.fixture
def session(database):
    with database.begin() as session:
        session.add(Organization(id="o", name="O"))
        session.flush()
        session.add_all([Service(id="s", organization_id="o", name="S"), Location(id="l", organization_id="o")])
        session.flush()
        yield session
        session.rollback()


REFUSED = {
    "a service of nobody": lambda: Service(id="x", organization_id="nobody", name="X"),
    "half a coordinate": lambda: Location(id="x", latitude=52.5),
    "a place off the earth": lambda: Location(id="x", latitude=152.5, longitude=6.1),
    "an exception of nothing": lambda: HoursException(id="x", start_date=DAY, end_date=DAY),
    "an exception that ends before it starts": lambda: HoursException(
        id="x", service_id="s", start_date=DAY, end_date=date(2026, 11, 19)
    ),
    "a timetable that ends before it starts": lambda: Schedule(
        id="x", service_id="s", opening_hours="24/7", valid_from=DAY, valid_to=date(2026, 11, 19)
    ),
    "a phone of nobody": lambda: Phone(id="x", service_id="nobody", number="112"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses(session, what):
    session.add(REFUSED[what]())
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.parametrize("status", ["gesloten", ""])
def test_a_status_is_one_of_the_list(session, status):
    session.get_one(Service, "s").status = status
    with pytest.raises(Exception, match=r"status|LookupError|not among"):
        session.flush()


def test_an_area_is_served_once(session):
    session.add_all([ServiceArea(service_id="s", extent="GM0193"), ServiceArea(service_id="s", extent="GM0193")])
    with pytest.raises(IntegrityError):
        session.flush()


def test_an_absence_is_confirmed_once(session):
    for _ in range(2):
        session.add(Absence(municipality="GM0175", partner_kind="huurteam", assured_date=DAY, assurer_name="A"))
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_relationship_is_never_loaded_by_accident(session):
    session.expunge_all()
    service = session.scalars(select(Service)).one()
    with pytest.raises(InvalidRequestError, match="raise"):
        _ = service.phones


def test_an_id_has_36_characters(session):
    area = ServiceArea(service_id="s", extent="NL")
    session.add(area)
    session.flush()
    assert len(area.id) == 36
