import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.urgency.words import CLAUSE_END, SENTENCE_END, fold, split_words

SPELLING = {"kwil": ("ik", "wil"), "nie": ("niet",)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ik wil DOOD", ["ik", "wil", "dood"]),
        ("kwil nie", ["ik", "wil", "niet"]),
        ("doooood", ["dood"]),
        ("d o o d", ["dood"]),
        ("d.o.o.d", ["dood"]),
        ("d. o. o. d", ["dood"]),
        ("suïcide één", ["suicide", "een"]),
        ("m'n zus’s", ["mn", "zuss"]),
        ("zelf-moord", ["zelf", CLAUSE_END, "moord"]),
        ("zelfm**rd", ["zelfm**rd"]),
        ("ik\u200bwil\u00addood", ["ik", "wildood"]),
        ("A b", ["a", "b"]),
        ("Ölmek İstiyorum", ["olmek", "istiyorum"]),
        ("", []),
        ("?!…", []),
    ],
)
def test_what_is_typed_becomes_plain_words(text, words):
    assert split_words(text, SPELLING) == words


@pytest.mark.parametrize("text", ["Dag. Help", "Dag! Help", "Dag?? Help", "Dag\nHelp", "Dag... Help"])
def test_the_end_of_a_sentence_is_kept(text):
    assert split_words(text, SPELLING) == ["dag", SENTENCE_END, "help"]


@pytest.mark.parametrize("text", ["dag, help", "dag - help", "dag (help)", "dag: help"])
def test_the_end_of_a_clause_is_kept(text):
    assert split_words(text, SPELLING) == ["dag", CLAUSE_END, "help"]


@pytest.mark.parametrize("text", ["dag   help", "dag; help", "dag/help", "dag\thelp"])
def test_other_signs_only_part_words(text):
    assert [word for word in split_words(text, SPELLING) if word != SENTENCE_END] == ["dag", "help"]


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_any_text_gives_words_without_capitals_or_spaces(text):
    for word in split_words(text, SPELLING):
        assert word
        assert word == word.lower() or not word.isascii()
        assert not any(character.isspace() for character in word)
