"""Searching the directory, on both kinds of database."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from referral.directory.hours import is_open_at
from referral.directory.search import (
    ServiceFilter,
    Window,
    get_location,
    get_organization,
    get_service_of_place,
    list_modified,
    list_organization_ids,
    list_places,
    list_service_ids,
    list_terms,
    search_locations,
    search_organizations,
    search_services,
)
from referral.directory.service import list_cards
from referral.directory.sieve import Sieve
from referral.errors import NotFound
from referral.models.columns import Status
from referral.models.location import Location
from referral.models.service import Service
from referral.models.service_at_location import ServiceAtLocation
from tests.clock import TUESDAY

ALL = Window(0, 1000)
OMMEN = ServiceFilter(municipality="GM0175")


def list_ids(session, wanted, window=ALL):
    return [candidates[0].service_id for candidates in search_services(session, wanted, window).items]


def test_a_window_is_a_part_of_the_whole_list(example_session):
    whole = list_ids(example_session, ServiceFilter())
    found = search_services(example_session, ServiceFilter(), Window(3, 4))
    assert [candidates[0].service_id for candidates in found.items] == whole[3:7]
    assert found.total == len(whole)
    assert list_ids(example_session, ServiceFilter(), Window(len(whole), 4)) == []


def test_what_is_looked_at_one_by_one_has_windows_too(example_session):
    def is_open(candidate):
        return is_open_at(candidate.hours, TUESDAY)

    every = search_services(example_session, OMMEN, ALL, fits=is_open)
    whole = [candidates[0].service_id for candidates in every.items]
    assert "ido-ommen-voorbeeld" in whole
    assert set(whole) < set(list_ids(example_session, OMMEN))
    found = search_services(example_session, OMMEN, Window(1, 1), fits=is_open)
    assert ([found.items[0][0].service_id], found.total) == (whole[1:2], len(whole))


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.ACTIVE])
def test_what_is_not_in_use_is_not_listed(example_session, status):
    assert "ido-ommen-voorbeeld" in list_ids(example_session, OMMEN)
    service = example_session.get(Service, "ido-ommen-voorbeeld")
    service.status = status
    example_session.flush()
    assert "ido-ommen-voorbeeld" not in list_ids(example_session, OMMEN)


def test_a_service_in_a_building_that_is_closed_is_not_listed(example_session):
    building = example_session.get(Location, "bibliotheek-ommen-voorbeeld-hoofdstraat")
    building.status = Status.TEMPORARILY_CLOSED
    example_session.flush()
    assert "ido-ommen-voorbeeld" not in list_ids(example_session, OMMEN)
    assert building.id not in {entry.location_id for entry in search_locations(example_session, ALL).items}
    assert get_location(example_session, building.id).status is Status.TEMPORARILY_CLOSED


@pytest.mark.parametrize("text", ["digitale OVERHEID", "overheid  digitale"])
def test_words_are_found_in_any_order_and_case(example_session, text):
    assert "ido-ommen-voorbeeld" in list_ids(example_session, replace(OMMEN, text=text))


@pytest.mark.parametrize("text", ["100%", "_", "\\", "''"])
def test_signs_of_sql_are_signs(example_session, text):
    assert list_ids(example_session, ServiceFilter(text=text)) == []


def test_a_language_is_found_at_the_service(example_session):
    assert "taalpunt-ommen-voorbeeld" in list_ids(example_session, replace(OMMEN, sieve=Sieve(language="pl")))
    assert list_ids(example_session, ServiceFilter(sieve=Sieve(language="xx"))) == []


def test_an_organization_without_a_service_in_use_is_not_listed(example_session):
    def is_listed():
        found = search_organizations(example_session, ALL).items
        return "welzijn-ommen-voorbeeld" in {entry.organization_id for entry in found}

    assert is_listed()
    for service in example_session.query(Service).filter_by(organization_id="welzijn-ommen-voorbeeld"):
        service.status = Status.DEFUNCT
    example_session.flush()
    assert not is_listed()
    assert get_organization(example_session, "welzijn-ommen-voorbeeld").name == "Welzijn Ommen (voorbeeld)"


def test_a_service_has_a_card_for_each_location(example_session):
    for one, *others in search_services(example_session, ServiceFilter(), ALL).items:
        cards = list_cards(example_session, one.service_id, now=TUESDAY)
        assert [card.location_id for card in cards] == [one.location_id, *(other.location_id for other in others)]


def test_closed_ones_are_there_for_whoever_asks(example_session):
    everything = ServiceFilter(is_in_use=False)
    closed = set(list_service_ids(example_session, everything)) - set(
        list_service_ids(example_session, ServiceFilter())
    )
    assert "burenhulp-ommen-voorbeeld" in closed
    statuses = {example_session.get(Service, service_id).status for service_id in closed}
    assert Status.DEFUNCT in statuses


def test_services_are_found_by_a_term_or_by_its_whole_taxonomy(example_session):
    (term,) = [term for term in list_terms(example_session) if term.code == "taalhuis"]
    found = list_service_ids(example_session, replace(OMMEN, term_id=term.id))
    assert found == ["taalpunt-ommen-voorbeeld"]
    assert set(found) < set(list_service_ids(example_session, ServiceFilter(taxonomy=term.taxonomy)))
    assert list_service_ids(example_session, ServiceFilter(term_id=term.id, taxonomy="topics")) == []


def test_what_was_changed_since_a_moment_is_found_with_that_moment(example_session):
    example_session.get(Service, "ido-ommen-voorbeeld").last_modified = TUESDAY
    example_session.flush()
    (found,) = list_modified(example_session, ServiceFilter(modified_since=TUESDAY))
    assert (found.service_id, found.moment) == ("ido-ommen-voorbeeld", TUESDAY)
    assert list_modified(example_session, ServiceFilter(modified_since=TUESDAY + timedelta(seconds=1))) == []


def test_organizations_are_found_by_what_they_give_each_once(example_session):
    found = list_organization_ids(example_session, replace(OMMEN, kinds=("ido", "bibliotheek", "taalhuis")))
    assert found.count("bibliotheek-ommen-voorbeeld") == 1
    assert "gemeente-ommen-voorbeeld" not in found


def test_a_service_is_listed_at_each_of_its_locations(example_session):
    places = list_places(example_session, ServiceFilter())
    assert len({place.place_id for place in places}) == len(places)
    services = {
        candidates[0].service_id: candidates
        for candidates in search_services(example_session, ServiceFilter(), ALL).items
    }
    for place in places:
        assert place.service_id in services
        assert get_service_of_place(example_session, place.place_id) == place.service_id
    at_location = {key for key, candidates in services.items() if candidates[0].location_id}
    assert {place.service_id for place in places} == at_location


def test_a_service_is_not_listed_at_a_location_that_is_closed(example_session):
    building = "bibliotheek-ommen-voorbeeld-hoofdstraat"

    def list_at_building(*, is_in_use):
        every = list_places(example_session, ServiceFilter(is_in_use=is_in_use))
        return [place for place in every if place.place_id in given_there]

    given_there = set(
        example_session.scalars(select(ServiceAtLocation.id).where(ServiceAtLocation.location_id == building))
    )
    assert list_at_building(is_in_use=True)
    example_session.get(Location, building).status = Status.MOVED
    example_session.flush()
    assert list_at_building(is_in_use=True) == []
    assert len(list_at_building(is_in_use=False)) == len(given_there)


@pytest.mark.parametrize("find", [get_location, get_organization, get_service_of_place])
def test_what_is_not_there_is_not_found(example_session, find):
    with pytest.raises(NotFound):
        find(example_session, "gone")
