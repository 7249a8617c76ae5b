"""In which language a message is: Dutch with all its errors is Dutch, and too little says nothing."""

import pytest

from referral.language.detect import MAX_CHARACTERS, RECOGNISED, SPOKEN, detect_language

RIGHT = [
    ("Ik kan mijn huur niet betalen, wat moet ik doen?", "nl"),
    ("ik heb brief gekrege van belasting dienst ik snap nix", "nl"),
    ("mn moeder is overleden en nu krijg ik steeds rekeningen", "nl"),
    ("Ik begrijp de brief van de gemeente niet", "nl"),
    ("I cannot pay my rent, what should I do?", "en"),
    ("can somebody help me with my DigiD please", "en"),
    ("Kiramı ödeyemiyorum, bana kim yardım edebilir?", "tr"),
    ("Nie mogę zapłacić czynszu, kto mi pomoże?", "pl"),
    ("لا أستطيع دفع الإيجار", "ar"),
    ("Я не можу заплатити за оренду", "uk"),
    ("Ich kann meine Miete nicht bezahlen, wer hilft mir?", "de"),
    # In these scripts one word is enough.
    ("مساعدة", "ar"),
    ("допоможіть", "uk"),
]
TOO_LITTLE = [("help", None), ("ja", None), ("DigiD", None), ("brief cjib", None), ("pomoc", None)]
MALFORMED = [("", None), ("   ", None), ("12345", None), ("😂😂", None), ("?!", None), ("\x00", None)]


@pytest.mark.parametrize(("text", "language"), [*RIGHT, *TOO_LITTLE, *MALFORMED])
def test_a_language_is_told_only_when_it_can_be(text, language):
    assert detect_language(text) == language


def test_every_language_that_we_know_is_tested():
    assert {language for _, language in RIGHT} == {*SPOKEN, *RECOGNISED}


@pytest.mark.parametrize("place", ["Zwolle", "Ommen", "Den Haag"])
def test_a_place_with_a_few_dutch_words_is_dutch_or_unknown(place):
    assert detect_language(f"ik woon in {place}") in ("nl", None)


def test_of_a_long_message_the_beginning_tells():
    english = "I cannot pay my rent and I need some help with it please. " * 20
    assert len(english) > MAX_CHARACTERS
    assert detect_language(english + "Ik kan mijn huur niet betalen. " * 100) == "en"
