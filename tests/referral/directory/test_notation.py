"""Opening hours as people write them: accepted, refused because they would mislead, refused because unreadable."""

import pytest

from referral.directory.notation import read_notation
from referral.errors import InvalidContent

RIGHT = [
    "24/7",
    "Mo-Fr 09:00-17:00",
    "Mo-Fr 09:00-12:30,13:00-17:00; Sa 10:00-12:00; PH off",
    "Jan-Apr Tu,Th 10:00-12:00",
    "Feb 15-Apr 30 Mo-Fr 13:00-16:00",
    "Mo[1] 10:00-12:00",
    "Th[-1] 14:00-16:00",
    "We 09:30-11:30; SH off",
    "PH,SH off; Mo 10:00-12:00",
    'Mo-Fr 09:00-17:00 "op afspraak"',
    '"op afspraak"',
    "Fr 22:00-02:00",
    "week 1-53/2 Mo 10:00-12:00",
    "2027 Jan 5 10:00-12:00",
    "Feb 29 10:00-12:00",
    "easter +1 day off; Mo-Fr 10:00-12:00",
]
WELL_FORMED_BUT_MISLEADING = [
    ("Feb 30 10:00-12:00", 1, "does not exist"),
    ("Mo 10:00-12:00; Apr 31 10:00-12:00", 17, "does not exist"),
    ("Jun 1-31 10:00-12:00", 1, "does not exist"),
    ("Mo-Fr", 1, "without times"),
    ("Mo 10:00-12:00; Tu-Fr", 16, "without times"),
    ('Mo-Fr "op afspraak"', 1, "without times"),
    ("Mo-Fr 09:00+", 7, "open end"),
    ("Mo-Fr sunrise-sunset", 7, "sunrise"),
    ("Mo-Fr 09:00-17:00; SH Mo 10:00-12:00", 20, "put it alone"),
    ("PH -1 day 10:00-12:00", 1, "put it alone"),
    ('Tu 10:00-12:00 "dicht\x00"', 22, "control character"),
    ("Mo 10:00-12:00;" * 40, None, "longer than"),
]
MALFORMED = [
    ("", 1),
    ("Ma-Vr 9-17", 1),
    ("Mo-Fr 25:00-26:00", 7),
    ("Mo-Fr 10.00-12.00", 7),
    ("Mo-Fr 09:00-17:00 en verder", 19),
    ("Mo-Fr 10:00-12:00,", 19),
    ("Mo–Fr 10:00–12:00", 3),
    ("op afspraak", 1),
]


@pytest.mark.parametrize("text", RIGHT)
def test_hours_that_people_write_are_read(text):
    assert read_notation(text).text == text


@pytest.mark.parametrize(("text", "position", "why"), WELL_FORMED_BUT_MISLEADING)
def test_hours_that_would_mislead_are_refused_with_the_place_and_the_reason(text, position, why):
    with pytest.raises(InvalidContent) as caught:
        read_notation(text)
    assert why in str(caught.value)
    if position is not None:
        assert f"character {position}:" in str(caught.value)


@pytest.mark.parametrize(("text", "position"), MALFORMED)
def test_hours_that_cannot_be_read_are_refused_with_the_place(text, position):
    with pytest.raises(InvalidContent, match=f"from character {position}:"):
        read_notation(text)


def test_a_word_in_a_comment_is_not_a_rule():
    notation = read_notation('Mo 10:00-12:00 "niet op PH, SH of na sunset 09:00+"')
    assert not notation.mentions_public_holidays
    assert not notation.mentions_school_holidays


def test_the_editor_is_warned_of_what_is_read_but_written_oddly():
    assert read_notation("mo 10:00-12:00").warnings
    assert not read_notation("Mo 10:00-12:00").warnings
