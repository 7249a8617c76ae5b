"""Opening hours to HSDS schedules and back: the same openings, whatever the hours."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.directory.holidays import OPEN_ON_HOLIDAYS
from referral.directory.notation import read_notation
from referral.directory.openings import Hours, Timetable, list_openings
from referral.exchange.hsds.schedules import OSM_DAYS, quote, read_rule, write_rules

# Four weeks without a holiday, from a Monday.
START, END = date(2026, 9, 7), date(2026, 10, 5)
# An opening of days on end that began before them is seen whole.
MARGIN = timedelta(days=14)

RULES = {
    "Tu 09:30-11:30; SH off": [("WEEKLY", "TU", "09:30", "11:30")],
    "Mo-Fr 09:00-12:00; Th 13:30-19:00": [
        ("WEEKLY", "MO,TU,WE,FR", "09:00", "12:00"),
        ("WEEKLY", "TH", "13:30", "19:00"),
    ],
    "Mo 09:00-12:00,13:00-17:00": [("WEEKLY", "MO", "09:00", "12:00"), ("WEEKLY", "MO", "13:00", "17:00")],
    "Fr 22:00-02:00": [("WEEKLY", "FR", "22:00", "02:00")],
    "24/7": [("WEEKLY", "MO,TU,WE,TH,FR,SA,SU", "00:00", "24:00")],
    "We[2] 09:00-12:00; PH off": [("MONTHLY", "2WE", "09:00", "12:00")],
    "Fr[1,-1] 14:00-15:30": [("MONTHLY", "1FR,-1FR", "14:00", "15:30")],
    'Mo 10:00-12:00 "op afspraak"': [("WEEKLY", "MO", "10:00", "12:00")],
}


@pytest.mark.parametrize("hours", RULES)
def test_hours_become_the_rules_that_a_calendar_knows(hours):
    written = write_rules(hours)
    assert [(one["freq"], one["byday"], one["opens_at"], one["closes_at"]) for one in written] == RULES[hours]


@pytest.mark.parametrize(
    "hours",
    [
        '"op afspraak"',
        "Jan-Apr Tu 10:00-12:00",
        "2026 Mo 10:00-12:00",
        "week 1-10 Mo 10:00-12:00",
        "easter 10:00-12:00",
        "Mo 09:00-10:00; We[2] 10:00-11:00",
        "We[2] 10:00-11:00; We[2] 13:00-14:00",
        "Sa[2] 22:00-02:00; Su[2] 01:00-03:00",
        "Mo off",
    ],
)
def test_what_a_rule_cannot_say_is_one_schedule_without_a_rule(hours):
    assert write_rules(hours) == [{}]


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"freq": "WEEKLY", "byday": "MO"},
        {"freq": "WEEKLY", "opens_at": "09:00", "closes_at": "10:00"},
        {"freq": "WEEKLY", "byday": "1MO", "opens_at": "09:00", "closes_at": "10:00"},
        {"freq": "MONTHLY", "byday": "MO", "opens_at": "09:00", "closes_at": "10:00"},
        {"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "10:00", "interval": 2},
        {"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "10:00", "count": 3},
        {"freq": "MONTHLY", "bymonthday": "2", "opens_at": "09:00", "closes_at": "10:00"},
        {"freq": "WEEKLY", "byday": "XX", "opens_at": "09:00", "closes_at": "10:00"},
        {"freq": "WEEKLY", "byday": 1, "opens_at": "09:00", "closes_at": "10:00"},
        {"freq": "WEEKLY", "byday": "MO", "opens_at": "9 uur", "closes_at": "10:00"},
        {"freq": "WEEKLY", "byday": "MO", "opens_at": "25:00", "closes_at": "10:00"},
        {"freq": "DAILY", "byday": "MO", "opens_at": "09:00", "closes_at": "10:00"},
    ],
)
def test_a_rule_that_says_more_or_less_than_hours_is_not_guessed(rule):
    assert read_rule(rule) is None


@pytest.mark.parametrize("words", ["", 'Bel "eerst"', "x" * 900, "twee\nregels", "bel\x07"])
def test_words_become_hours_that_open_nothing(words):
    assert read_notation(quote(words)).says_nothing


minutes = st.integers(0, 24 * 4 - 1).map(lambda quarter: quarter * 15)
spans = st.tuples(minutes, st.integers(1, 24 * 4).map(lambda quarter: quarter * 15))


def write_span(span):
    start, length = span
    end = start + length if start + length <= 24 * 60 else (start + length) % (24 * 60)
    return f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"


days = st.lists(st.sampled_from(OSM_DAYS), min_size=1, max_size=7, unique=True).map(",".join)
weekly = st.tuples(days, st.lists(spans, min_size=1, max_size=2)).map(
    lambda rule: f"{rule[0]} {','.join(write_span(span) for span in rule[1])}"
)
numbers = st.sampled_from(["1", "2", "4", "-1", "1,3", "2,4"])
daytimes = st.tuples(st.integers(8, 15), st.integers(1, 8)).map(lambda span: (span[0] * 60, span[1] * 60))
monthly = st.dictionaries(st.sampled_from(OSM_DAYS), st.tuples(numbers, daytimes), min_size=1, max_size=3).map(
    lambda rules: "; ".join(f"{day}[{number}] {write_span(span)}" for day, (number, span) in rules.items())
)
any_hours = st.one_of(st.lists(weekly, min_size=1, max_size=4).map("; ".join), monthly)


def list_minutes(*hours):
    """The minutes at which any of these hours is open, as ranges; an opening that touches the next is joined to it."""
    opened = Hours(tuple(Timetable(one) for one in hours), policy=OPEN_ON_HOLIDAYS)
    first, last = (datetime.combine(day, time.min) for day in (START, END))
    clipped = (
        (max(opening.start, first), min(opening.end, last))
        for opening in list_openings(opened, START - MARGIN, END + MARGIN)
    )
    return [(start, end) for start, end in clipped if start < end]


@settings(max_examples=200, deadline=None)
@given(any_hours)
def test_hours_that_go_out_and_come_back_open_at_the_same_minutes(hours):
    rules = write_rules(hours)
    back = [read_rule(rule) for rule in rules]
    assert None not in back
    assert list_minutes(*back) == list_minutes(hours)


@settings(max_examples=200, deadline=None)
@given(any_hours)
def test_rules_that_come_back_go_out_again_as_they_were(hours):
    for rule in write_rules(hours):
        assert write_rules(read_rule(rule)) == [rule]


def test_the_weeks_of_these_tests_have_no_holiday():
    assert START.weekday() == 0
    assert (END - START) % timedelta(days=7) == timedelta(0)
