"""What is masked in a message, and what stays: the table of messages, and the rules behind it."""

import pytest

from referral.privacy.mask import PLACEHOLDERS, Span, mask
from referral.privacy.spans import POSTCODE, REPLACEMENTS
from tests.referral.privacy.messages import read_messages

RIGHT, WRONG, MALFORMED = (read_messages(block) for block in ("right", "wrong", "malformed"))


@pytest.mark.parametrize(("text", "spans"), RIGHT)
def test_personal_data_is_found_to_the_letter(text: str, spans: tuple[Span, ...]) -> None:
    assert [(text[span.start : span.end], span.type) for span in mask(text).spans] == [
        (text[span.start : span.end], span.type) for span in spans
    ]
    assert mask(text).spans == spans


@pytest.mark.parametrize("text", [text for text, _ in WRONG])
def test_what_is_nobodys_stays(text: str) -> None:
    assert (mask(text).masked, mask(text).spans) == (text, ())


@pytest.mark.parametrize("text", [text for text, _ in MALFORMED])
def test_what_is_half_stays(text: str) -> None:
    assert (mask(text).masked, mask(text).spans) == (text, ())


@pytest.mark.parametrize(("text", "spans"), RIGHT + WRONG + MALFORMED)
def test_a_masked_message_is_masked_no_further(text: str, spans: tuple[Span, ...]) -> None:
    masked = mask(text).masked
    assert mask(masked).masked == masked


def test_the_table_has_every_kind() -> None:
    assert {span.type for _, spans in RIGHT for span in spans} == {*REPLACEMENTS, POSTCODE}
    assert len(RIGHT) + len(WRONG) + len(MALFORMED) >= 120


def test_each_kind_becomes_one_plain_word() -> None:
    assert all(word.isalpha() and word.isupper() for word in PLACEHOLDERS)
    assert len(PLACEHOLDERS) == 12


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("ik ben mw Jansen 67, tel 06-12984533", "ik ben mw NAAM 67, tel TELEFOON"),
        ("8011 PK 5", "8011"),
        ("huisnummer 12 postcode 7411 KT Deventer", "7411 Deventer"),
        ("nummer 1234 in 8011 PK", "8011"),
        ("mijn wachtwoord is Welkom123, bsn 259979259", "mijn wachtwoord is WACHTWOORD, bsn BSN"),
        ("Dorpsstraat 12, 8131 VA Wijhe", "ADRES, 8131 Wijhe"),
    ],
)
def test_a_message_reads_on_around_the_words(text: str, masked: str) -> None:
    assert mask(text).masked == masked


@pytest.mark.parametrize("word", sorted(PLACEHOLDERS))
def test_our_own_words_are_never_masked(word: str) -> None:
    for text in (word, f"mijn naam is {word}", f"wachtwoord is {word}", f"geboren op {word}", f"mevrouw {word}"):
        assert mask(text).spans == ()


def test_a_number_in_other_digits_is_found_too() -> None:
    text = "هاتفي ٠٦١٢٩٨٤٥٣٣"
    assert mask(text).masked == "هاتفي TELEFOON"


@pytest.mark.parametrize("dash", "-–—‑−")
def test_any_dash_will_do(dash: str) -> None:
    assert mask(f"bel 06{dash}12984533").masked == "bel TELEFOON"


def test_data_that_shows_up_through_masking_is_found() -> None:
    """Without its letters the postcode stands beside another pair of letters, and is one again."""
    text = "8011 PK 5 AB 7"
    masked = mask(text)
    assert (masked.masked, masked.spans) == ("8011", (Span(0, len(text), POSTCODE),))


def test_a_text_that_never_comes_to_rest_is_masked_whole() -> None:
    text = "8011" + " AB 1" * 40
    assert mask(text).masked == "NAAM"
    assert mask(text).spans == (Span(0, len(text), "NAME"),)
