"""Who is counted as left out: services that lack something, and that others would be sent to."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, select

from referral.clock import AMSTERDAM
from referral.directory.service import find_candidates
from referral.matching.left_out import Lack, count_left_out
from referral.matching.match import Need
from referral.matching.service import find_partner
from referral.matching.wishes import Wanted, Wish
from referral.models.accessibility import Accessibility
from referral.models.hours_exception import HoursException
from referral.models.location import Location
from referral.models.organization import Organization
from referral.models.phone import Phone
from referral.models.schedule import Schedule
from referral.models.service import Service
from referral.models.service_at_location import ServiceAtLocation
from tests.referral.matching.candidates import TUESDAY, make_candidate
from tests.referral.matching.slow import count_slowly

IDO = "ido-ommen-voorbeeld"
SOMALI = Wanted(language="so")


def lack(service_id, wish):
    return Lack(service_id, wish, make_candidate(service_id), is_sure=True)


def test_a_service_is_left_out_once_by_the_location_that_came_furthest():
    lacks = [lack("a", Wish.WHEELCHAIR), lack("a", Wish.EVENING), lack("b", Wish.LANGUAGE), lack("c", Wish.EVENING)]
    assert {left.wish: left.services for left in count_left_out(lacks)} == {Wish.LANGUAGE: 1, Wish.EVENING: 2}


def test_nothing_lacking_is_nothing_left_out():
    assert count_left_out([]) == ()


def count(session, wanted=SOMALI, moment=TUESDAY):
    """Return how many are left out, which has to be what the slow count says."""
    need = Need(kinds=("ido",), moment=moment, municipality="GM0175", required=wanted)
    outcome = find_partner(
        session, partners=need.kinds, national=[], now=moment, municipality="GM0175", required=wanted
    )
    counts = {left.wish: left.services for left in outcome.left_out}
    assert counts == count_slowly(find_candidates(session, need.kinds, "GM0175"), need)
    return sum(counts.values())


CLOSURES = {"one of its own": "service_id", "one of who runs it": "organization_id"}


@pytest.mark.parametrize("what", CLOSURES)
@pytest.mark.parametrize(("days", "is_counted"), [(27, True), (60, False)])
def test_who_is_closed_for_four_weeks_is_not_left_out_for_a_wish(example_session, what, days, is_counted):
    service = example_session.get_one(Service, IDO)
    before = count(example_session)
    owner = {"service_id": service.id, "organization_id": service.organization_id}[CLOSURES[what]]
    start = TUESDAY.date() - timedelta(days=7)
    example_session.add(
        HoursException(start_date=start, end_date=TUESDAY.date() + timedelta(days=days - 7), **{CLOSURES[what]: owner})
    )
    example_session.flush()
    assert (count(example_session) == before) is is_counted


SEASONS = {
    "Mo 10:00-12:00": True,
    "Mo 10:00-12:00; SH off": True,
    "Mar-Apr Mo 10:00-12:00": False,
    "Nov-Dec Mo 10:00-12:00": True,
}


@pytest.mark.parametrize("hours", SEASONS)
@pytest.mark.parametrize("wanted", [SOMALI, Wanted(language="en", wheelchair=True), Wanted(evening=True)])
def test_hours_of_a_season_count_in_their_season_only(example_session, hours, wanted):
    location = example_session.get_one(Location, "bibliotheek-ommen-voorbeeld-hoofdstraat")
    example_session.execute(delete(Accessibility).where(Accessibility.location_id == location.id))
    schedule = example_session.scalars(select(Schedule).where(Schedule.service_id == IDO)).one()
    schedule.opening_hours = "Mo 10:00-12:00"
    example_session.flush()
    before = count(example_session, wanted)
    schedule.opening_hours = hours
    example_session.flush()
    assert count(example_session, wanted) == before - (not SEASONS[hours])


@pytest.mark.parametrize("way", ["url", "email", "application_process", None])
def test_who_cannot_be_reached_is_not_left_out_for_a_wish(example_session, way):
    service = example_session.get_one(Service, IDO)
    before = count(example_session)
    example_session.execute(delete(ServiceAtLocation).where(ServiceAtLocation.service_id == IDO))
    example_session.execute(delete(Phone).where(Phone.organization_id == service.organization_id))
    example_session.get_one(Organization, service.organization_id).website = None
    if way:
        setattr(service, way, "https://www.example.nl")
    example_session.flush()
    assert count(example_session) == before - (way is None)


def test_summer_is_too_long_for_who_is_closed_in_the_school_holidays(example_session):
    july = datetime(2027, 7, 12, 10, 0, tzinfo=AMSTERDAM)
    assert count(example_session, moment=july) < count(example_session)
