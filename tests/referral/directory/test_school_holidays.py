"""School holidays by region, from the project's own file and from broken ones."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from referral.directory.school_holidays import Region, read_school_holidays
from referral.errors import InvalidContent
from referral.settings import ROOT

FILE = ROOT / "data" / "school_holidays.yml"


@pytest.mark.parametrize("region", list(Region))
def test_each_region_has_six_weeks_of_summer_and_two_of_christmas(region):
    ranges = read_school_holidays(FILE).list_ranges(region)
    weeks = {start: (end - start).days + 1 for start, end in ranges}
    assert weeks[max(weeks)] == 44  # Saturday to Sunday over six weeks
    assert (date(2026, 12, 19), date(2027, 1, 3)) in ranges
    assert all(first[1] < second[0] for first, second in pairwise(ranges))


@pytest.mark.parametrize("region", list(Region))
def test_holidays_begin_on_a_saturday_and_end_on_a_sunday(region):
    for start, end in read_school_holidays(FILE).list_ranges(region):
        assert start.weekday() == 5 or start == date(2026, 8, 1)
        assert end.weekday() == 6


def test_the_regions_do_not_all_go_at_once():
    known = read_school_holidays(FILE)
    starts = {known.list_ranges(region)[-1][0] for region in Region}
    assert len(starts) == 3


def test_a_holiday_that_is_everywhere_the_same_needs_no_region():
    known = read_school_holidays(FILE)
    assert known.list_named("kerstvakantie", None) == ((date(2026, 12, 19), date(2027, 1, 3)),)
    assert known.list_named("voorjaarsvakantie", None) == ()
    assert known.list_named("voorjaarsvakantie", Region.ZUID) == ((date(2027, 2, 13), date(2027, 2, 21)),)
    assert known.list_named("suikerfeest", Region.ZUID) == ()


def test_outside_the_known_years_nothing_is_known():
    known = read_school_holidays(FILE)
    assert known.knows(date(2026, 11, 22))
    assert not known.knows(date(2029, 1, 1))
    assert max(end for _, end in known.known) + timedelta(days=1) == date(2027, 8, 1)


@pytest.mark.parametrize(
    "content",
    [
        "school_years: [{year: a, start: 2026-08-01, end: 2027-07-31, source: x, holidays: "
        "[{name: kerst, regions: [noord], start: 2027-01-03, end: 2026-12-19}]}]",
        "school_years: [{year: a, start: 2026-08-01, end: 2027-07-31, source: x, holidays: "
        "[{name: kerst, regions: [oost], start: 2026-12-19, end: 2027-01-03}]}]",
        "school_years: nee",
        "[",
    ],
)
def test_a_broken_file_is_named(tmp_path, content):
    path = tmp_path / "school_holidays.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InvalidContent, match=r"school_holidays\.yml"):
        read_school_holidays(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InvalidContent, match=r"nowhere\.yml"):
        read_school_holidays(tmp_path / "nowhere.yml")
