"""Short codes survive being written down."""

import itertools

import pytest

from referral.journal.codes import ALPHABET, find_code, make_code


def test_a_code_is_found_however_it_is_typed():
    code = make_code()
    for typed in (code, code.lower(), code.replace("-", ""), f" {code[:2]} {code[2:]} "):
        assert find_code(typed) == code


def test_one_wrong_character_is_always_noticed():
    code = make_code()
    for place, character in itertools.product(range(len(code)), ALPHABET):
        if code[place] not in ("-", character):
            assert find_code(code[:place] + character + code[place + 1 :]) is None


def test_no_character_looks_like_another():
    assert not set(ALPHABET) & set("01258BILOSZ")
    assert len(ALPHABET) % 2 == 0  # Luhn mod N needs an even N


@pytest.mark.parametrize("typed", ["", "AAAA", "AAAA-AAAAA", "0O1I-2Z5S", "ABCD-EFG!", "x" * 100_000])
def test_what_cannot_be_a_code_is_none(typed):
    assert find_code(typed) is None


def test_codes_do_not_repeat():
    assert len({make_code() for _ in range(5000)}) == 5000
