"""Difficult words: found as whole words in the language of the text, and explained in words that are not difficult."""

import pytest
import yaml

from referral.catalogue.difficult import MAX_WORDS, load_dictionary
from referral.errors import InvalidContent
from referral.settings import ROOT

ROW = {"id": "toeslag", "words": {"nl": ["toeslag"], "en": ["allowance"]}, "meaning": {"nl": "Geld.", "en": "Money."}}


@pytest.fixture
def read(tmp_path):
    def run(*rows):
        content = yaml.safe_dump({"difficult_words": list(rows)})
        (tmp_path / "difficult_words.yml").write_text(content, encoding="utf-8")
        return load_dictionary(tmp_path)

    return run


def list_words(texts, language="nl"):
    return [one.word for one in load_dictionary(ROOT / "data").explain(texts, language)]


def test_a_word_is_explained_once_where_it_first_stands():
    texts = ["Maak bezwaar tegen het besluit.", "Uw Bezwaar moet op tijd zijn."]
    assert list_words(texts) == ["bezwaar", "besluit"]


def test_the_longest_form_is_found_and_never_a_part_of_a_word():
    assert list_words(["Wat is uw beslagvrije voet?", "Een bezwaarlijke zaak, op het inburgeringsexamen."]) == [
        "beslagvrije voet"
    ]


def test_each_language_has_its_own_words():
    assert list_words(["An objection to a decision."], "en") == ["objection", "decision"]
    assert list_words(["An objection to a decision."]) == []


def test_not_more_words_than_somebody_reads():
    texts = ["toeslag bezwaar besluit deurwaarder dagvaarding aanmaning kwijtschelding"]
    assert len(list_words(texts)) == MAX_WORDS


def test_a_meaning_does_not_use_its_own_word():
    for row in yaml.safe_load((ROOT / "data" / "difficult_words.yml").read_text(encoding="utf-8"))["difficult_words"]:
        for language, meaning in row["meaning"].items():
            assert not any(f" {form.lower()} " in f" {meaning.lower()} " for form in row["words"][language]), meaning


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (ROW | {"meaning": {"nl": "Geld."}}, "not in exactly nl, en"),
        (ROW | {"words": {"nl": ["toeslag", "Toeslag"], "en": ["allowance"]}}, "toeslag: stands there twice"),
        (ROW | {"meaning": {"nl": "Geld dat u krijgt indien u weinig geld hebt.", "en": "Money."}}, "not plain"),
        (ROW | {"words": {"nl": [], "en": ["allowance"]}}, "words"),
    ],
)
def test_content_that_is_wrong_stops_the_start(read, row, wrong):
    with pytest.raises(InvalidContent, match=wrong):
        read(row)
