"""Hours as people write them: read, read with exceptions, and not understood with the words that were not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.directory.notation import read_notation
from referral.directory.school_holidays import read_school_holidays
from referral.directory.spoken.hours import Misread, MisreadReason, SpokenHours, read_spoken_hours
from referral.directory.spoken.words import load_hour_words
from referral.settings import ROOT

WORDS = load_hour_words(ROOT / "data")

READ = {
    "ma t/m vr 9.00-17.00 uur": "Mo-Fr 09:00-17:00",
    "ma-vr 9-12 en 13-17": "Mo-Fr 09:00-12:00,13:00-17:00",
    "dinsdag 10 tot 12": "Tu 10:00-12:00",
    "di/do 13u30-16u": "Tu,Th 13:30-16:00",
    "di en do 10-12": "Tu,Th 10:00-12:00",
    "Di. en do. 10.00 – 12.00 u.": "Tu,Th 10:00-12:00",
    "elke 1e dinsdag van de maand 14:00-16:00": "Tu[1] 14:00-16:00",
    "eerste en derde woensdag van de maand van 9 tot 11 uur": "We[1,3] 09:00-11:00",
    "iedere laatste vrijdag van de maand 13:00 - 15:00": "Fr[-1] 13:00-15:00",
    "di 10-12, eerste di van de maand 14-16": "Tu 10:00-12:00, Tu[1] 14:00-16:00",
    "di 10-12; niet in de schoolvakanties": "Tu 10:00-12:00; SH off",
    "ma, wo en vr 9-12, behalve op feestdagen": "Mo,We,Fr 09:00-12:00; PH off",
    "in de schoolvakanties gesloten. Ma-vr 9-12": "Mo-Fr 09:00-12:00; SH off",
    "24 uur per dag": "24/7",
    "24/7": "24/7",
    "ma t/m vr 24 uur per dag": "Mo-Fr 00:00-24:00",
    "dagelijks van 10.00 tot 22.00 uur": "Mo-Su 10:00-22:00",
    "werkdagen 8.30-17.00": "Mo-Fr 08:30-17:00",
    "door de week 9-17, weekend 10-16": "Mo-Fr 09:00-17:00; Sa,Su 10:00-16:00",
    "gesloten op vrijdag": "Fr off",
    "ma-vr 9-17, gesloten op vrijdag": "Mo-Th 09:00-17:00",
    "gesloten op ma, di-vr 9-17": "Tu-Fr 09:00-17:00",
    "ma gesloten, di 9-12, wo gesloten": "Tu 09:00-12:00",
    "ma-vr behalve wo 9-17": "Mo,Tu,Th,Fr 09:00-17:00",
    "maandag 9-12, dinsdag 9-12 en donderdag 13-17": "Mo,Tu 09:00-12:00; Th 13:00-17:00",
    "ma t/m vr 9-12, do 13.30-19": "Mo-We,Fr 09:00-12:00; Th 09:00-12:00,13:30-19:00",
    "ma t/m vr 9-12, do ook 13.30-19": "Mo-We,Fr 09:00-12:00; Th 09:00-12:00,13:30-19:00",
    "ma t/m vr 9-17, do 9-20": "Mo-We,Fr 09:00-17:00; Th 09:00-20:00",
    "maandag: 9:00 - 12:00\ndinsdag: 13:00 - 17:00\nwoensdag: gesloten": "Mo 09:00-12:00; Tu 13:00-17:00",
    "Maandag\n9.00 - 12.00 uur\nDonderdag\n13.00 - 16.00 uur": "Mo 09:00-12:00; Th 13:00-16:00",
    "10-12 uur op dinsdag": "Tu 10:00-12:00",
    "van 10 tot 12 op dinsdag en van 13 tot 15 op donderdag": "Tu 10:00-12:00; Th 13:00-15:00",
    "dinsdagmiddag 2-4": "Tu 14:00-16:00",
    "dinsdag van 2 tot 4 uur 's middags": "Tu 14:00-16:00",
    "donderdagavond 7 tot half 10": "Th 19:00-21:30",
    "woensdagochtend tussen half tien en kwart voor twaalf": "We 09:30-11:45",
    "ma 9 tot 12 en 1 tot 5": "Mo 09:00-12:00,13:00-17:00",
    "ma-vr 9 tot 5": "Mo-Fr 09:00-17:00",
    "di 0900-1700": "Tu 09:00-17:00",
    "vr 22.00-02.00": "Fr 22:00-02:00",
    "za t/m ma 10-12": "Mo,Sa,Su 10:00-12:00",
    "januari t/m april: di 10-12": "Jan-Apr Tu 10:00-12:00",
    "di 10-12 (januari t/m april)": "Jan-Apr Tu 10:00-12:00",
    "1 maart t/m 15 april di en do 13.00-16.00": "Mar 01-Apr 15 Tu,Th 13:00-16:00",
    "ma-vr 9-12, gesloten in juli en augustus": "Mo-Fr 09:00-12:00; Jul off; Aug off",
    "di 10-12, 24 december gesloten": "Tu 10:00-12:00; Dec 24 off",
    "di 10-12, niet van 24-12-2026 t/m 02-01-2027": "Tu 10:00-12:00; 2026 Dec 24-2027 Jan 02 off",
    "di 10-12 in de even weken": "week 2-52/2 Tu 10:00-12:00",
    "ma-do 9-12 vr op afspraak": 'Mo-Th 09:00-12:00; Fr unknown "op afspraak"',
    "ma 9-12 op afspraak, di 9-12": 'Mo 09:00-12:00 "op afspraak"; Tu 09:00-12:00',
    "inloop ma 9-12, op afspraak di 9-12": 'Mo 09:00-12:00; Tu 09:00-12:00 "op afspraak"',
    "ma-vr 9-12 inloop, ma-vr 13-17 op afspraak": 'Mo-Fr 09:00-12:00, Mo-Fr 13:00-17:00 "op afspraak"',
    "di 10-12, ook in de schoolvakanties": "Tu 10:00-12:00",
    "ma t/m vr en feestdagen 10-12": "Mo-Fr 10:00-12:00; PH 10:00-12:00",
    "Mo-Fr 09:00-12:00; Th 13:30-19:00; PH off": "Mo-Fr 09:00-12:00; Th 13:30-19:00; PH off",
}
BY_APPOINTMENT = {
    "op afspraak": None,
    "alleen op afspraak": None,
    "ma-vr 9-17, op afspraak": "Mo-Fr 09:00-17:00",
    "Alleen op afspraak: ma 9-12, di 10-12": "Mo 09:00-12:00; Tu 10:00-12:00",
    "ma 9-12 op afspraak": "Mo 09:00-12:00",
}
WITHOUT_SCHOOL_HOLIDAY = {
    "di en do 10-12, niet in de kerstvakantie": ("Tu,Th 10:00-12:00", ("kerstvakantie",)),
    "di 10-12 (niet in kerstvakantie en zomervakantie)": ("Tu 10:00-12:00", ("kerstvakantie", "zomervakantie")),
    "di 10-12, kerstvakantie gesloten, do 13-15": ("Tu 10:00-12:00; Th 13:00-15:00", ("kerstvakantie",)),
    "geen spreekuur in de meivakantie; vr 9-11": ("Fr 09:00-11:00", ("meivakantie",)),
}
WELL_FORMED_BUT_UNSURE = {
    "9.00-17.00 uur": ("9.00-17.00 uur", MisreadReason.NO_DAYS),
    "dinsdag 1 tot 3": ("1 tot 3", MisreadReason.UNSURE_TIME),
    "ma 17:00-09:00": ("17:00-09:00", MisreadReason.UNSURE_TIME),
    "ma 9-12, 11-13": ("11-13", MisreadReason.UNSURE_TIME),
    "di": ("di", MisreadReason.NO_TIMES),
    "ma\ndi 9-12": ("ma", MisreadReason.NO_TIMES),
    "gesloten": ("gesloten", MisreadReason.NO_DAYS),
    "januari t/m april": ("januari april", MisreadReason.NO_TIMES),
    "gesloten op ma en do 9-12": ("ma do 9-12", MisreadReason.UNKNOWN_WORDS),
    "ma of di 9-12": ("of", MisreadReason.UNKNOWN_WORDS),
    "di 10-12 om de week": ("week", MisreadReason.UNKNOWN_WORDS),
    "in de kerstvakantie 10-12": ("10-12", MisreadReason.NO_DAYS),
    "di 10-12, 30 februari gesloten": ("di 10-12, 30 februari gesloten", MisreadReason.UNKNOWN_WORDS),
    "di 10-12, ook op feestdagen": ("ook", MisreadReason.UNKNOWN_WORDS),
    "eerste kerstdag 10-12": ("eerste", MisreadReason.UNKNOWN_WORDS),
}
MALFORMED = {
    "": "",
    "zie de website": "zie de website",
    "di 10-12 wisselende tijden": "wisselende",
    "di 10.75-12": "10.75-12",
    "di 25-26 uur": "25-26 uur",
    "bel 038 421 96 00": "bel 038 421 96 00",
    "vanaf 9 uur": "vanaf 9 uur",
}


@pytest.mark.parametrize("text", READ)
def test_hours_that_people_write_become_notation(text):
    assert read_spoken_hours(text, WORDS) == SpokenHours(READ[text])


@pytest.mark.parametrize("text", BY_APPOINTMENT)
def test_by_appointment_is_heard(text):
    assert read_spoken_hours(text, WORDS) == SpokenHours(BY_APPOINTMENT[text], by_appointment=True)


@pytest.mark.parametrize("text", WITHOUT_SCHOOL_HOLIDAY)
def test_one_school_holiday_is_told_by_its_name(text):
    notation, closed_in = WITHOUT_SCHOOL_HOLIDAY[text]
    assert read_spoken_hours(text, WORDS) == SpokenHours(notation, closed_in=closed_in)


@pytest.mark.parametrize("text", WELL_FORMED_BUT_UNSURE)
def test_what_may_mean_two_things_is_asked_and_not_guessed(text):
    words, reason = WELL_FORMED_BUT_UNSURE[text]
    assert read_spoken_hours(text, WORDS) == SpokenHours(misread=Misread(words, reason))


@pytest.mark.parametrize("text", MALFORMED)
def test_words_that_are_not_understood_are_given_back(text):
    assert read_spoken_hours(text, WORDS) == SpokenHours(misread=Misread(MALFORMED[text], MisreadReason.UNKNOWN_WORDS))


@pytest.mark.parametrize("text", READ)
def test_what_was_read_is_read_the_same_again(text):
    notation = read_spoken_hours(text, WORDS).opening_hours
    assert read_spoken_hours(notation, WORDS) == SpokenHours(notation)


@given(st.lists(st.sampled_from([*READ, *MALFORMED, *"-,;/ :.()", "ma", "10-12", "gesloten", "niet", "1e", "\n"])))
def test_whatever_is_written_there_are_hours_or_a_misreading_and_never_both(pieces):
    found = read_spoken_hours(" ".join(pieces), WORDS)
    if found.misread:
        assert found == SpokenHours(misread=found.misread)
    elif found.opening_hours:
        read_notation(found.opening_hours)
    else:
        assert found.by_appointment or found.closed_in


@given(st.text(max_size=80))
def test_any_text_is_read_without_an_error(text):
    read_spoken_hours(text, WORDS)


def test_every_school_holiday_that_people_name_is_in_the_calendar():
    assert set(WORDS.school_holidays) == read_school_holidays(ROOT / "data" / "school_holidays.yml").names
