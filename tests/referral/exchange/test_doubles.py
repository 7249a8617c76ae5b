"""What is told as possibly double: by name with address, phone or distance; never by a name or an address alone."""

from dataclasses import replace

import pytest

from referral.exchange.apply import apply_plan
from referral.exchange.doubles import NEAR, list_cells
from referral.exchange.plan import Ground, make_plan
from referral.exchange.records import Record
from referral.matching.distance import measure_distance
from tests.referral.exchange.batches import (
    ADDRESS,
    BUILDING,
    EVERYTHING,
    LIBRARY,
    NOW,
    PHONE,
    PLACE,
    SERVICE,
    make_batch,
)

FAR = {"latitude": 52.60, "longitude": 6.50}
ELSEWHERE = {"address_1": "Markt 1", "postal_code": "7731 AA"}


def copy_of(record, **values):
    """The same thing as another source has it, under its own ids."""
    renamed = {
        column: f"x-{value}" if column.endswith("_id") and value else value for column, value in record.values.items()
    }
    return Record(record.table, f"x-{record.id}", renamed | values, "9")


def find_doubles(database, **changed):
    """Bring in the library, then plan another source with the same library, changed; return doubles by kind."""
    with database.begin() as session:
        apply_plan(session, make_plan(session, make_batch(*EVERYTHING)), by="test", now=NOW)
    other = [copy_of(record, **changed.get(record.table, {})) for record in EVERYTHING]
    with database.read() as session:
        plan = make_plan(session, make_batch(*other, source="other"))
    return {step.table: (double.id, set(double.grounds)) for step in plan.steps for double in step.doubles}


def test_the_same_library_of_another_source_is_told_in_all_its_parts(database):
    assert find_doubles(database) == {
        "organization": ("o-1", {Ground.NAME}),
        "location": ("l-1", {Ground.NAME, Ground.ADDRESS, Ground.DISTANCE}),
        "service": ("s-1", {Ground.NAME, Ground.ADDRESS, Ground.PHONE, Ground.DISTANCE}),
    }


OTHER_ORGANIZATION = {"organization": {"name": "Stichting Welzijn"}}
MOVED = {"location": FAR | {"name": "Markt"}, "address": ELSEWHERE}


@pytest.mark.parametrize(
    ("changed", "grounds"),
    [
        ({"service": {"name": "Taalhuis!"}}, {Ground.NAME, Ground.ADDRESS, Ground.PHONE, Ground.DISTANCE}),
        (MOVED, {Ground.NAME, Ground.PHONE}),
        (MOVED | {"phone": {"number": "0529-000 100"}}, {Ground.NAME, Ground.PHONE}),
        ({"location": FAR, "phone": {"number": "0529 1"}}, {Ground.NAME, Ground.ADDRESS}),
        ({"address": ELSEWHERE, "phone": {"number": "0529 1"}}, {Ground.NAME, Ground.DISTANCE}),
    ],
)
def test_a_service_with_an_alike_name_and_something_the_same_is_told(database, changed, grounds):
    assert find_doubles(database, **OTHER_ORGANIZATION, **changed)["service"] == ("s-1", grounds)


@pytest.mark.parametrize(
    "changed",
    [
        {"service": {"name": "Belastingspreekuur"}},
        MOVED | {"phone": {"number": "0529 1"}},
    ],
)
def test_an_address_alone_or_a_name_alone_is_no_double(database, changed):
    assert "service" not in find_doubles(database, **OTHER_ORGANIZATION, **changed)


def test_another_building_at_the_same_address_is_told_and_one_next_door_is_not(database):
    assert find_doubles(database, location=FAR | {"name": "Dorpshuis"})["location"][1] == {Ground.ADDRESS}


def test_a_building_near_by_under_another_name_is_no_double(database):
    assert "location" not in find_doubles(database, location={"name": "Gemeentehuis"}, address=ELSEWHERE)


def test_what_is_closed_for_good_is_no_double(database):
    closed = replace(SERVICE, values=SERVICE.values | {"status": "defunct"})
    with database.begin() as session:
        apply_plan(session, make_plan(session, make_batch(LIBRARY, closed)), by="test", now=NOW)
    with database.read() as session:
        plan = make_plan(session, make_batch(copy_of(LIBRARY), copy_of(SERVICE), source="other"))
    assert {step.table for step in plan.steps if step.doubles} == {"organization"}


def test_a_double_within_one_source_is_told_once(database):
    second = [replace(record, id=f"y-{record.id}", path="2") for record in (SERVICE, PLACE, PHONE)]
    second[1] = replace(second[1], values={"service_id": "y-s-1", "location_id": "l-1"})
    second[2] = replace(second[2], values=PHONE.values | {"service_id": "y-s-1"})
    with database.read() as session:
        plan = make_plan(session, make_batch(*EVERYTHING, *second))
    assert [(step.id, double.id) for step in plan.steps for double in step.doubles] == [("y-s-1", "s-1")]


@pytest.mark.parametrize("latitude", [50.75, 51.5, 52.499999, 52.5, 53.55])
@pytest.mark.parametrize(("north", "east"), [(0.00044, 0.0), (-0.00044, 0.0), (0.0, 0.0007), (0.0003, -0.0005)])
def test_whatever_is_near_shares_a_cell(latitude, north, east):
    here, there = (latitude, 6.1), (latitude + north, 6.1 + east)
    assert measure_distance(here, there) * 1000 <= NEAR
    assert set(list_cells(here)) & set(list_cells(there))


def test_an_address_is_compared_by_postcode_and_number(database):
    written = {"address": {"address_1": "Brink 2 (ingang achter)", "postal_code": "7731zz"}, "location": FAR}
    assert Ground.ADDRESS in find_doubles(database, **written)["location"][1]
    assert ADDRESS.values["postal_code"] == "7731 ZZ"
    assert BUILDING.values["latitude"] != FAR["latitude"]
