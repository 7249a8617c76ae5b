"""Which months a period has whole, and which sums are read for a figure."""

from datetime import date

import pytest

from referral.tallies.cells import Fact
from referral.tallies.rollups import ROLLUPS, Months, find_months, find_rollup, find_source

TALLIED = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2026, 9, 1), date(2026, 9, 30), (date(2026, 9, 1), date(2026, 10, 1))),
        (date(2026, 8, 2), date(2026, 10, 30), (date(2026, 9, 1), date(2026, 10, 1))),
        (date(2025, 12, 31), date(2026, 1, 31), (date(2026, 1, 1), date(2026, 2, 1))),
        (date(2026, 10, 5), date(2026, 11, 22), (date(2026, 11, 1), TALLIED)),
        (date(2026, 11, 1), date(2026, 11, 19), (date(2026, 11, 1), TALLIED)),
        (date(2026, 11, 1), date(2026, 11, 18), None),
        (date(2026, 9, 2), date(2026, 10, 30), None),
        (date(2026, 11, 20), date(2026, 12, 31), None),
    ],
)
def test_a_month_counts_when_every_tallied_day_of_it_lies_in_the_period(first, last, months):
    assert find_months(first, last, before=TALLIED) == (Months(*months) if months else None)


def test_before_anything_is_tallied_there_are_no_months():
    assert find_months(date(2026, 1, 1), date(2026, 12, 31), before=date.min) is None


@pytest.mark.parametrize("fact", list(Fact))
def test_every_rollup_is_read_for_its_own_answers_and_the_narrowest_wins(fact):
    for rollup in ROLLUPS[fact]:
        found = find_rollup(fact, rollup.columns)
        assert set(found.columns) == set(rollup.columns)
        some = find_rollup(fact, rollup.columns[:1])
        assert len(some.columns) <= len(rollup.columns)


@pytest.mark.parametrize("fact", list(Fact))
def test_a_rollup_is_summed_from_a_wider_one_that_is_made_before_it(fact):
    made = []
    for rollup in reversed(ROLLUPS[fact]):
        source = find_source(fact, rollup)
        assert source is None or (source in made and set(rollup.columns) < set(source.columns))
        made.append(rollup)
    assert any(find_source(fact, rollup) for rollup in ROLLUPS[fact])


def test_what_no_rollup_has_together_is_read_from_the_days():
    assert find_rollup(Fact.QUESTION, {"organisation", "cause"}) is None
    assert find_rollup(Fact.PAIR, {"topic", "municipality"}) is None
