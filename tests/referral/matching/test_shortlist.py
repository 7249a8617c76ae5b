"""Looking up fewer hours gives the answer that looking up all of them gives."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referral.catalogue.service import load_catalogue
from referral.clock import AMSTERDAM
from referral.directory.candidate import Channel
from referral.directory.service import find_candidates
from referral.matching.gaps import GapKind
from referral.matching.match import Match, Need, ReasonCode
from referral.matching.rank import judge, place, rank
from referral.matching.service import find_partner
from referral.matching.shortlist import queue_up
from referral.matching.wishes import Arrival, Wanted, When, Wish
from referral.models.columns import Status, Wheelchair
from referral.models.language import Language
from referral.models.location import Location
from referral.settings import ROOT
from tests.referral.matching.candidates import TUESDAY, make_candidate, make_need
from tests.referral.matching.slow import count_slowly

KINDS = sorted(load_catalogue(ROOT / "data").partner_kinds)
GROUPS = ["jongeren", "ouderen", "anderstaligen", "ondernemers"]
MOMENTS = st.integers(0, 210 * 24 * 60).map(lambda m: datetime(2026, 11, 1, tzinfo=AMSTERDAM) + timedelta(minutes=m))
WANTED = st.builds(
    Wanted,
    language=st.sampled_from([None, None, "nl", "en", "ar"]),
    wheelchair=st.booleans(),
    free=st.booleans(),
    target_group=st.sampled_from([None, None, *GROUPS]),
    arrival=st.sampled_from([None, None, *Arrival]),
    evening=st.booleans(),
    when=st.sampled_from([None, None, *When]),
)
HOURS = [
    "Mo-Fr 09:00-20:00",
    "We 10:00-12:00",
    "24/7",
    "Jan-Apr Tu 10:00-12:00",
    'Mo-Fr 09:00-17:00 "op afspraak"',
    None,
]
CANDIDATES = st.builds(
    make_candidate,
    st.integers(0, 20).map(str),
    st.sampled_from(HOURS),
    location_id=st.sampled_from(["here", "there"]),
    status=st.sampled_from([Status.ACTIVE, Status.ACTIVE, Status.MOVED]),
    kinds=st.sampled_from([frozenset({"first"}), frozenset({"second"}), frozenset({"first", "second"})]),
    channels=st.sampled_from([frozenset({Channel.VISIT}), frozenset({Channel.PHONE})]),
    latitude=st.none() | st.floats(50.8, 53.5),
    wheelchair=st.none() | st.sampled_from(list(Wheelchair)),
    by_appointment=st.booleans(),
    languages=st.sampled_from([frozenset(), frozenset({"ar"})]),
    is_free=st.sampled_from([None, True, False]),
    target_groups=st.sampled_from([frozenset(), frozenset({"jongeren"})]),
    check_due=st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
)

NEEDS = st.builds(
    Need,
    kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=len(KINDS), unique=True).map(tuple),
    moment=MOMENTS,
    municipality=st.sampled_from(["GM0193", "GM0193", "GM0175", None]),
    point=st.none() | st.tuples(st.floats(52.4, 52.6), st.floats(6.0, 6.5)),
    preferred=WANTED,
    required=st.just(Wanted()) | WANTED,
)


@settings(max_examples=200, deadline=None)
@given(candidate=CANDIDATES, preferred=WANTED, required=WANTED, moment=MOMENTS)
def test_no_hours_bring_a_partner_further_up_than_it_was_queued(candidate, preferred, required, moment):
    need = make_need(preferred=preferred, required=required, moment=moment)
    waiting, lacks = queue_up([candidate], need)
    match judge(candidate, need):
        case Match() as match:
            assert waiting[0].best_place <= place(match)
        case Wish() as wish:
            assert waiting or [(lack.outline, lack.wish) for lack in lacks] == [(candidate, wish)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(need=NEEDS, declines=st.integers(0, 3), limit=st.none() | st.integers(1, 6))
def test_the_quick_answer_is_the_slow_one(example_session, need, declines, limit):
    candidates = find_candidates(example_session, need.kinds, need.municipality)
    offered = {match.candidate.service_id for match in rank(candidates, need)[:declines]}
    need = replace(need, declined=frozenset(offered))
    outcome = find_partner(
        example_session,
        partners=need.kinds,
        national=[],
        now=need.moment,
        municipality=need.municipality,
        point=need.point,
        preferred=need.preferred,
        required=need.required,
        declined=need.declined,
        limit=limit,
    )
    assert list(outcome.local) == rank(candidates, need)[:limit]
    assert {left.wish: left.services for left in outcome.left_out} == count_slowly(candidates, need)


@pytest.mark.parametrize("status", [Status.ACTIVE, Status.MOVED])
@pytest.mark.parametrize("required", [Wanted(language="so"), Wanted(language="so", free=True)])
def test_a_language_that_is_spoken_at_one_of_the_locations_counts_while_it_is_open(example_session, status, required):
    south = example_session.get_one(Location, "bibliotheek-zwolle-voorbeeld-zuid")
    south.status = status
    example_session.add(Language(location_id=south.id, code="so"))
    example_session.flush()
    need = Need(kinds=("bibliotheek", "ido"), moment=TUESDAY, municipality="GM0193", required=required)
    asked = {"national": [], "municipality": "GM0193", "now": TUESDAY, "required": required}
    outcome = find_partner(example_session, partners=need.kinds, **asked)
    candidates = find_candidates(example_session, need.kinds, "GM0193")
    assert list(outcome.local) == rank(candidates, need)
    assert {left.wish: left.services for left in outcome.left_out} == count_slowly(candidates, need)
    speaks = {match.candidate.location_id for match in outcome.local}
    assert (south.id in speaks) == (status is Status.ACTIVE)


def test_wishes_that_nobody_meets_make_no_gap_and_a_missing_partner_still_does(example_session):
    asked = {"national": [], "municipality": "GM0175", "now": TUESDAY, "required": Wanted(language="so")}
    assert find_partner(example_session, partners=["ido"], **asked).gap is None
    assert find_partner(example_session, partners=["huurteam"], **asked).gap.kind is GapKind.NOT_IN_DIRECTORY


def test_a_partner_that_stands_above_the_right_kind_says_so_though_the_list_is_cut_off(example_session):
    # The tax clinics are closed until January: what is second in line goes first, and tells why.
    december = datetime(2026, 12, 15, 10, 0, tzinfo=AMSTERDAM)
    asked = {"partners": ["belastinghulp", "ido"], "national": [], "municipality": "GM0193", "now": december}
    (match,) = find_partner(example_session, **asked, limit=1).local
    assert match == find_partner(example_session, **asked).local[0]
    assert ReasonCode.SOONER_THAN_RIGHT_KIND in match.codes
