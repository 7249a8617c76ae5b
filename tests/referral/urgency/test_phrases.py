import pytest

from referral.errors import InvalidContent
from referral.urgency.lexicon import Lexicon
from referral.urgency.phrases import Phrase, PhraseReader
from referral.urgency.reading import Reading
from referral.urgency.words import CLAUSE_END, SENTENCE_END, split_words

GROUPS = {"partner": "man vriend ex", "wie": "<partner> hij zij", "doden": "doodmaken dood_maken om_te_brengen"}


def read(line: str, text: str) -> tuple[Phrase, Reading]:
    reader = PhraseReader(GROUPS, {"nie": ("niet",)})
    phrase = reader.read(line)
    lexicon = Lexicon(reader.entries)
    atoms, starts = [], []
    for word in split_words(text, {"nie": ("niet",)}):
        if word == SENTENCE_END:
            starts.append(len(atoms))
        elif word != CLAUSE_END:
            atoms.append(lexicon.find_atoms(word))
    return phrase, Reading(atoms, starts)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("ik wil", "ja ik wil dat"),
        ("ik wil/hoop", "ik hoop"),
        ("ik wil? dood", "ik dood"),
        ("ik wil? dood", "ik wil dood"),
        ("ik .. dood", "ik ga straks even dood"),
        ("ik ..1 dood", "ik ga dood"),
        ("ik ..4!niet dood", "ik ga straks dood"),
        ("<wie> slaat", "mijn ex slaat"),
        ("<wie> slaat", "zij slaat"),
        ("mij <doden>", "mij dood maken"),
        ("mij om_te_brengen", "mij om te brengen"),
        ("moord*", "de moordenaar"),
        ("'*brand' nu".replace("'", ""), "keukenbrand nu"),
        ("# pillen", "30 pillen"),
        ("^ help $", "Help!"),
        ("wil dood !van", "wil dood"),
        ("-op dood", "wil dood"),
        ("{man slaat mij}..1", "mij slaat mijn man"),
        ("{man slaat mij}..1", "man mij slaat"),
        ("nie meer", "niet meer"),
        ("suïcide", "suicide"),
        ("ik wil", "ik. Wil"),
    ],
)
def test_a_phrase_fits_what_it_says(line, text):
    phrase, reading = read(line, text)
    assert phrase.find_ends(reading)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("ik wil", "wil ik"),
        ("ik wil", "ik dat wil"),
        ("ik ..1 dood", "ik ga straks dood"),
        ("ik ..4!niet dood", "ik ga niet dood"),
        ("mij <doden>", "mij dood"),
        ("^ help $", "help mij"),
        ("wil dood !van", "wil dood van"),
        ("-op dood", "op dood"),
        ("{man slaat mij}..1", "man slaat haar"),
        ("{man slaat mij}..1", "man slaat heel vaak mij"),
        ("# pillen", "veel pillen"),
        ("ik wil", ""),
    ],
)
def test_a_phrase_does_not_fit_what_it_does_not_say(line, text):
    phrase, reading = read(line, text)
    assert not phrase.find_ends(reading)


@pytest.mark.parametrize(
    ("line", "text", "used"),
    [
        ("lach .. dood", "ik lach me dood", 0b1010),
        ("zo goed als? dood", "zo goed dood", 0b111),
        ("<doden>", "hij wil haar dood maken", 0b11000),
        ("lach .. dood", "ik lach. Me dood", 0),
        ("lach .. dood", "ik wil dood", 0),
        ("lach me $", "lach me. Dood", 0b11),
        ("lach !om", "ik lach. Om dit", 0b10),
        ("-nog lach me", "nog. Lach me dood", 0b110),
    ],
)
def test_a_guard_takes_out_its_own_words_in_one_sentence(line, text, used):
    phrase, reading = read(line, text)
    assert phrase.find_words(reading) == used


@pytest.mark.parametrize(
    "line",
    [
        "",
        "..",
        "ik ..",
        ".. ik",
        "ik ..9 dood",
        "ik ..x dood",
        "{man",
        "{man}",
        "{a b c d e}",
        "<niemand> slaat",
        "^ $",
        "!niet",
        "ik-wil",
        "a/b//c",
    ],
)
def test_a_line_that_breaks_the_language_is_refused(line):
    with pytest.raises(InvalidContent):
        PhraseReader(GROUPS).read(line)


def test_a_chat_word_that_means_two_words_can_never_occur_and_is_refused():
    with pytest.raises(InvalidContent):
        PhraseReader({}, {"kwil": ("ik", "wil")}).read("kwil dood")


def test_a_group_that_holds_itself_is_refused():
    with pytest.raises(InvalidContent):
        PhraseReader({"a": "<b>", "b": "<a>"}).read("<a> slaat")
