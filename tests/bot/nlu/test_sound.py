"""Messages that sound alike look alike; those that do not, do not."""

import pytest

from bot.nlu.sound import write_as_heard


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("die gie d", "di gi d"),
        ("schult", "schuld"),
        ("toeslach", "toeslag"),
        ("beleid", "belijd"),
        ("rekenink", "rekenincc"),
        ("oudje", "audje"),
        ("facantie", "vakantie"),
        ("sentrum", "centrum"),
        ("huurtoeslaag", "huurtoeslag"),
    ],
)
def test_what_sounds_the_same_is_written_the_same(said, meant):
    assert write_as_heard(said) == write_as_heard(meant)


@pytest.mark.parametrize(("one", "other"), [("huur", "hier"), ("boete", "boter"), ("wet", "wit"), ("0", "1")])
def test_what_sounds_different_stays_different(one, other):
    assert write_as_heard(one) != write_as_heard(other)


@pytest.mark.parametrize("text", ["", " ", "🙂", "٣٤", "?!", "\x00"])
def test_what_has_no_sound_has_no_letters(text):
    assert write_as_heard(text).strip() == ""
