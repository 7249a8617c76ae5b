"""Distances as the crow flies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.matching.distance import make_box, measure_distance

ZWOLLE, OMMEN = (52.5116, 6.0921), (52.5237, 6.4215)
POINTS = st.tuples(st.floats(50.7, 53.6), st.floats(3.3, 7.3))


def test_zwolle_to_ommen_is_22_kilometres():
    assert measure_distance(ZWOLLE, OMMEN) == pytest.approx(22.3, abs=0.1)


def test_a_quarter_of_the_earth_is_ten_thousand_kilometres():
    assert measure_distance((0, 0), (90, 0)) == pytest.approx(10_007.6, abs=1)
    assert measure_distance((0, 0), (0, 180)) == pytest.approx(20_015, abs=1)


@given(POINTS, POINTS)
def test_there_is_as_far_as_back(here, there):
    assert measure_distance(here, there) == pytest.approx(measure_distance(there, here))
    assert measure_distance(here, here) == 0


@given(POINTS, POINTS, st.floats(1, 50))
def test_the_box_holds_everything_within_the_distance(centre, other, km):
    south, north, west, east = make_box(centre, km)
    if measure_distance(centre, other) <= km:
        assert south <= other[0] <= north
        assert west <= other[1] <= east
