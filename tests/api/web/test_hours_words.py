"""Opening hours in one or two short sentences."""

from datetime import UTC, datetime

import pytest

from api.web.hours_words import describe_hours, say_day, say_time
from api.web.words import load_words
from referral.clock import AMSTERDAM
from referral.directory.hours import Hours, Timetable, describe_today
from referral.settings import ROOT

WORDS = load_words(ROOT / "data")
OFFICE = "Mo-Fr 09:00-12:30,13:30-17:00"


def describe(text, moment, language="nl", **fields):
    now = datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM)
    return describe_hours(describe_today(Hours((Timetable(text),), **fields), now), now, words=WORDS, language=language)


# 24 November 2026 is a Tuesday; Christmas is a Friday.
SAID = [
    (OFFICE, "2026-11-24T10:15", "Nu open, tot 12.30 uur."),
    (OFFICE, "2026-11-24T09:00", "Nu open, tot 12.30 uur."),
    (OFFICE, "2026-11-24T12:30", "Vandaag open van 13.30 tot 17.00 uur."),
    (OFFICE, "2026-11-24T07:59", "Vandaag open van 9.00 tot 12.30 uur."),
    (OFFICE, "2026-11-24T17:00", "Nu dicht. Weer open op woensdag 25 november van 9.00 tot 12.30 uur."),
    (OFFICE, "2026-12-24T18:00", "Nu dicht. Weer open op maandag 28 december van 9.00 tot 12.30 uur."),
    ("Fr 22:00-02:00", "2026-11-28T00:30", "Nu open, tot 2.00 uur."),
    ("24/7", "2026-12-25T03:00", "Dag en nacht open."),
    ("Mar-Apr Sa 10:00-12:30", "2026-11-24T10:15", "Nu dicht. Weer open op zaterdag 6 maart van 10.00 tot 12.30 uur."),
    # By appointment: by the comment of these hours, or of the service as a whole.
    (
        'Tu 09:00-12:00 "op afspraak"',
        "2026-11-24T10:15",
        "Nu open, tot 12.00 uur. Alleen met een afspraak.",
    ),
    ('"op afspraak"', "2026-11-24T10:15", "Alleen met een afspraak."),
    # It may be closed or not: then we do not say.
    ("2025 Mo-Fr 09:00-17:00", "2026-11-24T10:15", "Nu dicht. Ik weet niet wanneer het weer open is."),
]


@pytest.mark.parametrize(("text", "moment", "said"), SAID)
def test_hours_are_said_as_on_a_door(text, moment, said):
    assert describe(text, moment) == said


@pytest.mark.parametrize(
    ("text", "moment", "said"),
    [
        (OFFICE, "2026-11-24T10:15", "Open now, until 12.30."),
        (OFFICE, "2026-11-24T07:59", "Open today from 9.00 to 12.30."),
        (OFFICE, "2026-11-24T17:00", "Closed now. Open again on Wednesday 25 November from 9.00 to 12.30."),
        ("24/7", "2026-11-24T10:15", "Open day and night."),
    ],
)
def test_hours_are_said_in_english(text, moment, said):
    assert describe(text, moment, "en") == said


def test_a_service_by_appointment_says_so_beside_its_hours():
    said = describe(OFFICE, "2026-11-24T10:15", by_appointment=True)
    assert said == "Nu open, tot 12.30 uur. Alleen met een afspraak."
    assert describe("24/7", "2026-11-24T10:15", by_appointment=True) == "Dag en nacht open."


def test_where_the_school_holidays_are_not_known_it_does_not_say_closed():
    # Of 2035 nobody knows them yet: the partner may be closed, or open.
    said = describe("Mo-Fr 09:00-17:00; SH off", "2035-07-16T20:00")
    assert said == WORDS.get_text("hours_unknown", "nl")


def test_a_time_is_that_of_the_clock_on_the_wall_summer_and_winter():
    assert say_time(datetime(2026, 7, 1, 7, 5, tzinfo=UTC)) == "9.05"
    assert say_time(datetime(2026, 12, 1, 7, 5, tzinfo=UTC)) == "8.05"
    assert say_time(datetime(2026, 12, 1, 23, 0, tzinfo=UTC)) == "0.00"


def test_a_day_is_that_of_the_netherlands():
    evening = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    assert (say_day(evening, "nl"), say_day(evening, "en")) == ("woensdag 25 november", "Wednesday 25 November")
