"""What holds for masking any text whatever: it never fails, comes to rest, and takes time in step with the length."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.privacy.folding import fold
from referral.privacy.mask import mask
from referral.privacy.spans import POSTCODE, replace
from tests.referral.privacy.messages import read_messages

MESSAGES = [text for block in ("right", "wrong", "malformed") for text, _ in read_messages(block)]
PIECES = sorted(
    {piece for text in MESSAGES for piece in text.split()} | {"\n", ", ", ". ", "BSN", "NAAM", "ADRES", "TELEFOON"}
)
UNITS = [
    *"1a@ .-(\n'+\x00é",
    *("06-", "1 ", "a@", "a.", "J.", "de ", "van der ", "mevrouw ", "8011 PK ", "NL91", "wachtwoord is ", "geboren "),
    *("12-03-1958 ", "nul ", "Jan ", "Dorpsstraat ", "punt ", "nr 5 "),
]
TEXTS = st.one_of(
    st.text(),
    st.text(st.sampled_from("0123456789 -./()+@aAbBéV€'\n\x00")),
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
    st.lists(st.sampled_from(MESSAGES), max_size=3).map(" ".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=10).map("".join),
)


@given(TEXTS)
@settings(max_examples=600, deadline=None)
def test_masking_comes_to_rest(text: str) -> None:
    masked = mask(text).masked
    assert mask(masked).masked == masked


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_the_spans_tell_what_was_masked(text: str) -> None:
    result = mask(text)
    parts, at = [], 0
    for span in result.spans:
        assert at <= span.start < span.end <= len(text)
        parts += [text[at : span.start], replace(text, span)]
        at = span.end
    assert "".join([*parts, text[at:]]) == result.masked


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_a_postcode_leaves_its_four_digits(text: str) -> None:
    for span in mask(text).spans:
        if span.type == POSTCODE:
            digits = replace(text, span)
            assert len(digits) == 4
            assert digits in fold(text)


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_text_takes_time_in_step_with_its_length(unit: str) -> None:
    """Four times the text in well under sixteen times the time (quadratic), 100 kB in seconds."""
    text = unit * (100_000 // len(unit))
    mask("warm")
    start = time.process_time()
    mask(text[:25_000])
    quarter = time.process_time() - start
    mask(text)
    whole = time.process_time() - start - quarter
    assert whole < 20
    assert whole < 10 * quarter + 0.2
