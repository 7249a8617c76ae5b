"""Which services are given near a point, on both kinds of database."""

import pytest

from referral.directory.search import ServiceFilter, list_places
from referral.matching.distance import measure_distance
from referral.matching.nearby import list_near

LIBRARY = (52.5208, 6.4212)  # Ommen


@pytest.mark.parametrize("km", [0.0, 0.5, 3.0, 25.0, 400.0])
def test_exactly_what_lies_within_the_distance_is_found_nearest_first(example_session, km):
    every = list_places(example_session, ServiceFilter())
    distances = {place.place_id: measure_distance(LIBRARY, place.point) for place in every if place.point}
    found = [place.place_id for place in list_near(example_session, ServiceFilter(), point=LIBRARY, km=km)]
    within = {place_id for place_id, distance in distances.items() if distance <= km}
    assert set(found) == within
    assert found == sorted(found, key=lambda place_id: (distances[place_id], place_id))
    assert found


def test_what_is_not_wanted_is_not_found_however_near(example_session):
    wanted = ServiceFilter(kinds=("gemeenteloket",))
    (found,) = list_near(example_session, wanted, point=LIBRARY, km=3.0)
    assert found.service_id == "gemeenteloket-ommen-voorbeeld"
