"""Who is not doubted does open: what the text of the hours promises, the hours keep."""

from collections import namedtuple
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.clock import AMSTERDAM
from referral.directory.hours import list_between
from referral.directory.openings import Hours, HoursChange, Timetable
from referral.directory.rest import find_doubtful, make_stretch
from referral.directory.school_holidays import Region
from referral.directory.service import get_school_holidays

DAYS = 27
Row = namedtuple("Row", ["service_id", "opening_hours", "first", "last"])


def doubt(table, changes, first):
    rows = [Row("a", table.opening_hours, table.valid_from, table.valid_to)]
    rows += [Row("a", None, change.start, change.end) for change in changes]
    return bool(find_doubtful(rows, make_stretch(first, DAYS, get_school_holidays())))


RULES = st.sampled_from(
    ["Mo", "Fr", "Sa", "Mo,We", "Tu-Th", "Mo-Fr", "Mo[1]", "Jan-Mar Mo", "week 1-20 Tu", "SH", "2027 Mo"]
)
TEXTS = st.builds(
    lambda days, times, more: f"{days} {times}{more}",
    RULES,
    st.sampled_from(["10:00-12:00", "09:00-12:00,13:00-17:00", "22:00-02:00", '10:00-12:00 "op afspraak"']),
    st.sampled_from(["", "; PH off", "; SH off", "; PH,SH off", "; Th 18:30-20:30", "; Mo off"]),
)
DATES = st.dates(date(2026, 1, 1), date(2027, 12, 31))
CHANGES = st.lists(
    st.builds(lambda start, days: HoursChange(start, start + timedelta(days=days)), DATES, st.integers(0, 60)),
    max_size=4,
)


@settings(max_examples=400, deadline=None)
@given(text=TEXTS, first=DATES, region=st.sampled_from([None, *Region]), start=st.none() | DATES, changes=CHANGES)
def test_who_is_not_doubted_opens(text, first, region, start, changes):
    table = Timetable(text, valid_from=start)
    if not doubt(table, changes, first):
        hours = Hours((table,), tuple(changes), region=region, school_holidays=get_school_holidays())
        begin = datetime.combine(first, time.min, AMSTERDAM)
        assert any(list_between(hours, begin, begin + timedelta(days=DAYS)))


NOVEMBER, JULY = date(2026, 11, 24), date(2027, 7, 24)


@pytest.mark.parametrize(
    ("text", "first", "is_doubted"),
    [
        ("Mo 10:00-12:00", NOVEMBER, False),
        ("24/7", NOVEMBER, False),
        ("Mo-Fr 09:00-12:00, 13:00-17:00; Sa 10:00-12:00; PH off", NOVEMBER, False),
        ('Tu 10:00-12:00 "op afspraak"; SH off', NOVEMBER, False),
        ("Mo 10:00-12:00", JULY, True),  # the text is not read for whether it has school holidays
        ("Mo[1] 10:00-12:00", NOVEMBER, True),
        ("Jan-Mar Mo 10:00-12:00", NOVEMBER, True),
        ("dinsdagochtend", NOVEMBER, True),
    ],
)
def test_plain_hours_are_not_doubted(text, first, is_doubted):
    assert doubt(Timetable(text), [], first) is is_doubted


def test_a_closure_is_doubted_when_it_leaves_a_weekday_out():
    start = date(2026, 9, 7)  # no holiday until the 9th of October
    for days, is_doubted in ((DAYS - 7, False), (DAYS - 6, True)):
        change = HoursChange(start, start + timedelta(days=days - 1))
        assert doubt(Timetable("Mo 10:00-12:00"), [change], start) is is_doubted
