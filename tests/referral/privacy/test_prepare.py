"""What a citizen typed becomes readable, of a limited length, and masked."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.errors import InvalidInput, TextTooLong
from referral.privacy.mask import Span
from referral.privacy.prepare import clean, prepare


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  mijn   digid\n\nis kwijt \t", "mijn digid is kwijt"),
        ("/restart", "restart"),
        ("// / nood", "nood"),
        ("cafe\u0301", "café"),
        ("ik\u202e ben\u2066 hier\u200f", "ik ben hier"),
        ("06\u200b12\u00ad98\ufeff4533", "0612984533"),
        ("0612\u200d984533", "0612984533"),
        ("a\x00b\x07c\x1bd", "abcd"),
        ("half \ud83d teken", "half teken"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("🙂", "🙂"),
        ("?", "?"),
    ],
)
def test_what_cannot_be_read_is_dropped(text: str, cleaned: str) -> None:
    assert clean(text, limit=100) == cleaned


@pytest.mark.parametrize("text", ["", "   ", "\n", "///", "/ /", "\u200b\u202e", "\x00"])
def test_an_empty_message_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        prepare(text, limit=100)


def test_a_message_over_the_limit_is_refused() -> None:
    assert prepare("a" * 100, limit=100).masked == "a" * 100
    with pytest.raises(TextTooLong):
        prepare("a" * 101, limit=100)


def test_a_character_that_grows_does_not_pass_the_limit() -> None:
    """U+0958 is one character, and two in NFC."""
    with pytest.raises(TextTooLong):
        clean("\u0958" * 100, limit=100)


def test_the_spans_are_places_in_the_cleaned_text() -> None:
    prepared = prepare("/bel  06\u200b-12984533", limit=100)
    assert prepared.masked == "bel TELEFOON"
    assert prepared.spans == (Span(4, 15, "PHONE"),)


@given(st.text(max_size=60))
def test_whatever_is_typed_comes_out_readable_or_is_refused(text: str) -> None:
    try:
        masked = prepare(text, limit=200).masked
    except InvalidInput:
        return
    assert masked
    assert not masked.startswith(("/", " "))
    assert not {unicodedata.category(one) for one in masked} & {"Cc", "Cs"}
    masked.encode()
    assert prepare(masked, limit=400).masked == masked
