"""Every finding has a sentence, in words that editors know, and every value in it is filled in."""

import re
from datetime import date

import pytest

from referral.catalogue.plain import measure_plainness
from referral.quality.findings import SEVERITIES, Code, Finding, Severity
from referral.quality.rules import check_entry
from referral.quality.words import load_quality_words, say_finding
from referral.settings import ROOT
from tests.clock import TUESDAY
from tests.referral.quality.entries import KNOWLEDGE, WRONG, at

WORDS = load_quality_words(ROOT / "data")


def test_every_code_has_a_sentence_and_a_severity():
    assert set(WORDS.findings) == set(Code) == set(SEVERITIES)
    assert set(WORDS.severities) == set(Severity)


@pytest.mark.parametrize("code", Code)
def test_a_sentence_is_plain(code):
    plainness = measure_plainness([WORDS.findings[code]])
    assert plainness.is_plain, plainness


@pytest.mark.parametrize("entry", [entry for entry, _ in WRONG])
def test_every_value_is_filled_in(entry):
    (finding,) = check_entry(entry, KNOWLEDGE, TUESDAY)
    assert not re.search(r"[{}]|None", say_finding(finding, WORDS))


def test_dates_and_numbers_are_written_as_people_here_do():
    finding = Finding(Code.CHECK_OVERDUE, "service.check_due", {"date": date(2026, 4, 1)})
    assert "01-04-2026" in say_finding(finding, WORDS)
    far = Finding(Code.COORDINATES_FAR, "f", {"km": 7.5, "postcode": "8011 PK", "location": "Bibliotheek"})
    assert "7,5 km" in say_finding(far, WORDS)


def test_a_municipality_has_the_name_that_people_use():
    entry = at(municipality="GM0796")
    sentences = [say_finding(finding, WORDS) for finding in check_entry(entry, KNOWLEDGE, TUESDAY)]
    assert sentences == ["Bibliotheek: de plaats Zwolle ligt niet in de gemeente Den Bosch."]
