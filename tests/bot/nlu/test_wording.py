"""The form in which the classifier sees a message: what says nothing about the topic is made alike or left out."""

import time

import pytest

from bot.nlu.wording import PLACE_WORD, PLACEHOLDERS, normalise_wording


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("Mijn HUUR is te hoog", "mijn huur is te hoog"),
        ("één café, à propos, Curaçao", "een cafe, a propos, curacao"),
        ("heeeeeel erg", "heel erg"),
        ("boete van 1.250,50 euro", "boete van 0 euro"),
        ("over 2023 en 2024", "over 0 en 0"),
        ("  veel \n\t ruimte  ", "veel ruimte"),
        ("ＤｉｇｉＤ", "digid"),
        ("bel mij op TELEFOON", "bel mij op"),
        ("ik ben NAAM en mijn BSN is BSN, help", "ik ben en mijn is , help"),
        ("de naam op de brief", "de naam op de brief"),
        ("NAAMLOOS", "naamloos"),
        ("", ""),
        ("   ", ""),
        ("?!", "?!"),
    ],
)
def test_case_accents_numbers_and_masked_data_are_made_alike(text, wording):
    assert normalise_wording(text) == wording


@pytest.mark.parametrize("word", sorted(PLACEHOLDERS))
def test_no_placeholder_of_the_masker_reaches_the_classifier(word):
    assert word.lower() not in normalise_wording(f"een brief over {word} van de gemeente").split()


@pytest.mark.parametrize(
    ("text", "place", "wording"),
    [
        ("ik kan de huur niet betalen, ik woon in Zwolle", "Zwolle", "kan de huur niet betalen,"),
        ("Ik woon in Ommen en zoek taalles", "Ommen", "en zoek taalles"),
        ("schulden uit de buurt van Raalte", "Raalte", "schulden"),
        ("I live near Leiden and lost my job", "Leiden", "and lost my job"),
    ],
)
def test_a_place_is_left_out_of_a_message_about_something_else(text, place, wording):
    words = set(normalise_wording(text, [locate(text, place)]).split())
    assert PLACE_WORD not in words
    assert place.lower() not in words
    assert set(wording.split()) <= words


@pytest.mark.parametrize(
    ("text", "place", "wording"),
    [
        ("Zwolle", "Zwolle", "plaatsnaam"),
        ("ik woon in Den Haag", "Den Haag", "ik woon in plaatsnaam"),
        ("Wij wonen in 's-Hertogenbosch", "'s-Hertogenbosch", "wij wonen in plaatsnaam"),
        ("ja, in Ommen", "Ommen", "ja, in plaatsnaam"),
        ("mijn postcode is 8011", "8011", "mijn postcode is plaatsnaam"),
    ],
)
def test_every_place_is_one_word_in_a_message_about_the_place_alone(text, place, wording):
    assert normalise_wording(text, [locate(text, place)]) == wording


def test_two_places_give_the_same_wording():
    zwolle, breda = "ik woon in Zwolle met schulden", "ik woon in Breda met schulden"
    assert normalise_wording(zwolle, [locate(zwolle, "Zwolle")]) == normalise_wording(breda, [locate(breda, "Breda")])


def test_an_organisation_stays_in_the_wording():
    text = "brief van het CJIB"
    sender = {"entity": "sender", "value": "cjib", "start": 14, "end": 18}
    assert normalise_wording(text, [sender]) == "brief van het cjib"


@pytest.mark.parametrize("part", ["a", "in de ", "ik woon in ", "1,1", "plaatsnaam ", "(("])
def test_a_text_of_a_hundred_kilobytes_is_read_in_time_that_grows_with_it(part):
    """Four times the text in well under sixteen times the work, which quadratic work would be."""
    text = part * (100_000 // len(part))
    quarter, whole = (measure(text[:length]) for length in (len(text) // 4, len(text)))
    assert whole < 10 * quarter + 0.3


def measure(text):
    """Return the seconds of processor time, which a busy machine does not add to."""
    start = time.process_time()
    normalise_wording(text)
    return time.process_time() - start


def locate(text, place):
    start = text.index(place)
    return {"entity": "place", "value": place, "start": start, "end": start + len(place)}
