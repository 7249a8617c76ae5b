"""Who is open when in a week, where nobody is, and where two are at once."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.clock import AMSTERDAM
from referral.directory.hours import is_open_at
from referral.directory.openings import Hours, HoursChange, Timetable
from referral.network.week import Daypart, Hole, is_working_day, make_week
from tests.referral.matching.candidates import make_candidate

MONDAY = date(2026, 11, 23)
CHRISTMAS_WEEK = date(2026, 12, 21)


def make(*candidates, start=MONDAY, kinds=("first",)):
    return make_week(candidates, kinds, "GM0193", start)


def get_kind(*candidates, start=MONDAY):
    return make(*candidates, start=start).kinds[0]


def list_times(partner):
    return {day.date.isoweekday(): [f"{b.start:%H:%M}-{b.end:%H:%M}" for b in day.blocks] for day in partner.days}


def list_holes(*candidates, start=MONDAY):
    return {(hole.day.isoweekday(), hole.daypart.value) for hole in get_kind(*candidates, start=start).holes}


def test_a_partner_has_its_hours_on_each_of_seven_days():
    (partner,) = get_kind(make_candidate("a", "Mo 09:00-12:00,13:00-17:00; Sa 10:00-12:00")).partners
    assert list_times(partner) == {
        1: ["09:00-12:00", "13:00-17:00"], 2: [], 3: [], 4: [], 5: [], 6: ["10:00-12:00"], 7: [],
    }  # fmt: skip


def test_a_week_begins_on_the_day_that_is_asked_for():
    week = make(make_candidate("a"), start=date(2026, 11, 26))
    assert (week.days[0], week.days[-1]) == (date(2026, 11, 26), date(2026, 12, 2))
    assert [day.date for day in week.kinds[0].partners[0].days] == list(week.days)


def test_an_exception_and_a_holiday_count():
    closed = HoursChange(date(2026, 12, 22), date(2026, 12, 22), None, "Studiedag")
    hours = Hours((Timetable("Mo-Fr 09:00-17:00"),), changes=(closed,))
    week = make(replace(make_candidate("a"), hours=hours), start=CHRISTMAS_WEEK)
    (partner,) = week.kinds[0].partners
    assert [bool(day.blocks) for day in partner.days] == [True, False, True, True, False, False, False]
    assert [day.change for day in partner.days[:3]] == [None, "Studiedag", None]
    assert list(week.holidays) == [date(2026, 12, 25), date(2026, 12, 26)]


HOLES = [
    (["Mo-Fr 09:00-17:00"], {(day, "evening") for day in range(1, 6)}),
    (["Mo-Fr 09:00-17:00", "Tu 18:30-20:00"], {(day, "evening") for day in (1, 3, 4, 5)}),
    (["Mo-Fr 08:00-22:00"], set()),
    (["24/7"], set()),
    (["Mo-Fr 12:30-22:00", "Mo-Th 08:00-08:30"], {(5, "morning")}),  # half an hour is enough
    (["Mo-Fr 12:30-22:00", "Mo-Th 08:00-08:29"], {(day, "morning") for day in range(1, 6)}),
    (["Mo-Fr 12:00-18:29"], {(day, part) for day in range(1, 6) for part in ("morning", "evening")}),
    (["Sa 10:00-12:00"], {(day, part.value) for day in range(1, 6) for part in Daypart}),
]


@pytest.mark.parametrize(("hours", "holes"), HOLES)
def test_a_hole_is_a_part_of_a_working_day_on_which_nobody_is_there(hours, holes):
    assert list_holes(*(make_candidate(str(n), text) for n, text in enumerate(hours))) == holes


def test_a_holiday_is_no_hole():
    holes = get_kind(make_candidate("a", "Mo-Th 08:00-22:00"), start=CHRISTMAS_WEEK).holes
    assert holes == ()
    assert not is_working_day(date(2026, 12, 25))
    assert get_kind(make_candidate("a", "Mo-Th 08:00-22:00")).holes[0] == Hole(date(2026, 11, 27), Daypart.MORNING)


def test_a_kind_without_any_partner_is_missing_as_a_whole():
    week = make(make_candidate("a"), kinds=("first", "second"))
    assert week.missing == ("second",)
    assert (week.kinds[1].holes, week.kinds[1].overlaps) == ((), ())


def test_two_of_one_kind_at_the_same_time_overlap_and_say_from_when_to_when():
    a, b = make_candidate("a", "Mo 09:00-12:00"), make_candidate("b", "Mo 11:00-13:00")
    (overlap,) = get_kind(a, b).overlaps
    assert overlap.service_ids == ("a", "b")
    assert (f"{overlap.start:%H:%M}", f"{overlap.end:%H:%M}") == ("11:00", "12:00")


def test_a_third_that_joins_makes_a_stretch_of_its_own():
    hours = {"a": "Mo 09:00-12:00", "b": "Mo 10:00-12:00", "c": "Mo 11:00-12:00"}
    found = get_kind(*(make_candidate(name, text) for name, text in hours.items())).overlaps
    assert [(f"{one.start:%H}-{one.end:%H}", "".join(one.service_ids)) for one in found] == [
        ("10-11", "ab"),
        ("11-12", "abc"),
    ]


def test_one_after_the_other_is_no_overlap_and_neither_is_one_service_at_two_locations():
    assert get_kind(make_candidate("a", "Mo 09:00-12:00"), make_candidate("b", "Mo 12:00-13:00")).overlaps == ()
    here, there = (make_candidate("a", location_id=location) for location in ("here", "there"))
    assert get_kind(here, there).overlaps == ()


def test_two_of_different_kinds_do_not_overlap():
    other = make_candidate("b", kinds=frozenset({"second"}))
    assert [week.overlaps for week in make(make_candidate("a"), other, kinds=("first", "second")).kinds] == [(), ()]


def test_a_partner_without_hours_is_there_and_says_so():
    (partner,) = get_kind(make_candidate("a", None)).partners
    assert not partner.has_hours
    assert not any(day.blocks for day in partner.days)


TEXTS = st.sampled_from(
    [
        "Mo-Fr 09:00-17:00",
        "Tu,Th 18:30-20:30",
        "We 13:00-18:00; Sa 10:00-13:00",
        "Mo-Fr 10:00-12:00; PH off",
        "Fr,Sa 20:00-02:00",
        "24/7",
    ]
)


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(TEXTS, max_size=4), start=st.dates(date(2026, 11, 1), date(2027, 6, 1)))
def test_half_hour_by_half_hour_the_week_says_what_the_hours_say(texts, start):
    candidates = [make_candidate(str(number), text) for number, text in enumerate(texts)]
    kind = get_kind(*candidates, start=start)
    first = datetime(start.year, start.month, start.day, tzinfo=AMSTERDAM)
    for number in range(5, 7 * 48, 5):  # what is left of the night before the week belongs to the day before
        moment = (first + timedelta(minutes=30 * number)).replace(fold=0)
        open_then = {one.service_id for one in candidates if is_open_at(one.hours, moment)}
        told = {
            partner.service_id
            for partner in kind.partners
            for day in partner.days
            if any(block.start <= moment < block.end for block in day.blocks)
        }
        assert told == open_then
        together = {
            service_id
            for overlap in kind.overlaps
            if overlap.start <= moment < overlap.end
            for service_id in overlap.service_ids
        }
        assert together == (open_then if len(open_then) > 1 else set())
