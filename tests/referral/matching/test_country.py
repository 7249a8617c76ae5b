"""In a country where nobody chose the data by hand, the quick answer is the slow one, on both kinds of database."""

from datetime import datetime, timedelta
from random import Random

import pytest

from benchmarks.country import fill, list_towns
from referral.catalogue.service import load_catalogue
from referral.clock import AMSTERDAM
from referral.directory.load import load_terms
from referral.directory.service import find_candidates
from referral.matching.match import Need
from referral.matching.rank import rank
from referral.matching.service import find_partner
from referral.matching.wishes import Arrival, Wanted, When
from referral.places.table import load_places
from referral.settings import ROOT
from tests.referral.matching.slow import count_slowly

SERVICES = 400
TOWNS = 3  # few, so that each has many services
NEEDS = 60


@pytest.fixture
def country(database):
    """Return a session and the towns and kinds of a small country."""
    catalogue = load_catalogue(ROOT / "data")
    kinds, groups = list(catalogue.partner_kinds), list(catalogue.target_groups)
    towns = list_towns(load_places(ROOT / "data"))[:TOWNS]
    with database.begin() as session:
        load_terms(session, ROOT / "data")
        fill(session, towns, services=SERVICES, kinds=kinds, groups=groups)
        yield session, towns, kinds


def draw_wanted(chance):
    return Wanted(
        language=chance.choice([None, None, "en", "so"]),
        wheelchair=chance.random() < 0.3,
        free=chance.random() < 0.3,
        target_group=chance.choice([None, None, "ouderen", "jongeren"]),
        arrival=chance.choice([None, None, *Arrival]),
        evening=chance.random() < 0.2,
        when=chance.choice([None, None, *When]),
    )


def draw_need(chance, towns, kinds):
    town = chance.choice(towns)
    return Need(
        kinds=tuple(chance.sample(kinds, chance.randint(1, 4))),
        moment=datetime(2026, 11, 23, tzinfo=AMSTERDAM) + timedelta(minutes=chance.randrange(60 * 24 * 60)),
        municipality=town.code,
        point=town.point,
        preferred=draw_wanted(chance),
        required=chance.choice([Wanted(), draw_wanted(chance), draw_wanted(chance)]),
    )


def test_the_quick_answer_is_the_slow_one_in_a_whole_country(country):
    session, towns, kinds = country
    chance = Random(4)  # noqa: S311  (no secret)
    answered = left_out = 0
    for _ in range(NEEDS):
        need, limit = draw_need(chance, towns, kinds), chance.choice([None, 1, 5])
        candidates = find_candidates(session, need.kinds, need.municipality)
        outcome = find_partner(
            session,
            partners=need.kinds,
            national=[],
            now=need.moment,
            municipality=need.municipality,
            point=need.point,
            preferred=need.preferred,
            required=need.required,
            limit=limit,
        )
        assert list(outcome.local) == rank(candidates, need)[:limit]
        assert {left.wish: left.services for left in outcome.left_out} == count_slowly(candidates, need)
        answered += bool(outcome.local)
        left_out += bool(outcome.left_out)
    assert answered > NEEDS / 4
    assert left_out > NEEDS / 4
