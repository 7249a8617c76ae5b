"""A library's own words go over the catalogue's, stay when it changes, and tell when it did."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from referral.catalogue.service import load_catalogue
from referral.errors import InvalidInput, NotFound, UnknownTopic
from referral.overlay import cards
from referral.overlay.cards import Place
from referral.settings import ROOT
from tests.clock import TUESDAY

CATALOGUE = load_catalogue(ROOT / "data")
WHAT = Place("bieb", "digid", "what", "vervalt")


@pytest.fixture
def session(database):
    with database.begin() as session:
        yield session
        session.rollback()


def get_texts(session, language="nl", library_id="bieb", catalogue=CATALOGUE):
    card = cards.get_card(session, catalogue, "digid", language=language, library_id=library_id)
    return {paragraph.id: paragraph.text for paragraph in card.what}


def change_catalogue(part, paragraphs):
    """Return the catalogue as a next version might have it."""
    changed = dict(CATALOGUE.cards)
    for language in ("nl", "en"):
        changed["digid", language] = changed["digid", language].model_copy(update={part: paragraphs})
    return replace(CATALOGUE, cards=MappingProxyType(changed))


def test_without_an_overlay_the_card_is_the_catalogues(session):
    card = cards.get_card(session, CATALOGUE, "digid", language="nl", library_id="bieb")
    assert card is CATALOGUE.get_card("digid", "nl")


def test_a_hidden_paragraph_is_left_out_in_every_language_for_this_library_alone(session):
    cards.hide(session, CATALOGUE, WHAT, by="Noor", now=TUESDAY)
    assert "vervalt" not in get_texts(session)
    assert "vervalt" not in get_texts(session, "en")
    assert "vervalt" in get_texts(session, library_id="andere")


def test_own_words_are_said_and_the_other_language_keeps_the_catalogues(session):
    english = get_texts(session, "en")["vervalt"]
    cards.rewrite(session, CATALOGUE, WHAT, {"nl": "Gebruik DigiD elk jaar.", "en": ""}, by="Noor", now=TUESDAY)
    assert get_texts(session)["vervalt"] == "Gebruik DigiD elk jaar."
    assert get_texts(session, "en")["vervalt"] == english
    cards.rewrite(session, CATALOGUE, WHAT, {"nl": "Elk jaar.", "en": "Every year."}, by="Noor", now=TUESDAY)
    assert (get_texts(session)["vervalt"], get_texts(session, "en")["vervalt"]) == ("Elk jaar.", "Every year.")


def test_the_source_of_the_catalogue_is_not_told_for_own_words(session):
    cards.rewrite(session, CATALOGUE, WHAT, {"nl": "Na 3 jaar."}, by="Noor", now=TUESDAY)
    card = cards.get_card(session, CATALOGUE, "digid", language="nl", library_id="bieb")
    assert next(one for one in card.what if one.id == "vervalt").source is None


def test_what_is_restored_is_the_catalogues_again(session):
    before = get_texts(session)
    cards.hide(session, CATALOGUE, WHAT, by="Noor", now=TUESDAY)
    cards.restore(session, WHAT)
    session.flush()
    assert get_texts(session) == before
    cards.restore(session, WHAT)


def test_when_the_catalogue_changes_own_words_stay_and_the_editor_is_told(session):
    cards.rewrite(session, CATALOGUE, WHAT, {"nl": "Elk jaar."}, by="Noor", now=TUESDAY)
    assert cards.list_changed(session, CATALOGUE, "bieb") == []
    paragraphs = tuple(one.model_copy(update={"text": "Na 4 jaar."}) for one in CATALOGUE.get_card("digid", "nl").what)
    newer = change_catalogue("what", paragraphs)
    assert get_texts(session, catalogue=newer)["vervalt"] == "Elk jaar."
    ((topic, layered),) = cards.list_changed(session, newer, "bieb")
    assert (topic, layered.paragraph_id, layered.texts["nl"]) == ("digid", "vervalt", "Na 4 jaar.")
    cards.rewrite(session, newer, WHAT, {"nl": "Elk jaar."}, by="Noor", now=TUESDAY)
    assert cards.list_changed(session, newer, "bieb") == []


def test_a_paragraph_that_left_the_catalogue_is_told_and_breaks_nothing(session):
    cards.hide(session, CATALOGUE, WHAT, by="Noor", now=TUESDAY)
    newer = change_catalogue("what", ())
    assert get_texts(session, catalogue=newer) == {}
    (changed,) = cards.list_changed(session, newer, "bieb")
    assert changed[1].texts == {}


def test_what_cannot_be_is_refused(session):
    with pytest.raises(InvalidInput):
        cards.rewrite(session, CATALOGUE, WHAT, {"nl": "  "}, by="Noor", now=TUESDAY)
    with pytest.raises(NotFound):
        cards.hide(session, CATALOGUE, replace(WHAT, paragraph_id="geen"), by="Noor", now=TUESDAY)
    with pytest.raises(NotFound):
        cards.hide(session, CATALOGUE, replace(WHAT, part="title"), by="Noor", now=TUESDAY)
    with pytest.raises(UnknownTopic):
        cards.hide(session, CATALOGUE, replace(WHAT, topic="geen"), by="Noor", now=TUESDAY)
    assert cards.count_overlays(session, "bieb") == {}
