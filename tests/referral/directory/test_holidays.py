"""Which holidays there are, and what a library may decide about them."""

from datetime import date

import pytest

from referral.directory.holidays import Holiday, Rule, apply_policy, list_holidays, make_policy
from referral.errors import InvalidContent


def test_every_year_has_all_eleven_holidays():
    for year in range(2024, 2036):
        assert sorted(list_holidays(year).values()) == sorted(Holiday)


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        (date(2027, 3, 26), Holiday.GOEDE_VRIJDAG),
        (date(2027, 3, 29), Holiday.TWEEDE_PAASDAG),
        (date(2027, 4, 27), Holiday.KONINGSDAG),
        (date(2025, 4, 26), Holiday.KONINGSDAG),  # the 27th was a Sunday
        (date(2027, 5, 5), Holiday.BEVRIJDINGSDAG),
        (date(2027, 5, 6), Holiday.HEMELVAARTSDAG),
        (date(2027, 5, 17), Holiday.TWEEDE_PINKSTERDAG),
    ],
)
def test_holidays_fall_where_the_calendar_has_them(day, holiday):
    assert list_holidays(day.year)[day] is holiday


def test_nobody_is_presented_as_open_at_christmas_without_saying_so():
    policy = make_policy({})
    assert apply_policy(policy, date(2026, 12, 25)) is Rule.CLOSED
    assert apply_policy(policy, date(2026, 12, 24)) is Rule.OPEN


@pytest.mark.parametrize("day", [date(2027, 3, 26), date(2027, 5, 5)])
def test_where_libraries_differ_the_answer_is_ask(day):
    assert apply_policy(make_policy({}), day) is Rule.ASK


def test_a_library_decides_for_itself():
    policy = make_policy({"goede_vrijdag": "open", "bevrijdingsdag": "lustrum"})
    assert apply_policy(policy, date(2027, 3, 26)) is Rule.OPEN
    assert apply_policy(policy, date(2027, 5, 5)) is Rule.OPEN
    assert apply_policy(policy, date(2030, 5, 5)) is Rule.CLOSED
    assert apply_policy(policy, date(2026, 12, 25)) is Rule.CLOSED


@pytest.mark.parametrize("overrides", [{"sinterklaas": "open"}, {"koningsdag": "dicht"}, {"": ""}])
def test_a_policy_for_what_does_not_exist_is_refused(overrides):
    with pytest.raises(InvalidContent):
        make_policy(overrides)
