"""Words of one meaning stand for one concept, in both languages."""

import pytest

from bot.nlu.concepts import LONGEST_PHRASE, ConceptLexicon, read_concepts, split_words, write_concepts

LEXICON = ConceptLexicon(
    {
        "verhuurder": ["huisbaas", "landlord", "eigenaar van de woning"],
        "eigenaar": ["eigenaar"],
        "schuld": ["schuld*"],
        "verzekering": ["*verzekering"],
    }
)


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("mijn huisbaas", ["verhuurder"]),
        ("My LANDLORD!", ["verhuurder"]),
        ("de eigenaar van de woning", ["verhuurder"]),
        ("de eigenaar van de auto", ["eigenaar"]),
        ("schuldeisers en schulden", ["schuld", "schuld"]),
        ("zorgverzekering", ["verzekering"]),
        ("schuldverzekering", ["schuld", "verzekering"]),
    ],
)
def test_a_form_stands_for_its_concept_and_the_longest_wins(text, concepts):
    assert LEXICON.find(text) == concepts


@pytest.mark.parametrize("text", ["", "huisbaasje", "onschuld", "verzekeringen", "🙂", "\x00"])
def test_what_is_no_form_stands_for_nothing(text):
    assert LEXICON.find(text) == []


def test_the_lexicon_of_the_field_is_read_whole_and_knows_both_languages():
    concepts = read_concepts()
    assert len(concepts) > 500
    assert set(write_concepts("my landlord").split()) & set(write_concepts("mijn huisbaas").split())


def test_no_form_is_longer_than_what_is_looked_for():
    forms = [form for forms in read_concepts().values() for form in forms]
    assert [form for form in forms if len(split_words(str(form))) > LONGEST_PHRASE] == []
