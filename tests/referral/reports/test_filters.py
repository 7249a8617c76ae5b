"""A report's address is read, written and compared as somebody who filled it in would expect."""

from datetime import date

import pytest

from referral.errors import InvalidInput
from referral.reports.dimensions import Dimension
from referral.reports.filters import Filters, Period, read_filters

TODAY = date(2026, 11, 24)


def test_a_year_until_today_is_usual():
    period = read_filters([], today=TODAY).period
    assert (period.first, period.last) == (date(2025, 11, 25), TODAY)


def test_what_is_written_is_read_back():
    filters = Filters(
        Period(date(2026, 1, 1), date(2026, 3, 31)),
        {Dimension.TOPIC: frozenset({"digid", "boete"}), Dimension.CHANNEL: frozenset({"web"})},
    )
    assert read_filters(filters.list_parameters(), today=TODAY) == filters


def test_empty_and_other_parameters_are_left_alone():
    assert read_filters([("topic", " "), ("page", "2")], today=TODAY) == read_filters([], today=TODAY)


@pytest.mark.parametrize(
    "parameters",
    [
        [("from", "24-11-2026")],
        [("from", "2026-13-01")],
        [("from", "2026-11-24"), ("to", "2026-11-23")],
        [("from", "1990-01-01")],
        [("topic", "x" * 81)],
        [("topic", str(number)) for number in range(401)],
    ],
)
def test_what_cannot_be_is_an_error(parameters):
    with pytest.raises(InvalidInput):
        read_filters(parameters, today=TODAY)


def test_a_year_is_compared_with_the_same_days_of_the_year_before():
    before = Period(date(2026, 1, 1), date(2026, 12, 31)).find_before()
    assert (before.first, before.last) == (date(2025, 1, 1), date(2025, 12, 31))
    leap = Period(date(2028, 2, 1), date(2028, 2, 29)).find_before()
    assert (leap.first, leap.last) == (date(2027, 2, 1), date(2027, 2, 28))
    longer = Period(date(2023, 1, 1), date(2026, 12, 31)).find_before()
    assert (longer.first, longer.last) == (date(2019, 1, 1), date(2022, 12, 31))


def test_there_is_nothing_before_the_calendar():
    with pytest.raises(InvalidInput):
        Period(date(1, 1, 1), date(1, 3, 1)).find_before()


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-10-03", "2026-10-09", ("2026-10-01", "2026-10-31")),
        ("2026-07-31", "2026-08-01", ("2026-07-01", "2026-09-30")),
        ("2026-03-31", "2026-04-01", ("2026-01-01", "2026-10-31")),
        ("2025-12-31", "2026-01-01", ("2025-01-01", "2026-10-31")),
        ("2025-11-25", "2026-11-24", ("2025-01-01", "2026-10-31")),
        ("2026-09-20", "2026-11-24", ("2026-01-01", "2026-10-31")),
        ("2026-11-01", "2026-11-24", ("2026-10-01", "2026-10-31")),
        ("2027-01-01", "2027-02-01", ("2026-10-01", "2026-10-31")),
        ("2024-02-10", "2024-02-11", ("2024-02-01", "2024-02-29")),
    ],
)
def test_for_others_a_period_is_widened_to_what_the_calendar_knows(first, last, expected):
    widened = Period(date.fromisoformat(first), date.fromisoformat(last)).widen(TODAY)
    assert (widened.first.isoformat(), widened.last.isoformat()) == expected
    assert widened.widen(TODAY) == widened
