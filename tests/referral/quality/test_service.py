"""The directory is checked as it is stored; the example directory has no errors."""

import itertools
from datetime import date

import pytest
from sqlalchemy import delete, update

from referral.errors import NotFound
from referral.models.attribute import Attribute
from referral.models.columns import Status
from referral.models.cost_option import CostOption
from referral.models.location import Location
from referral.models.phone import Phone
from referral.models.schedule import Schedule
from referral.models.service import Service
from referral.quality import service as quality
from referral.quality.findings import Code, Severity
from referral.quality.service import check_directory, check_service
from referral.referring.knowledge import load_knowledge
from tests.clock import TUESDAY

IDO = "ido-zwolle-centrum-voorbeeld"


def check_all(session, municipality=None):
    return list(check_directory(session, load_knowledge(), municipality=municipality, now=TUESDAY))


def list_codes(session, service_id=IDO):
    session.flush()
    return {finding.code for finding in check_service(session, service_id, load_knowledge(), TUESDAY).findings}


def test_the_example_directory_has_no_errors_and_what_is_wrong_in_real_life(example_session):
    findings = [finding for checked in check_all(example_session) for finding in checked.findings]
    assert [finding for finding in findings if finding.severity is Severity.ERROR] == []
    assert {finding.code for finding in findings} >= {
        Code.CHECK_OVERDUE,
        Code.CLOSED_TWO_WEEKS,
        Code.MOVED,
        Code.ONLY_UNVERIFIED_PHONE,
        Code.NO_COORDINATES,
    }


def test_every_service_that_has_not_stopped_is_checked_once_and_organizations_stay_together(example_session):
    checked = check_all(example_session)
    ids = [one.entry.service_id for one in checked]
    assert len(ids) == len(set(ids)) >= 40
    assert "burenhulp-ommen-voorbeeld" not in ids  # stopped
    assert not any(service_id.startswith("nationaal-") for service_id in ids)
    organizations = [one.entry.organization_id for one in checked]
    changes = sum(before != after for before, after in itertools.pairwise(organizations))
    assert changes == len(set(organizations)) - 1
    assert all(one.entry.is_example for one in checked)


def test_a_municipality_has_what_serves_it_also_from_outside(example_session):
    ids = {one.entry.service_id for one in check_all(example_session, "GM0175")}
    assert {"ido-ommen-voorbeeld", "juridisch-loket-inloop-zwolle-voorbeeld"} <= ids
    assert IDO not in ids
    assert check_all(example_session, "GM0363") == []


def test_a_directory_larger_than_a_chunk_is_checked_whole(example_session, monkeypatch):
    whole = check_all(example_session)
    monkeypatch.setattr(quality, "CHUNK", 7)
    assert check_all(example_session) == whole


def test_a_service_that_does_not_exist_is_not_found(example_session):
    with pytest.raises(NotFound):
        check_service(example_session, "nergens", load_knowledge(), TUESDAY)


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        (delete(Attribute).where(Attribute.link_id == IDO), Code.NO_KINDS),
        (delete(CostOption).where(CostOption.service_id == IDO), Code.NO_COST),
        (update(Service).where(Service.id == IDO).values(description=""), Code.NO_DESCRIPTION),
        (update(Service).where(Service.id == IDO).values(translations={}), Code.NO_ENGLISH),
        (update(Service).where(Service.id == IDO).values(url="bieb"), Code.URL_UNREADABLE),
        (update(Service).where(Service.id == IDO).values(assured_date=None), Code.NEVER_CHECKED),
        (update(Service).where(Service.id == IDO).values(check_due=date(2026, 11, 1)), Code.CHECK_OVERDUE),
        (update(Service).where(Service.id == IDO).values(status=Status.MOVED), Code.MOVED),
        (update(Phone).where(Phone.service_id == IDO).values(evidence="unverified"), Code.PHONE_UNVERIFIED),
        (update(Schedule).where(Schedule.service_id == IDO).values(opening_hours="ma-vr"), Code.HOURS_UNREADABLE),
        (
            update(Location)
            .where(Location.id == "bibliotheek-zwolle-voorbeeld-centrum")
            .values(latitude=6.1, longitude=52.5),
            Code.COORDINATES_SWAPPED,
        ),
    ],
)
def test_what_changes_in_the_directory_is_found(example_session, statement, code):
    before = list_codes(example_session)
    assert code not in before
    example_session.execute(statement)
    assert code in list_codes(example_session)


def test_who_says_for_whom_it_is_gets_no_hint(example_session):
    assert Code.NO_TARGET_GROUP in list_codes(example_session)
    example_session.execute(update(Service).where(Service.id == IDO).values(minimum_age=0))
    assert Code.NO_TARGET_GROUP not in list_codes(example_session)


def test_a_number_of_the_organization_counts_where_the_service_has_none(example_session):
    example_session.execute(delete(Phone).where(Phone.service_id == IDO))
    (site,) = check_service(example_session, IDO, load_knowledge(), TUESDAY).entry.sites
    assert site.is_callable


def test_the_hours_of_the_building_count_where_the_service_has_none(example_session):
    entry = check_service(example_session, "balie-zwolle-voorbeeld", load_knowledge(), TUESDAY).entry
    assert len(entry.sites) == 3
    assert all(site.hours.timetables for site in entry.sites)
