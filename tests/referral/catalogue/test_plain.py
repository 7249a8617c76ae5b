"""Everything that a citizen reads in Dutch is plain: short sentences, no officialese."""

import pytest

from referral.catalogue.plain import MAX_SENTENCE_WORDS, Plainness, measure_plainness, split_sentences
from referral.catalogue.service import load_catalogue
from referral.catalogue.topics import PARTS
from referral.content import read_rows, read_yaml
from referral.settings import ROOT

DATA = ROOT / "data"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Bel nu 112.", ["Bel nu 112"]),
        ("Bel 113. Dat is gratis! Kan dat? Ja.", ["Bel 113", "Dat is gratis", "Kan dat", "Ja"]),
        ("Let op: neem mee", ["Let op", "neem mee"]),
        ("Een regel\nNog een regel", ["Een regel", "Nog een regel"]),
        ("Kijk op 113.nl of www.digid.nl.", ["Kijk op 113.nl of www.digid.nl"]),
        ("Het kost 1.250 euro.", ["Het kost 1.250 euro"]),
        ("Een kaart, bijv. uw ID-kaart.", ["Een kaart, bijv. uw ID-kaart"]),
        ("", []),
        (" ... \n!", []),
    ],
)
def test_a_text_is_split_where_a_reader_pauses(text, sentences):
    assert [found.replace("·", ".") for found in split_sentences(text)] == sentences


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        ("Stuur uw bezwaar voor 12 januari.", True),
        ("", True),
        ("een " * MAX_SENTENCE_WORDS + ".", False),  # 20 words are not too long, their average is
        ("een " * (MAX_SENTENCE_WORDS + 1) + ". Ja. Ja. Ja.", False),
        ("een " * MAX_SENTENCE_WORDS + ". Ja. Ja. Ja.", True),
        ("Kom langs indien u kunt.", False),
        ("Bel ten behoeve van uw zoon.", False),
        ("Indiening kan morgen.", True),
    ],
)
def test_long_sentences_and_officialese_are_not_plain(text, is_plain):
    assert measure_plainness([text]).is_plain is is_plain


def test_what_is_wrong_is_told():
    found = measure_plainness(["Kort.", "Kom derhalve langs, conform de brief."])
    assert found == Plainness(3.5, "Kom derhalve langs, conform de brief", 6, ("conform", "derhalve"))


# ── our own words ─────────────────────────────────────────────────────────────


def list_texts(card):
    """Return what a citizen reads of a card, and what staff read, each as one text."""
    shown = [paragraph.text for part in PARTS for paragraph in card.get_part(part)]
    staff = [paragraph.text for paragraph in (*card.staff.may, *card.staff.may_not)]
    return [card.title, card.recognise, *shown], staff


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue(DATA)


def test_every_dutch_card_is_plain_for_citizens_and_for_staff(catalogue):
    groups = {
        (topic, reader): texts
        for topic in catalogue.topics
        for reader, texts in zip(("citizen", "staff"), list_texts(catalogue.get_card(topic, "nl")), strict=True)
    }
    measured = {name: measure_plainness(texts) for name, texts in groups.items()}
    assert {name: found for name, found in measured.items() if not found.is_plain} == {}


def test_every_dutch_text_of_the_assistant_is_plain():
    texts = read_yaml(DATA / "texts" / "nl.yml")
    measured = {key: measure_plainness([text]) for key, text in texts.items()}
    assert {key: found for key, found in measured.items() if not found.is_plain} == {}


def test_every_urgent_text_is_plain():
    rows = read_rows(DATA / "urgent.yml", "urgent")
    measured = {row["id"]: measure_plainness([row["first"]["nl"], row.get("tip", {}).get("nl", "")]) for row in rows}
    assert {name: found for name, found in measured.items() if not found.is_plain} == {}
