"""Finding topics by their words, for when Rasa is down."""

import pytest

from api.chat.fallback import MAX_FOUND, find_topics
from referral.catalogue.service import load_catalogue
from referral.settings import ROOT

CATALOGUE = load_catalogue(ROOT / "data")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("ik heb een vraag over huurtoeslag", "huurtoeslag"),
        ("HUURTOESLAG", "huurtoeslag"),
        ("hoe zit het met mijn huurtoeslagaanvraag?", "huurtoeslag"),
        ("deurwaarder aan de deur", "deurwaarder"),
        ("Mijn DigiD doet het niet", "digid"),
    ],
)
def test_a_topic_is_found_by_its_word(text, topic):
    assert find_topics(text, CATALOGUE)[0] == topic


def test_the_longest_word_decides_and_there_are_three_at_most():
    text = "kinderopvangtoeslag, huurtoeslag, zorgtoeslag, deurwaarder, digid en een boete"
    found = find_topics(text, CATALOGUE)
    assert len(found) == MAX_FOUND == 3
    assert found[0] == "kinderopvangtoeslag"


def test_every_topic_that_is_no_emergency_is_found_by_one_of_its_words():
    for topic in CATALOGUE.topics.values():
        hits = [word for word in topic.words if topic.id in find_topics(word, CATALOGUE)]
        assert bool(hits) is not topic.is_emergency, topic.id


@pytest.mark.parametrize("text", ["", " ", "goedemorgen", "😂😂", "\x00"])
def test_where_no_word_fits_there_is_no_topic(text):
    assert find_topics(text, CATALOGUE) == []
