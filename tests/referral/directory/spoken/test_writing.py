"""Hours go out in words wherever those words come back as the same hours, and else as notation."""

import pytest

from referral.directory.spoken.hours import SpokenHours, read_spoken_hours
from referral.directory.spoken.words import load_hour_words
from referral.directory.spoken.writing import write_spoken_hours
from referral.settings import ROOT

WORDS = load_hour_words(ROOT / "data")
IN_WORDS = {
    "Mo-Fr 09:00-12:00,13:00-17:00": "ma-vr 09:00-12:00,13:00-17:00",
    "Tu,Th 10:00-12:00; SH off": "di,do 10:00-12:00; schoolvakanties gesloten",
    'Mo 09:00-12:00; Tu 09:00-12:00 "op afspraak"': "ma 09:00-12:00; di 09:00-12:00 op afspraak",
    "Jan-Apr Tu 10:00-12:00": "januari-april di 10:00-12:00",
    "24/7": "24/7",
}
AS_NOTATION = [
    "Mo-Fr 09:00-12:00; Th 13:30-19:00",
    "We[2] 09:00-12:00",
    "easter +1 day off; Mo-Fr 10:00-12:00",
    'Mo 09:00-12:00 "vraag naar Jan"',
    "week 1-53/2 Mo 10:00-12:00",
]


@pytest.mark.parametrize("notation", IN_WORDS)
def test_hours_are_written_in_dutch(notation):
    assert write_spoken_hours(notation, WORDS) == IN_WORDS[notation]


@pytest.mark.parametrize("notation", AS_NOTATION)
def test_what_would_not_come_back_is_written_as_notation(notation):
    assert write_spoken_hours(notation, WORDS) == notation


@pytest.mark.parametrize("notation", [*IN_WORDS, *AS_NOTATION])
def test_what_is_written_says_the_same_when_it_is_read(notation):
    assert read_spoken_hours(write_spoken_hours(notation, WORDS), WORDS) == SpokenHours(notation)
