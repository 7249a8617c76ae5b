"""When a partner is open: seasons, nights, holidays, school holidays, exceptions, the clock's own tricks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.clock import AMSTERDAM
from referral.directory.holidays import Holiday, make_policy
from referral.directory.hours import (
    Hours,
    HoursChange,
    Timetable,
    Unsure,
    describe_today,
    find_next_opening,
    is_open_at,
    list_week,
)
from referral.directory.school_holidays import Region, read_school_holidays
from referral.errors import InvalidContent
from referral.settings import ROOT

SCHOOL = read_school_holidays(ROOT / "data" / "school_holidays.yml")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def make(*texts: str, **fields) -> Hours:
    fields = {"region": Region.NOORD, "school_holidays": SCHOOL} | fields
    return Hours(tuple(Timetable(text) for text in texts), **fields)


def show(opening) -> tuple[str, str] | None:
    return opening and (f"{opening.start:%Y-%m-%d %H:%M}", f"{opening.end:%Y-%m-%d %H:%M}" if opening.end else "never")


OPEN = [
    ("Mo-Fr 09:00-17:00", "2026-11-23 09:00"),
    ("Mo-Fr 09:00-17:00", "2026-11-23 16:59"),
    ("24/7", "2026-12-25 03:00"),
    ("Fr 22:00-02:00", "2026-11-28 01:59"),
    ("Jan-Apr Tu,Th 10:00-12:00", "2027-04-29 11:00"),
    ("Mo[1] 10:00-12:00", "2026-12-07 10:30"),
    ("Th[-1] 14:00-16:00", "2026-11-26 15:00"),
    ("week 53 Mo 10:00-12:00", "2026-12-28 11:00"),  # 2026 has 53 weeks
    ("Mo-Su 09:00-17:00; PH 10:00-15:00", "2026-12-25 10:00"),
    ("We 09:30-11:30; SH off", "2026-12-16 10:00"),
    ("Th 23:00-01:00", "2027-01-01 00:30"),  # the night began on an ordinary Thursday
]
CLOSED = [
    ("Mo-Fr 09:00-17:00", "2026-11-23 08:59"),
    ("Mo-Fr 09:00-17:00", "2026-11-23 17:00"),
    ("Mo-Fr 09:00-12:30,13:30-17:00", "2026-11-23 13:00"),
    ("Mo-Fr 09:00-17:00", "2026-12-25 10:00"),  # Christmas, a Friday
    ("Mo-Fr 09:00-17:00; PH off", "2026-12-25 10:00"),
    ("Mo-Su 09:00-17:00; PH 10:00-15:00", "2026-12-25 09:30"),
    ("Mo-Su 09:00-17:00; PH 10:00-15:00", "2026-12-25 15:30"),
    ("We 09:30-11:30; SH off", "2026-12-23 10:00"),
    ("Jan-Apr Tu,Th 10:00-12:00", "2026-05-05 11:00"),
    ("Mo[1] 10:00-12:00", "2026-12-14 10:30"),
    ("week 53 Mo 10:00-12:00", "2027-01-04 11:00"),
    ("24/7; PH off", "2026-12-25 03:00"),
    ("Fr 22:00-02:00", "2026-12-26 01:00"),  # the night would have begun on Christmas Day
    ('"op afspraak"', "2026-11-23 10:00"),
    ("Mo-Fr 09:00-17:00 unknown", "2026-11-23 10:00"),
]


@pytest.mark.parametrize(("text", "moment"), OPEN)
def test_it_is_open(text, moment):
    assert is_open_at(make(text), at(moment))


@pytest.mark.parametrize(("text", "moment"), CLOSED)
def test_it_is_closed(text, moment):
    assert not is_open_at(make(text), at(moment))


@pytest.mark.parametrize("text", ["Ma-Vr 9-17", "Feb 30 10:00-12:00", "Mo-Fr"])
def test_bad_hours_are_refused_and_not_taken_for_closed(text):
    with pytest.raises(InvalidContent, match="character"):
        is_open_at(make(text), at("2026-11-23 10:00"))


NEXT = [
    ("Mo-Fr 09:00-17:00", "2026-11-22 12:00", ("2026-11-23 09:00", "2026-11-23 17:00")),
    ("Mo-Fr 09:00-12:30,13:30-17:00", "2026-11-23 10:00", ("2026-11-23 13:30", "2026-11-23 17:00")),
    ("Mo-Fr 09:00-17:00", "2026-12-24 18:00", ("2026-12-28 09:00", "2026-12-28 17:00")),
    ("Jan-Apr Tu,Th 10:00-12:00", "2026-11-22 12:00", ("2027-01-05 10:00", "2027-01-05 12:00")),
    ("Jan-Apr Tu,Th 10:00-12:00", "2027-04-29 12:00", ("2028-01-04 10:00", "2028-01-04 12:00")),
    ("Tu 10:00-12:00; SH off", "2026-12-16 12:00", ("2027-01-05 10:00", "2027-01-05 12:00")),
    ("Fr 22:00-02:00", "2026-11-27 23:00", ("2026-12-04 22:00", "2026-12-05 02:00")),
    ("Mo[1] 10:00-12:00", "2026-12-07 12:00", ("2027-01-04 10:00", "2027-01-04 12:00")),
    ("Th 18:00-24:00; Fr 00:00-02:00", "2026-11-26 12:00", ("2026-11-26 18:00", "2026-11-27 02:00")),
    ("24/7", "2026-11-22 12:00", None),
    ("2026 Nov 1-2026 Nov 20 10:00-12:00", "2026-11-22 12:00", None),
    ('"op afspraak"', "2026-11-22 12:00", None),
]


@pytest.mark.parametrize(("text", "moment", "expected"), NEXT)
def test_it_opens_next(text, moment, expected):
    assert show(find_next_opening(make(text), at(moment))) == expected


def test_around_the_clock_never_closes():
    today = describe_today(make("24/7"), at("2026-12-25 03:00"))
    assert today.open_now
    assert today.always_open
    assert today.open_until is None


def test_around_the_clock_except_holidays_closes_for_christmas():
    today = describe_today(make("24/7; PH off"), at("2026-12-24 12:00"))
    assert today.open_until == at("2026-12-25 00:00")
    assert today.opens_next.start == at("2026-12-27 00:00")


def test_the_lunch_break_is_told():
    today = describe_today(make("Mo-Fr 09:00-12:30,13:30-17:00"), at("2026-11-23 10:00"))
    assert today.open_until == at("2026-11-23 12:30")
    assert today.opens_next.start == at("2026-11-23 13:30")
    assert [show(opening) for opening in today.today] == [
        ("2026-11-23 09:00", "2026-11-23 12:30"),
        ("2026-11-23 13:30", "2026-11-23 17:00"),
    ]


# ── holidays ──────────────────────────────────────────────────────────────────


def test_a_holiday_on_which_libraries_differ_is_not_presented_as_open():
    today = describe_today(make("Mo-Fr 09:00-17:00"), at("2027-03-26 10:00"))
    assert not today.open_now
    assert today.unsure is Unsure.HOLIDAY
    assert today.holiday is Holiday.GOEDE_VRIJDAG
    assert today.opens_next.start == at("2027-03-30 09:00")  # not on Easter Monday either


def test_a_holiday_is_no_doubt_for_who_would_be_closed_anyway():
    assert describe_today(make("Mo 09:00-17:00"), at("2027-03-26 10:00")).unsure is None


def test_a_library_that_says_it_opens_on_good_friday_is_open():
    hours = make("Mo-Fr 09:00-17:00", policy=make_policy({"goede_vrijdag": "open"}))
    assert describe_today(hours, at("2027-03-26 10:00")).open_now


def test_an_exception_takes_the_doubt_of_a_holiday_away():
    hours = make("Mo-Fr 09:00-17:00", changes=(HoursChange(date(2027, 3, 26), date(2027, 3, 26), "10:00-14:00", "GV"),))
    today = describe_today(hours, at("2027-03-26 10:30"))
    assert today.open_now
    assert today.unsure is None


def test_the_policy_decides_what_ph_means():
    text = "Mo-Fr 09:00-17:00; PH 12:00-13:00"
    lustrum = make_policy({"bevrijdingsdag": "lustrum"})
    assert is_open_at(make(text, policy=lustrum), at("2027-05-05 10:00"))  # an ordinary Wednesday
    assert not is_open_at(make(text, policy=make_policy({"bevrijdingsdag": "closed"})), at("2027-05-05 10:00"))


# ── school holidays ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(("region", "is_open"), [(Region.NOORD, True), (Region.MIDDEN, True), (Region.ZUID, False)])
def test_school_holidays_are_those_of_the_region(region, is_open):
    assert is_open_at(make("Mo-Fr 09:00-17:00; SH off", region=region), at("2027-02-15 10:00")) is is_open


def test_school_holidays_can_have_hours_of_their_own():
    hours = make("Mo-Fr 09:00-17:00; SH 10:00-12:00")
    assert is_open_at(hours, at("2026-12-22 10:30"))
    assert not is_open_at(hours, at("2026-12-22 14:00"))


@pytest.mark.parametrize("fields", [{"region": None}, {}])
def test_where_school_holidays_are_not_known_that_is_said(fields):
    moment = at("2029-12-27 10:00")
    today = describe_today(make("Mo-Fr 09:00-17:00; SH off", **fields), moment)
    assert today.unsure is Unsure.SCHOOL_HOLIDAYS_UNKNOWN


def test_who_does_not_care_about_school_holidays_has_no_doubt():
    assert describe_today(make("Mo-Fr 09:00-17:00"), at("2029-12-27 10:00")).unsure is None


# ── exceptions and limits ─────────────────────────────────────────────────────


def test_a_closed_day_closes():
    hours = make("Mo-Fr 09:00-17:00", changes=(HoursChange(date(2026, 11, 23), date(2026, 11, 24), None, "Studiedag"),))
    today = describe_today(hours, at("2026-11-23 10:00"))
    assert not today.open_now
    assert today.exception == "Studiedag"
    assert today.opens_next.start == at("2026-11-25 09:00")


def test_a_services_own_exception_opens_it_on_another_day():
    hours = make(
        "Tu 13:00-15:00", changes=(HoursChange(date(2026, 12, 23), date(2026, 12, 23), "10:00-15:00", "extra"),)
    )
    assert is_open_at(hours, at("2026-12-23 11:00"))


def test_a_shorter_day_of_the_building_opens_nobody():
    building = HoursChange(date(2026, 12, 24), date(2026, 12, 24), "10:00-16:00", "Kerst", whole_building=True)
    tuesday_only = make("Tu 10:00-12:00", changes=(building,))
    assert not is_open_at(tuesday_only, at("2026-12-24 11:00"))  # a Thursday
    thursday = make("Th 09:00-20:00", changes=(building,))
    assert show(find_next_opening(thursday, at("2026-12-24 01:00"))) == ("2026-12-24 10:00", "2026-12-24 16:00")


def test_a_closed_building_closes_even_who_has_other_hours_that_day():
    day = date(2026, 12, 24)
    own = HoursChange(day, day, "10:00-12:00", "extra")
    building = HoursChange(day, day, None, "dicht", whole_building=True)
    assert not is_open_at(make("Th 10:00-12:00", changes=(own, building)), at("2026-12-24 11:00"))


def test_the_night_before_a_closed_day_runs_to_its_end():
    hours = make("Mo-Su 22:00-08:00", changes=(HoursChange(date(2026, 11, 24), date(2026, 11, 24)),))
    assert is_open_at(hours, at("2026-11-24 07:00"))
    assert not is_open_at(hours, at("2026-11-24 23:00"))
    assert not is_open_at(hours, at("2026-11-25 07:00"))
    assert is_open_at(hours, at("2026-11-25 22:00"))


def test_a_timetable_holds_from_its_first_to_its_last_day():
    hours = Hours(
        (
            Timetable("Mo-Fr 09:00-12:00", valid_to=date(2026, 11, 30)),
            Timetable("Mo-Fr 13:00-15:00", valid_from=date(2026, 12, 1)),
        )
    )
    assert is_open_at(hours, at("2026-11-30 10:00"))
    assert not is_open_at(hours, at("2026-12-01 10:00"))
    assert is_open_at(hours, at("2026-12-01 14:00"))
    assert not is_open_at(hours, at("2026-11-30 14:00"))


def test_two_timetables_add_up():
    hours = make("Mo 09:00-12:00", "Mo 11:00-15:00")
    assert show(find_next_opening(hours, at("2026-11-22 12:00"))) == ("2026-11-23 09:00", "2026-11-23 15:00")


# ── appointments and silence ──────────────────────────────────────────────────


@pytest.mark.parametrize("text", ['Mo-Fr 09:00-17:00 "op afspraak"', '"Op afspraak"'])
def test_an_appointment_in_a_comment_is_seen(text):
    assert describe_today(make(text), at("2026-11-23 10:00")).by_appointment


def test_hours_by_appointment_are_told_apart_from_walking_in():
    hours = make('Mo 09:00-12:00; Tu 09:00-12:00 "op afspraak"')
    assert not describe_today(hours, at("2026-11-23 10:00")).by_appointment
    assert describe_today(hours, at("2026-11-23 13:00")).by_appointment


@pytest.mark.parametrize("hours", [Hours(), make('"op afspraak"')])
def test_without_hours_we_do_not_know(hours):
    today = describe_today(hours, at("2026-11-23 10:00"))
    assert today.unsure is Unsure.NO_HOURS
    assert not today.open_now
    assert today.opens_next is None


# ── the clock ─────────────────────────────────────────────────────────────────


def test_a_night_is_an_hour_shorter_in_spring_and_longer_in_autumn():
    for day, hours_open in ((date(2027, 3, 27), 7), (date(2026, 10, 24), 9)):
        opening = find_next_opening(make("Sa 22:00-06:00"), at(f"{day} 12:00"))
        assert opening.end.astimezone(UTC) - opening.start.astimezone(UTC) == timedelta(hours=hours_open)


def test_a_time_that_the_clock_skips_is_an_hour_later():
    opening = find_next_opening(make("Su 02:30-05:00"), at("2026-03-28 12:00"))
    assert show(opening) == ("2026-03-29 03:30", "2026-03-29 05:00")


def test_in_the_hour_that_comes_twice_it_stays_open():
    hours = make("Su 01:00-05:00")
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02:30 summer time
    assert is_open_at(hours, first)
    assert is_open_at(hours, first + timedelta(hours=1))  # 02:30 winter time


def test_what_closed_before_the_hour_came_back_stays_closed():
    hours = make("Su 01:00-02:30")
    quarter_past = datetime(2026, 10, 25, 2, 15, tzinfo=AMSTERDAM)
    assert is_open_at(hours, quarter_past)
    assert not is_open_at(hours, quarter_past.replace(fold=1))


def test_a_moment_is_read_on_the_dutch_clock():
    hours = make("Mo-Fr 09:00-17:00")
    assert is_open_at(hours, datetime(2026, 11, 23, 8, 0, tzinfo=UTC))
    assert not is_open_at(hours, datetime(2026, 7, 20, 15, 0, tzinfo=UTC))  # 17:00 in summer


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        is_open_at(make("24/7"), datetime(2026, 11, 23, 10, 0))  # noqa: DTZ001


def test_a_week_over_the_turn_of_the_year():
    week = list_week(make("Mo-Fr 09:00-12:00"), date(2026, 12, 28))
    assert [day.isoformat()[5:] for day, openings in week if openings] == ["12-28", "12-29", "12-30", "12-31"]


MOMENTS = st.datetimes(
    min_value=datetime(2026, 8, 2),  # noqa: DTZ001
    max_value=datetime(2027, 7, 1),  # noqa: DTZ001
).map(lambda moment: moment.replace(tzinfo=UTC))


@settings(max_examples=60, deadline=None)
@given(
    moment=MOMENTS,
    text=st.sampled_from([text for text, _ in OPEN] + [text for text, _ in CLOSED]),
)
def test_what_is_said_of_a_moment_holds_together(moment, text):
    hours = make(text)
    today = describe_today(hours, moment)
    assert today.open_now == is_open_at(hours, moment)
    if today.open_until:
        assert today.open_until > moment
        assert not is_open_at(hours, today.open_until)
    if today.opens_next:
        assert today.opens_next.start > moment
        assert is_open_at(hours, today.opens_next.start)
        assert not is_open_at(hours, today.opens_next.start - timedelta(seconds=1))
