"""Passwords are long enough, stored as argon2id, and one-time ones can be read aloud."""

import re

import pytest
from argon2 import PasswordHasher

from referral.errors import WeakPassword
from referral.journal.codes import ALPHABET
from referral.staff.passwords import check_password, hash_password, is_outdated, is_password, make_one_time_password

EMAIL = "noor@bibliotheek.example"


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "too_short"),
        ("elf tekens!", "too_short"),
        ("x1!Q" * 32 + "x", "too_long"),
        ("aaaaaaaaaaaa", "too_easy"),
        ("qwertyuiop12", "too_easy"),
        ("password1234", "too_easy"),
        ("Bibliotheek2026!", "too_easy"),
        ("Welkom01Welkom01", "too_easy"),
        ("ik heet Noor en zo", "like_email"),
    ],
)
def test_a_password_that_is_too_easy_is_refused_with_the_reason(password, reason):
    with pytest.raises(WeakPassword) as raised:
        check_password(password, EMAIL)
    assert raised.value.reason == reason


@pytest.mark.parametrize(
    "password", ["twaalf tekst", "x1!Qz" * 25 + "abc", "wachtwoord met spaties", "пароль на двенадцать"]
)
def test_no_kind_of_character_is_asked_for(password):
    assert 12 <= len(password) <= 128
    check_password(password, EMAIL)


def test_only_the_password_itself_is_right():
    stored = hash_password("vier losse woorden hier")
    assert stored.startswith("$argon2id$")
    assert "woorden" not in stored
    assert is_password("vier losse woorden hier", stored)
    assert not is_password("vier losse woorden hie", stored)
    assert not is_password("", stored)
    assert hash_password("vier losse woorden hier") != stored


def test_a_password_beyond_the_longest_is_not_cut_to_a_right_one():
    longest = "x1!Q" * 32
    assert not is_password(longest + "y", hash_password(longest))


@pytest.mark.parametrize("stored", [None, "", "no hash at all"])
def test_without_a_hash_no_password_is_right(stored):
    assert not is_password("vier losse woorden hier", stored)
    assert not is_password("", stored)


def test_a_hash_of_weaker_parameters_is_outdated():
    assert is_outdated(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("x"))
    assert not is_outdated(hash_password("x"))


def test_a_one_time_password_has_no_characters_that_look_alike_and_is_never_the_same():
    made = {make_one_time_password() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        assert re.fullmatch(rf"[{ALPHABET}]{{4}}(-[{ALPHABET}]{{4}}){{3}}", password)
        check_password(password, EMAIL)
