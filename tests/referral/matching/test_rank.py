"""Which partner a citizen is sent to, and why."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.directory.candidate import Channel
from referral.directory.openings import Hours, Timetable
from referral.matching.match import ReasonCode
from referral.matching.rank import rank
from referral.matching.score import CLOSED_TOO_LONG, PATIENCE, SOON
from referral.matching.wishes import Wanted
from referral.models.columns import Status, Wheelchair
from tests.referral.matching.candidates import HERE, TUESDAY, make_candidate, make_need

SECOND = frozenset({"second"})


def list_ids(candidates, **need) -> list[str]:
    return [match.candidate.service_id for match in rank(candidates, make_need(**need))]


def get_reason(match, code):
    return next(reason for reason in match.reasons if reason.code is code)


# ── who may be offered at all ─────────────────────────────────────────────────


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.ACTIVE])
def test_a_closed_partner_is_never_offered(status):
    assert list_ids([make_candidate("a", status=status)]) == []


def test_a_partner_for_another_municipality_is_never_offered():
    assert list_ids([make_candidate("a", serves=frozenset({"GM0175"}))]) == []


def test_a_partner_for_the_whole_country_is_offered_everywhere():
    candidate = make_candidate("a", serves=frozenset({"NL"}))
    (match,) = rank([candidate], make_need())
    assert ReasonCode.NATIONAL in match.codes
    assert list_ids([candidate], municipality=None) == ["a"]


def test_without_a_municipality_no_local_partner_is_offered():
    assert list_ids([make_candidate("a")], municipality=None) == []


def test_a_partner_that_nobody_can_reach_is_never_offered():
    assert list_ids([make_candidate("a", channels=frozenset())]) == []


def test_what_was_offered_already_is_not_offered_again():
    candidates = [make_candidate("a"), make_candidate("b")]
    assert list_ids(candidates, declined=frozenset({"a"})) == ["b"]


def test_another_kind_of_help_is_not_offered():
    assert list_ids([make_candidate("a", kinds=frozenset({"third"}))]) == []


def test_a_partner_that_stays_closed_for_more_than_four_weeks_is_not_offered():
    assert timedelta(days=28) == CLOSED_TOO_LONG
    assert list_ids([make_candidate("a", "2026 Dec 22 10:00-12:00")]) == ["a"]  # 28 days to the minute
    assert list_ids([make_candidate("a", "2026 Dec 22 10:01-12:00")]) == []
    assert list_ids([make_candidate("a", "Jan-Apr Tu,Th 10:00-12:00")]) == []
    assert list_ids([make_candidate("a", "2026 Nov 1 10:00-12:00")]) == []  # never again


def test_a_partner_whose_hours_nobody_knows_may_be_offered_and_says_so():
    (match,) = rank([make_candidate("a", None)], make_need())
    assert ReasonCode.HOURS_UNKNOWN in match.codes


# ── the right kind first ──────────────────────────────────────────────────────


def test_the_right_kind_of_help_comes_first_though_the_second_is_open_and_nearer():
    right = make_candidate("right", "We 10:00-12:00", latitude=HERE[0] + 0.2)
    second = make_candidate("second", kinds=SECOND)
    assert list_ids([second, right]) == ["right", "second"]


def test_a_second_kind_that_is_open_soon_goes_before_a_first_kind_that_is_closed_for_more_than_a_week():
    right = make_candidate("right", "2026 Dec 3 10:00-12:00")  # nine days
    second = make_candidate("second", kinds=SECOND)
    first, last = rank([right, second], make_need())
    assert [first.candidate.service_id, last.candidate.service_id] == ["second", "right"]
    assert ReasonCode.SOONER_THAN_RIGHT_KIND in first.codes
    assert ReasonCode.CLOSED_LONG in last.codes


def test_just_within_a_week_the_right_kind_stays_first():
    assert timedelta(days=7) == PATIENCE
    right = make_candidate("right", "2026 Dec 1 10:00-12:00")  # seven days to the minute
    second = make_candidate("second", kinds=SECOND)
    assert list_ids([right, second]) == ["right", "second"]
    later = make_candidate("right", "2026 Dec 1 10:01-12:00")
    assert list_ids([later, second]) == ["second", "right"]


def test_a_second_kind_that_is_not_open_soon_gains_nothing():
    assert timedelta(days=2) == SOON
    right = make_candidate("right", "2026 Dec 3 10:00-12:00")
    second = make_candidate("second", "Fr 10:00-12:00", kinds=SECOND)  # three days
    assert list_ids([right, second]) == ["right", "second"]


def test_a_third_kind_never_goes_before_the_first():
    right = make_candidate("right", "2026 Dec 3 10:00-12:00")
    third = make_candidate("third", kinds=frozenset({"third"}))
    assert list_ids([right, third], kinds=("first", "second", "third")) == ["right", "third"]


def test_a_partner_of_two_kinds_counts_as_the_better_one():
    both = make_candidate("both", kinds=frozenset({"first", "second"}))
    (match,) = rank([both], make_need())
    assert ReasonCode.RIGHT_KIND in match.codes


# ── open, near, in the own language, accessible, checked ──────────────────────


def test_open_now_goes_before_open_later():
    now, later = make_candidate("z-now"), make_candidate("a-later", "Tu 13:00-15:00")
    first, second = rank([later, now], make_need())
    assert [first.candidate.service_id, second.candidate.service_id] == ["z-now", "a-later"]
    assert f"{get_reason(first, ReasonCode.OPEN_NOW).moment:%H:%M}" == "17:00"
    assert f"{get_reason(second, ReasonCode.OPENS_TODAY).moment:%H:%M}" == "13:00"


def test_of_two_closed_ones_the_one_that_opens_soonest_goes_first():
    thursday, wednesday = make_candidate("a", "Th 10:00-12:00"), make_candidate("b", "We 10:00-12:00")
    matches = rank([thursday, wednesday], make_need())
    assert [match.candidate.service_id for match in matches] == ["b", "a"]
    assert get_reason(matches[0], ReasonCode.OPENS_NEXT).moment == TUESDAY + timedelta(days=1)


def test_walking_in_goes_before_an_appointment():
    appointment = make_candidate("a", by_appointment=True)
    matches = rank([appointment, make_candidate("b")], make_need())
    assert [match.candidate.service_id for match in matches] == ["b", "a"]
    assert ReasonCode.BY_APPOINTMENT in matches[1].codes


def test_the_nearest_goes_first_and_says_how_far_it_is():
    far = make_candidate("a", latitude=HERE[0] + 0.1)
    near = make_candidate("b", latitude=HERE[0] + 0.01)
    matches = rank([far, near], make_need())
    assert [match.candidate.service_id for match in matches] == ["b", "a"]
    assert get_reason(matches[0], ReasonCode.NEAR).km == 1.1
    assert get_reason(matches[1], ReasonCode.FAR).km == 11.1


@pytest.mark.parametrize("missing", [{"latitude": None, "longitude": None}, {"latitude": None}, {"longitude": None}])
def test_a_partner_without_coordinates_stands_between_near_and_far(missing):
    candidates = [
        make_candidate("far", latitude=HERE[0] + 0.2),
        make_candidate("unknown", **missing),
        make_candidate("near"),
    ]
    assert list_ids(candidates) == ["near", "unknown", "far"]


def test_without_a_place_nobody_is_near():
    (match,) = rank([make_candidate("a")], make_need(point=None))
    assert not match.codes & {ReasonCode.NEAR, ReasonCode.FAR}


def test_a_phone_call_is_no_journey():
    by_phone = make_candidate("phone", channels=frozenset({Channel.PHONE}), latitude=None, longitude=None)
    far = make_candidate("far", latitude=HERE[0] + 0.1)
    matches = rank([far, by_phone], make_need())
    assert matches[0].candidate.service_id == "phone"
    assert ReasonCode.BY_PHONE in matches[0].codes


def test_only_a_website_is_said_to_be_online():
    (match,) = rank([make_candidate("a", None, channels=frozenset({Channel.WEBSITE}))], make_need())
    assert ReasonCode.ONLINE in match.codes


def test_who_speaks_the_language_goes_first():
    candidates = [make_candidate("a"), make_candidate("b", languages=frozenset({"ti", "ar"}))]
    assert list_ids(candidates, preferred=Wanted(language="ar")) == ["b", "a"]
    assert list_ids(candidates, preferred=Wanted(language="nl")) == ["a", "b"]
    assert (
        get_reason(rank(candidates, make_need(preferred=Wanted(language="ar")))[0], ReasonCode.SPEAKS_LANGUAGE).language
        == "ar"
    )


def test_where_a_wheelchair_cannot_enter_goes_last_whatever_its_kind():
    steps = make_candidate("a", wheelchair=Wheelchair.NO)
    flat = make_candidate("b", "Fr 10:00-12:00", kinds=SECOND, wheelchair=Wheelchair.YES)
    matches = rank([steps, flat], make_need(preferred=Wanted(wheelchair=True)))
    assert [match.candidate.service_id for match in matches] == ["b", "a"]
    assert ReasonCode.ACCESSIBLE in matches[0].codes
    assert ReasonCode.NOT_ACCESSIBLE in matches[1].codes
    assert list_ids([steps, flat]) == ["a", "b"]


def test_accessible_goes_before_limited_and_limited_before_unknown():
    candidates = [
        make_candidate("a", wheelchair=None),
        make_candidate("b", wheelchair=Wheelchair.LIMITED),
        make_candidate("c", wheelchair=Wheelchair.YES),
    ]
    assert list_ids(candidates, preferred=Wanted(wheelchair=True)) == ["c", "b", "a"]


def test_a_phone_call_needs_no_ramp():
    by_phone = make_candidate("a", channels=frozenset({Channel.PHONE}), wheelchair=None)
    (match,) = rank([by_phone], make_need(preferred=Wanted(wheelchair=True)))
    assert not match.codes & {ReasonCode.ACCESS_UNKNOWN, ReasonCode.NOT_ACCESSIBLE}


CHECKS = [
    (date(2026, 11, 1), date(2027, 5, 1), ReasonCode.RECENTLY_VERIFIED),
    (date(2026, 5, 25), None, ReasonCode.RECENTLY_VERIFIED),  # 183 days
    (date(2026, 5, 24), None, ReasonCode.CHECK_OVERDUE),
    (date(2026, 5, 1), date(2026, 11, 23), ReasonCode.CHECK_OVERDUE),
    (date(2026, 11, 1), date(2026, 11, 23), ReasonCode.CHECK_OVERDUE),
    (None, None, ReasonCode.NOT_VERIFIED),
    (None, date(2027, 1, 1), ReasonCode.NOT_VERIFIED),
]


@pytest.mark.parametrize(("assured", "due", "code"), CHECKS)
def test_a_partner_says_how_old_its_facts_are(assured, due, code):
    (match,) = rank([make_candidate("a", assured_date=assured, check_due=due)], make_need())
    assert match.codes & {*(c for _, _, c in CHECKS)} == {code}


def test_a_check_that_is_due_today_is_not_overdue():
    (match,) = rank([make_candidate("a", check_due=TUESDAY.date())], make_need())
    assert ReasonCode.CHECK_OVERDUE not in match.codes


def test_overdue_facts_go_after_fresh_ones():
    overdue = make_candidate("a", check_due=date(2026, 6, 1))
    assert list_ids([overdue, make_candidate("b")]) == ["b", "a"]


def test_a_holiday_that_has_to_be_asked_about_is_not_open_and_says_so():
    good_friday = TUESDAY.replace(year=2027, month=3, day=26)
    (match,) = rank([make_candidate("a", "Mo-Fr 09:00-17:00")], make_need(moment=good_friday))
    assert ReasonCode.HOURS_UNSURE in match.codes
    assert not match.codes & {ReasonCode.OPEN_NOW, ReasonCode.OPENS_TODAY}


# ── one answer ────────────────────────────────────────────────────────────────


def test_a_service_with_two_locations_is_offered_once_at_the_better_one():
    far = make_candidate("a", location_id="far", latitude=HERE[0] + 0.1)
    near = replace(far, location_id="near", latitude=HERE[0])
    (match,) = rank([far, near], make_need())
    assert match.candidate.location_id == "near"


def test_a_tie_is_broken_by_name_and_then_by_id():
    candidates = [make_candidate("2", name="B"), make_candidate("3", name="A"), make_candidate("1", name="B")]
    for order in permutations(candidates):
        assert list_ids(order) == ["3", "1", "2"]


def test_nothing_to_choose_from_gives_nothing():
    assert rank([], make_need()) == []
    assert rank([make_candidate("a")], make_need(kinds=())) == []


CANDIDATES = st.builds(
    make_candidate,
    st.integers(0, 40).map(str),
    st.sampled_from(["Mo-Fr 09:00-17:00", "We 10:00-12:00", "24/7", "Jan-Apr Tu 10:00-12:00", None]),
    status=st.sampled_from(list(Status)),
    kinds=st.sampled_from([frozenset({"first"}), SECOND, frozenset({"third"})]),
    serves=st.sampled_from([frozenset({"GM0193"}), frozenset({"GM0175"}), frozenset({"NL"})]),
    channels=st.frozensets(st.sampled_from(list(Channel)), max_size=2),
    latitude=st.none() | st.floats(50.8, 53.5),
    wheelchair=st.none() | st.sampled_from(list(Wheelchair)),
    check_due=st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
)


@settings(max_examples=80, deadline=None)
@given(candidates=st.lists(CANDIDATES, max_size=12, unique_by=lambda c: c.service_id), wheelchair=st.booleans())
def test_what_is_offered_may_be_offered_and_in_one_order_only(candidates, wheelchair):
    need = make_need(preferred=Wanted(wheelchair=wheelchair))
    matches = rank(candidates, need)
    for match in matches:
        candidate = match.candidate
        assert candidate.status is Status.ACTIVE
        assert candidate.channels
        assert candidate.serves & {"GM0193", "NL"}
        assert candidate.kinds & {"first", "second"}
        assert match.reasons
    barred = [match.score.barred for match in matches]
    assert barred == sorted(barred)
    assert rank(candidates[::-1], need) == matches


def test_hours_of_the_matched_location_are_those_that_count():
    closed_here = make_candidate("a", location_id="here", hours="Fr 10:00-12:00")
    open_there = replace(closed_here, location_id="there", hours=Hours((Timetable("Mo-Su 09:00-17:00"),)))
    (match,) = rank([closed_here, open_there], make_need())
    assert match.candidate.location_id == "there"
    assert ReasonCode.OPEN_NOW in match.codes
