"""Why nobody could be offered: each kind of gap, and what is not a gap."""

import pytest

from referral.matching.gaps import Gap, GapKind, find_gap
from referral.models.columns import Status
from tests.referral.matching.candidates import make_candidate, make_need

CLOSED_FOR_MONTHS = "Mar-Apr Mo 13:30-15:30"


def classify(*candidates, absent=(), nearby=False, **need) -> GapKind | None:
    gap = find_gap(candidates, make_need(**need), absent_kinds=set(absent), is_one_nearby=nearby)
    return gap and gap.kind


def test_a_gap_names_the_best_kind_and_the_municipality():
    gap = find_gap([], make_need(), absent_kinds=set(), is_one_nearby=False)
    assert gap == Gap(GapKind.NOT_IN_DIRECTORY, "first", "GM0193")


def test_a_partner_that_can_be_offered_is_no_gap():
    assert classify(make_candidate("a")) is None


def test_a_partner_that_the_citizen_declined_is_no_gap():
    assert classify(make_candidate("a"), declined=frozenset({"a"})) is None


def test_nothing_listed_is_not_in_the_directory():
    assert classify() is GapKind.NOT_IN_DIRECTORY


def test_none_exists_only_where_an_editor_confirmed_it_for_every_kind():
    assert classify(absent=["first"]) is GapKind.NOT_IN_DIRECTORY
    assert classify(absent=["first", "second"]) is GapKind.NONE_EXISTS


def test_none_exists_is_said_even_when_there_is_one_next_door():
    assert classify(absent=["first", "second"], nearby=True) is GapKind.NONE_EXISTS


def test_one_nearby_that_does_not_serve_the_municipality_is_out_of_area():
    assert classify(nearby=True) is GapKind.OUT_OF_AREA


@pytest.mark.parametrize(
    "candidate",
    [make_candidate("a", status=Status.TEMPORARILY_CLOSED), make_candidate("a", CLOSED_FOR_MONTHS)],
)
def test_one_that_will_open_again_is_closed_too_long(candidate):
    assert classify(candidate, absent=["first", "second"], nearby=True) is GapKind.CLOSED_TOO_LONG


@pytest.mark.parametrize("status", [Status.MOVED, Status.DEFUNCT, Status.INACTIVE])
def test_one_that_moved_or_stopped_has_to_be_entered_anew(status):
    assert classify(make_candidate("a", status=status)) is GapKind.NOT_IN_DIRECTORY


@pytest.mark.parametrize("hours", ["Mo-Fr 09:00-17:00", None, CLOSED_FOR_MONTHS])
def test_one_that_nobody_can_reach_is_not_reachable(hours):
    assert classify(make_candidate("a", hours, channels=frozenset())) is GapKind.NOT_REACHABLE


def test_a_national_service_does_not_fill_a_local_gap():
    assert classify(make_candidate("a", serves=frozenset({"NL"}))) is GapKind.NOT_IN_DIRECTORY


@pytest.mark.parametrize("need", [{"municipality": None}, {"kinds": ()}])
def test_without_a_place_or_a_local_kind_there_is_no_gap(need):
    assert classify(**need) is None
