"""The page that tells what is kept: plain, and with the figures that the purge works by."""

import re
from html import unescape

import pytest

from api.pages.privacy import OF_CITIZENS, describe_term
from api.web.words import load_words
from referral.catalogue.plain import measure_plainness
from referral.catalogue.service import LANGUAGES
from referral.retention.schedule import Term, load_terms
from referral.settings import ROOT


@pytest.fixture
def door(make_door):
    return make_door()


def read_terms(door, language):
    page = door.ask("GET", f"/privacy?lang={language}")
    assert page.status_code == 200
    rows = re.findall(r'data-kind="(\w+)"><dt>.*?</dt><dd>(.*?)</dd>', page.text)
    return {kind: unescape(text) for kind, text in rows}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_the_terms_of_the_purge(door, language):
    told = read_terms(door, language)
    assert list(told) == list(OF_CITIZENS)
    terms = load_terms(door.settings)
    for kind, text in told.items():
        assert describe_term(terms[kind], language) in text


def test_another_setting_is_another_figure_on_the_page(make_door):
    assert "77 dagen" in read_terms(make_door(slip_days=77), "nl")["slip"]


@pytest.mark.parametrize(
    ("term", "dutch", "english"),
    [
        (Term(24, "hours"), "24 uur", "24 hours"),
        (Term(1, "days"), "1 dag", "1 day"),
        (Term(30, "days"), "30 dagen", "30 days"),
        (Term(10, "minutes"), "10 minuten", "10 minutes"),
    ],
)
def test_a_term_is_said_in_words(term, dutch, english):
    assert (describe_term(term, "nl"), describe_term(term, "en")) == (dutch, english)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_plain(language):
    texts = load_words(ROOT / "data").texts[language]
    plainness = measure_plainness([text for key, text in texts.items() if key.startswith("kept_")])
    assert plainness.is_plain, plainness


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_foot_of_every_page_for_citizens_leads_to_it(door, language):
    for path in ("/", "/zoek", "/privacy"):
        foot = door.ask("GET", f"{path}?lang={language}").text.partition("<footer")[2]
        assert f'href="/privacy?lang={language}"' in foot
