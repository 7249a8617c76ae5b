"""The hours of every week in words, as they are kept on paper."""

from dataclasses import replace

import pytest

from api.web.usual_hours import describe_usual_hours
from api.web.words import load_words
from referral.directory.hours import Hours, Timetable, describe_today
from referral.directory.service import get_service
from referral.directory.spoken.words import load_hour_words
from referral.settings import ROOT
from tests.clock import TUESDAY

WORDS = load_words(ROOT / "data")
HOUR_WORDS = load_hour_words(ROOT / "data")


@pytest.fixture
def describe(example_session):
    card = get_service(example_session, "ido-ommen-voorbeeld", now=TUESDAY)

    def describe(*opening_hours, language, **fields):
        hours = Hours(tuple(Timetable(one) for one in opening_hours))
        today = describe_today(hours, TUESDAY)
        service = replace(card, opening_hours=opening_hours, hours=hours, today=today, **fields)
        return describe_usual_hours(service, TUESDAY, hour_words=HOUR_WORDS, words=WORDS, language=language)

    return describe


@pytest.mark.parametrize(
    ("opening_hours", "nl", "en"),
    [
        (
            "Mo-Fr 09:00-12:30,13:00-17:00",
            "maandag-vrijdag 9.00-12.30, 13.00-17.00",
            "Monday-Friday 9.00-12.30, 13.00-17.00",
        ),
        (
            "Tu,Th 10:00-12:00; SH off",
            "dinsdag, donderdag 10.00-12.00; schoolvakanties: gesloten",
            "Tuesday, Thursday 10.00-12.00; school holidays: closed",
        ),
        (
            'Mo 09:00-12:00; Tu 09:00-12:00 "op afspraak"',
            "maandag 9.00-12.00; dinsdag 9.00-12.00 (op afspraak)",
            "Monday 9.00-12.00; Tuesday 9.00-12.00 (by appointment)",
        ),
        ("Jan-Apr Tu 10:00-12:00", "januari-april dinsdag 10.00-12.00", "January-April Tuesday 10.00-12.00"),
        ("24/7", "Dag en nacht open", "Open day and night"),
    ],
)
def test_hours_are_said_in_the_language_of_the_reader(describe, opening_hours, nl, en):
    assert describe(opening_hours, language="nl") == nl
    assert describe(opening_hours, language="en") == en


@pytest.mark.parametrize(
    ("opening_hours", "nl", "en"),
    [
        (
            "Mo-We 09:00-12:00; We 13:30-19:00",
            "dinsdag 24 november 9.00 – 12.00; woensdag 25 november 13.30 – 19.00; maandag 30 november 9.00 – 12.00",
            "Tuesday 24 November 9.00 – 12.00; Wednesday 25 November 13.30 – 19.00; Monday 30 November 9.00 – 12.00",
        ),
        (
            "We[2] 09:00-12:00",
            "Nu dicht. Weer open op woensdag 9 december van 9.00 tot 12.00 uur.",
            "Closed now. Open again on Wednesday 9 December from 9.00 to 12.00.",
        ),
        ("We[4] 09:00-12:00", "woensdag 25 november 9.00 – 12.00", "Wednesday 25 November 9.00 – 12.00"),
    ],
)
def test_what_cannot_be_said_of_every_week_is_said_of_the_coming_one(describe, opening_hours, nl, en):
    assert describe(opening_hours, language="nl") == nl
    assert describe(opening_hours, language="en") == en


def test_an_appointment_and_notes_are_told_and_nothing_known_is_said(describe):
    assert describe("Tu 09:30-11:30", language="en", by_appointment=True) == "Tuesday 9.30-11.30; By appointment only."
    assert describe(language="en", hours_notes=()) == WORDS.get_text("hours_unknown", "en")
