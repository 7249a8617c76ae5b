"""The example directory: clearly invented, and rich enough to show everything that happens in real life."""

import re
from collections import Counter

import pytest
import yaml

from referral.catalogue.service import load_catalogue
from referral.directory.compact import CompactFile
from referral.models.columns import Status, Wheelchair
from referral.settings import ROOT

FILES = {path.stem: path for path in sorted((ROOT / "data" / "example").glob("*.yml"))}
PARSED = {
    name: CompactFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))) for name, path in FILES.items()
}
ORGANIZATIONS = [entry for file in PARSED.values() for entry in file.organizations]
SERVICES = [service for entry in ORGANIZATIONS for service in entry.services]
LOCATIONS = [location for entry in ORGANIZATIONS for location in entry.locations]
HOURS = " | ".join(schedule.hours for service in SERVICES for schedule in (*service.hours, *service.phone_hours))


def test_everything_says_that_it_is_an_example():
    for named in (*ORGANIZATIONS, *SERVICES, *LOCATIONS):
        assert "(voorbeeld)" in named.name, named.id
    for path in FILES.values():
        text = path.read_text(encoding="utf-8")
        assert text.startswith("# EXAMPLE")
        assert set(re.findall(r"@([\w.-]+)", text)) <= {"example.nl"}
        assert set(re.findall(r"https?://([^/\s]+)", text)) <= {"www.example.nl"}


def test_numbers_are_of_one_recognisable_invented_series():
    phones = [phone for owner in (*ORGANIZATIONS, *SERVICES) for phone in owner.phones]
    assert phones
    for phone in phones:
        assert re.fullmatch(r"038 000 \d\d \d\d|0529 00 0\d \d\d", phone.number)


def test_there_are_two_libraries_and_at_least_44_services():
    assert {entry.id for entry in ORGANIZATIONS} >= {"bibliotheek-zwolle-voorbeeld", "bibliotheek-ommen-voorbeeld"}
    assert len(SERVICES) >= 44
    assert [PARSED[name].municipality for name in ("zwolle", "ommen")] == ["GM0193", "GM0175"]


def test_the_large_one_has_nearly_every_kind_and_the_small_one_few():
    rows = yaml.safe_load((ROOT / "data" / "partner_kinds.yml").read_text(encoding="utf-8"))["partner_kinds"]
    kinds = {row["id"] for row in rows}
    found = {
        name: {kind for entry in file.organizations for service in entry.services for kind in service.kinds}
        for name, file in PARSED.items()
    }
    assert len(kinds - found["zwolle"]) <= 2
    assert len(kinds - found["ommen"]) >= 8


@pytest.mark.parametrize(
    "pattern",
    [r"SH off", r"PH \d", r"Jan-Apr", r"\[1\]", r"\[-1\]", r"24/7", r"1[89]:\d\d-2\d:", r"12:30,13:30", "afspraak"],
)
def test_hours_are_as_varied_as_in_real_life(pattern):
    assert re.search(pattern, HOURS)


def test_what_goes_wrong_in_real_life_is_there():
    statuses = Counter(service.status for service in SERVICES)
    assert {Status.TEMPORARILY_CLOSED, Status.MOVED, Status.DEFUNCT} <= set(statuses)
    assert any(location.wheelchair is Wheelchair.NO for location in LOCATIONS)
    assert any(location.latitude is None for location in LOCATIONS)
    assert any(len(service.at) > 1 for service in SERVICES)
    assert any(len(service.serves) > 1 for service in SERVICES)
    assert any(not service.at and service.phones for service in SERVICES)
    assert sum(service.appointment for service in SERVICES) >= 5
    assert {group for service in SERVICES for group in service.groups} == set(
        load_catalogue(ROOT / "data").target_groups
    )


def test_every_service_says_in_two_languages_what_it_does():
    assert not [service.id for service in SERVICES if not service.does.nl or not service.does.en]


def test_coordinates_lie_where_the_postcode_says():
    boxes = {"80": (52.44, 52.58, 6.0, 6.22), "77": (52.45, 52.60, 6.33, 6.60)}
    for location in LOCATIONS:
        if location.latitude is not None and location.longitude is not None:
            south, north, west, east = boxes[location.postcode[:2]]
            assert south < location.latitude < north, location.id
            assert west < location.longitude < east, location.id
