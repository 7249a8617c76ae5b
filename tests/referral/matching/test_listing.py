"""The list of services by name, with the wishes of the match, on both kinds of database."""

from dataclasses import replace

import pytest

from referral.directory.search import ServiceFilter, Window, search_services
from referral.matching.listing import list_services
from referral.matching.match import Need, ReasonCode
from referral.matching.rank import rank
from referral.matching.wishes import Arrival, Wanted, When, find_lack, find_lack_of_hours, look_ahead
from referral.models.columns import Wheelchair
from tests.clock import TUESDAY

ALL = Window(0, 1000)
OF_THE_KIND = {ReasonCode.RIGHT_KIND, ReasonCode.SECOND_KIND}
ZWOLLE = ServiceFilter(municipality="GM0193")
WISHES = [
    Wanted(language="tr"),
    Wanted(wheelchair=True),
    Wanted(free=True),
    Wanted(target_group="ouderen"),
    Wanted(arrival=Arrival.WALK_IN),
    Wanted(arrival=Arrival.APPOINTMENT),
    Wanted(evening=True),
    Wanted(when=When.NOW),
    Wanted(when=When.TODAY, free=True, wheelchair=True),
]


def make_need(wanted, **fields):
    return Need(kinds=(), moment=TUESDAY, municipality="GM0193", required=wanted, **fields)


def meets(candidate, wanted):
    prospect = look_ahead(candidate.hours, wanted, TUESDAY)
    return not (find_lack(candidate, wanted) or find_lack_of_hours(candidate, wanted, prospect))


@pytest.mark.parametrize("wanted", WISHES)
def test_exactly_those_are_listed_that_meet_every_wish_somewhere(example_session, wanted):
    every = search_services(example_session, ZWOLLE, ALL).items
    fitting = [one[0].service_id for one in every if any(meets(candidate, wanted) for candidate in one)]
    found = list_services(example_session, ZWOLLE, make_need(wanted), ALL)
    assert [listed.candidates[0].service_id for listed in found.items] == fitting
    assert 0 < found.total == len(fitting) < len(every)


@pytest.mark.parametrize("wanted", [one for one in WISHES if one.needs_look])
def test_a_location_that_does_not_meet_a_wish_is_left_out(example_session, wanted):
    found = list_services(example_session, ZWOLLE, make_need(wanted), ALL)
    assert all(meets(candidate, wanted) for listed in found.items for candidate in listed.candidates)


def test_a_window_is_a_part_of_the_list_of_who_fits(example_session):
    need = make_need(Wanted(when=When.NOW))
    whole = list_services(example_session, ZWOLLE, need, ALL).items
    assert list_services(example_session, ZWOLLE, need, Window(1, 2)).items == whole[1:3]


def test_the_reasons_tell_which_wish_is_met(example_session):
    need = make_need(Wanted(free=True, wheelchair=True, when=When.NOW))
    for listed in list_services(example_session, ZWOLLE, need, ALL).items:
        codes = {reason.code for reason in listed.reasons}
        assert {ReasonCode.FREE, ReasonCode.OPEN_NOW} <= codes
        assert (ReasonCode.ACCESSIBLE in codes) is (listed.candidates[0].wheelchair in (*Wheelchair,)[:2])
        assert not codes & OF_THE_KIND


def test_the_location_that_the_match_would_offer_comes_first_and_the_reasons_speak_of_it(example_session):
    need = make_need(Wanted(), point=(52.5116, 6.0921))
    several = [one for one in list_services(example_session, ZWOLLE, need, ALL).items if len(one.candidates) > 1]
    offered = 0
    for one in several:
        for match in rank(one.candidates, replace(need, kinds=tuple(one.candidates[0].kinds))):
            assert match.candidate == one.candidates[0]
            assert {reason for reason in match.reasons if reason.code not in OF_THE_KIND} == set(one.reasons)
            offered += 1
    assert offered
