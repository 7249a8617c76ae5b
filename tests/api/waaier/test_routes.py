"""The waaier over HTTP: the page with every card, and the PDF to keep; for staff."""

import re

import pytest

from referral.overlay import cards
from referral.overlay.cards import Place
from referral.referring.knowledge import load_knowledge
from tests.api.account.colleague import Colleague
from tests.api.desk.conftest import ZWOLLE
from tests.api.waaier.reading import read_text
from tests.clock import TUESDAY


def test_the_page_has_every_card_with_its_anchor_and_the_partners_here(noor):
    page = noor.get("/waaier").text
    topics = set(load_knowledge().catalogue.topics)
    assert set(re.findall(r'<h2 id="(\w+)" tabindex', page)) == topics
    assert set(re.findall(r'<a href="#(\w+)">', page)) == topics | {"contents"}
    assert "Bibliotheek Zwolle (voorbeeld). Zoals het was op 24 november 2026." in page
    assert "Partners bij Zwolle" in page
    assert "Informatiepunt Digitale Overheid" in page


def test_the_cards_can_be_in_english(noor):
    page = noor.get("/waaier?language=en").text
    assert '<div class="waaier" lang="en">' in page
    assert "Who can help in Zwolle" in page


@pytest.mark.parametrize(("asked", "said"), [("", "Informatiewaaier"), ("?language=en&paper=a5", "All cards")])
def test_the_document_is_of_today_and_says_what_the_page_says(noor, asked, said):
    sent = noor.get(f"/waaier/pdf{asked}")
    assert sent.headers["content-type"] == "application/pdf"
    assert re.fullmatch(
        r'attachment; filename="waaier-2026-11-24-(nl-a4|en-a5)\.pdf"', sent.headers["content-disposition"]
    )
    text = read_text(sent.content)
    for part in (said, "Bibliotheek Zwolle (voorbeeld)", "DigiD", "Informatiepunt Digitale Overheid"):
        assert part in text


@pytest.mark.parametrize("path", ["/waaier?language=fr", "/waaier/pdf?paper=a3", "/waaier/pdf?language="])
def test_another_language_or_paper_is_refused(noor, path):
    assert noor.get(path).status_code == 400


def test_a_paragraph_that_the_library_hides_is_on_no_paper(noor, door):
    """The overlay of the library counts here as it does at the desk."""
    catalogue = load_knowledge().catalogue
    first = catalogue.get_card("digid", "nl").what[0]
    assert first.text in noor.get("/waaier").text
    with door.database.begin() as session:
        cards.hide(session, catalogue, Place(ZWOLLE, "digid", "what", first.id), by="Noor", now=TUESDAY)
    assert first.text not in noor.get("/waaier").text


@pytest.mark.parametrize("path", ["/waaier", "/waaier/pdf"])
def test_it_is_for_staff(door, path):
    assert Colleague(door).get(path).status_code == 303
