import pytest

from referral.urgency.lexicon import NUMBER, Lexicon

LEXICON = Lexicon(
    [
        ("dood", "dood"),
        ("dood", "<einde>"),
        ("moord*", "moord*"),
        ("*brand", "*brand"),
        ("zelfmoord~", "zelfmoord"),
        ("verkracht~", "verkracht"),
        ("bedreigt", "<bedreig>"),
        ("slapen", "slapen"),
        ("bewusteloos~", "bewusteloos"),
    ],
    ordinary=["verwacht", "moordend", "zonnebrand"],
)


@pytest.mark.parametrize(
    ("word", "atoms"),
    [
        pytest.param("dood", {"dood", "<einde>"}, id="the word itself"),
        pytest.param("moordenaar", {"moord*"}, id="a stem"),
        pytest.param("keukenbrand", {"*brand"}, id="an ending"),
        pytest.param("zelfmoort", {"zelfmoord"}, id="by its sound"),
        pytest.param("selfmort", {"zelfmoord"}, id="by its sound, vowels short"),
        pytest.param("zelfmoodr", {"zelfmoord"}, id="two letters swapped"),
        pytest.param("verkrcht", {"verkracht"}, id="a letter forgotten"),
        pytest.param("bedrijgd", {"<bedreig>"}, id="ij for ei, d for t"),
        pytest.param("slape", {"slapen"}, id="without its n"),
        pytest.param("d00d", {"dood", "<einde>"}, id="digits for letters"),
        pytest.param("zelfm**rd", {"zelfmoord"}, id="stars for letters"),
        pytest.param("112", {NUMBER}, id="a number"),
    ],
)
def test_a_word_is_known_however_it_is_spelled(word, atoms):
    assert LEXICON.find_atoms(word) == atoms


@pytest.mark.parametrize("word", ["verwacht", "moordend", "zonnebrand"])
def test_an_ordinary_word_is_never_a_misspelling_or_a_form_of_another(word):
    assert LEXICON.find_atoms(word) == frozenset()


@pytest.mark.parametrize("word", ["bood", "doos", "fiets", "bedrag", "*", "x" * 1000, "12a", "a*b"])
def test_another_word_is_not_known(word):
    assert LEXICON.find_atoms(word) == frozenset()


def test_a_word_that_dictation_split_is_joined():
    assert LEXICON.join_split(["hij", "is", "be", "wusteloos"]) == ["hij", "is", "bewusteloos"]


def test_a_split_word_is_joined_over_a_full_stop():
    assert LEXICON.join_split(["be", ".", "wusteloos", ".", "help"]) == ["bewusteloos", ".", "help"]


def test_two_words_that_are_known_are_left_apart():
    assert LEXICON.join_split(["dood", "slapen"]) == ["dood", "slapen"]
