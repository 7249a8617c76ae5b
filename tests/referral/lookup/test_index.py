"""Plain search over the catalogue: the topic that people mean is among the first."""

import pytest

from referral.lookup.index import load_index
from referral.settings import ROOT

INDEX = load_index(ROOT / "data")

# right: what people type at a desk, whole words or half of one
RIGHT = [
    ("boete", "boete"),
    ("DigiD kwijt", "digid"),
    ("huurtoe", "huurtoeslag"),
    ("schuld", "schulden"),
    ("CJIB", "boete"),
    ("rijbewijs verlengen", "rijbewijs"),
]


@pytest.mark.parametrize(("text", "topic"), RIGHT)
def test_the_topic_is_the_first(text, topic):
    assert INDEX.search(text, 5)[0] == topic


# well-formed, but it says nothing; and no words at all
@pytest.mark.parametrize("text", ["qqqq", "x", "", "   ", "%%%"])
def test_what_says_nothing_finds_nothing(text):
    assert INDEX.search(text, 5) == []


def test_no_more_are_found_than_asked_for():
    assert len(INDEX.search("hulp bij een brief over geld", 2)) == 2
