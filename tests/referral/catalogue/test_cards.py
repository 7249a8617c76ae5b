"""Every card says the same in both languages, and says nothing that has no source."""

import re

import pytest

from referral.catalogue.service import LANGUAGES, load_catalogue
from referral.catalogue.topics import PARTS
from referral.settings import ROOT


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue(ROOT / "data")


def list_paragraphs(card):
    """Return all paragraphs of a card with where they stand."""
    parts = {part: card.get_part(part) for part in PARTS}
    parts |= {"may": card.staff.may, "may_not": card.staff.may_not}
    return [(part, paragraph) for part, paragraphs in parts.items() for paragraph in paragraphs]


def list_sources(card):
    return [(part, one.id, one.source, one.date, one.evidence) for part, one in list_paragraphs(card)]


def test_there_is_a_card_for_every_topic_in_every_language(catalogue):
    assert set(catalogue.cards) == {(topic, language) for topic in catalogue.topics for language in LANGUAGES}


def test_both_languages_have_the_same_paragraphs_with_the_same_sources(catalogue):
    for topic in catalogue.topics:
        assert list_sources(catalogue.cards[topic, "en"]) == list_sources(catalogue.cards[topic, "nl"]), topic


def test_numbers_are_the_same_in_both_languages(catalogue):
    # Months are words in both; what stands in figures is an amount, a number of days or a telephone number.
    def list_numbers(text):
        return sorted(re.findall(r"\d+", re.sub(r"(?<=\d)[.,](?=\d{3}\b)", "", text)))

    different = []
    for topic in catalogue.topics:
        dutch = list_paragraphs(catalogue.cards[topic, "nl"])
        english = list_paragraphs(catalogue.cards[topic, "en"])
        different += [
            f"{topic}: {part}: {one.id}"
            for (part, one), (_, other) in zip(dutch, english, strict=True)
            if list_numbers(one.text) != list_numbers(other.text)
        ]
    assert different == []


def test_no_paragraph_is_empty_or_comes_twice(catalogue):
    for (topic, language), card in catalogue.cards.items():
        paragraphs = list_paragraphs(card)
        assert [one.id for _, one in paragraphs if not one.text.strip()] == [], (topic, language)
        names = [(part, one.id) for part, one in paragraphs]
        assert len(set(names)) == len(names), (topic, language)


@pytest.mark.parametrize("part", ["what", "do", "bring", "who", "may", "may_not"])
def test_every_card_says_something_in_each_part(catalogue, part):
    # An empty "dates" is right where no date is known.
    lacking = [topic for topic in catalogue.topics if part not in dict(list_paragraphs(catalogue.cards[topic, "nl"]))]
    assert lacking == []


def test_no_card_promises_an_outcome(catalogue):
    promise = re.compile(r"\bu (heeft|hebt) (altijd )?recht op\b|\bu krijgt zeker\b|\bgegarandeerd\b", re.IGNORECASE)
    found = [
        f"{topic}: {one.text}"
        for topic in catalogue.topics
        for part, one in list_paragraphs(catalogue.cards[topic, "nl"])
        if part in PARTS and promise.search(one.text)
    ]
    assert found == []
