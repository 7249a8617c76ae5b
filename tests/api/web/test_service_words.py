"""What the directory knows of a partner, said as people do."""

import pytest

from api.web.service_words import pick, say_distance


@pytest.mark.parametrize(
    ("kilometres", "nl", "en"),
    [
        (0.0, "0,1 km", "0.1 km"),
        (0.04, "0,1 km", "0.1 km"),
        (1.25, "1,2 km", "1.2 km"),
        (9.94, "9,9 km", "9.9 km"),
        (21.7, "22 km", "22 km"),
    ],
)
def test_a_distance_is_told_as_people_do(kilometres, nl, en):
    assert (say_distance(kilometres, "nl"), say_distance(kilometres, "en")) == (nl, en)


def test_a_text_that_is_not_in_the_language_is_in_dutch():
    assert [pick({"nl": "Hulp"}, language) for language in ("nl", "en")] == ["Hulp", "Hulp"]
    assert pick({}, "nl") == ""
