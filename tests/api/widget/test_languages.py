"""The chat in a language that is chosen in its head: what is on the screen changes at once, and nothing is lost."""

import pytest
from playwright.sync_api import expect

from api.web.words import load_words
from referral.language.registry import load_languages
from referral.settings import ROOT
from tests.api.accessibility.axe import find_violations
from tests.api.accessibility.keyboard import Hands

DATA = ROOT / "data"
WORDS = load_words(DATA)
NAMES = [language.name for language in load_languages(DATA).languages.values()]
WINDOWS = [{"width": 1280, "height": 800}, {"width": 320, "height": 640}]


def choose(stranger, name):
    number = stranger.replies.count()
    stranger.page.locator("om-de-hoek-chat select").select_option(label=name)
    expect(stranger.replies).to_have_count(number + 1)


# Where the first and the last digit of a text stand; within the element that is asked.
DIGITS = """element => {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const at = (node, place) => {
    const range = new Range();
    range.setStart(node, place);
    range.setEnd(node, place + 1);
    return range.getBoundingClientRect().x;
  };
  while (texts.nextNode()) {
    const { data } = texts.currentNode;
    const digits = [...data.matchAll(/[0-9]/g)].map((found) => found.index);
    if (digits.length > 1) return [at(texts.currentNode, digits[0]), at(texts.currentNode, digits.at(-1))];
  }
}"""


def press(stranger, language, key):
    stranger.press(stranger.open_choices.filter(has_text=WORDS.get_text(key, language)).first)


def test_every_language_is_offered_by_its_own_name_and_reached_by_the_tab_key(stranger):
    stranger.open()
    select = stranger.page.get_by_role("combobox", name="Taal")
    expect(select.locator("option")).to_have_text(NAMES)
    assert Hands(stranger.page).walk() == []
    select.focus()
    stranger.page.keyboard.type("Pol")
    expect(stranger.replies).to_have_count(2)
    expect(stranger.page.get_by_role("combobox", name="Język")).to_be_focused()


def test_all_that_is_on_the_screen_changes_and_the_conversation_stays(stranger):
    stranger.open()
    press(stranger, "nl", "domain_digitale_overheid")
    said = stranger.page.locator(".citizen").all_inner_texts()
    kept = stranger.kept["id"]
    choose(stranger, "Türkçe")
    assert stranger.kept["id"] == kept
    assert stranger.page.locator(".citizen").all_inner_texts() == said
    for key in ("page_send", "page_wipe", "page_close"):
        expect(stranger.panel.get_by_role("button", name=WORDS.get_text(key, "tr"), exact=True).first).to_be_visible()
    expect(stranger.panel.get_by_label(WORDS.get_text("page_input", "tr"))).to_be_visible()
    expect(stranger.open_choices.filter(has_text=WORDS.partly["tr"].topics["digid"])).to_be_visible()
    stranger.page.reload()
    expect(stranger.panel.get_by_role("button", name=WORDS.get_text("page_send", "tr"))).to_be_visible()
    expect(stranger.last_reply).to_have_attribute("lang", "tr")


def test_the_screen_follows_who_writes_polish_and_the_way_back_is_in_the_head(stranger):
    stranger.open()
    stranger.say("Nie rozumiem tego listu z urzędu, czy ktoś może mi pomóc")
    select = stranger.page.get_by_role("combobox", name=WORDS.get_text("page_languages", "pl"))
    expect(select).to_have_value("pl")
    expect(stranger.panel.get_by_role("button", name=WORDS.get_text("page_send", "pl"))).to_be_visible()
    choose(stranger, "Nederlands")
    expect(stranger.panel.get_by_role("button", name="Verstuur")).to_be_visible()


@pytest.mark.parametrize("window", WINDOWS, ids=["wide", "narrow"])
def test_arabic_is_written_from_right_to_left_and_keeps_wcag(stranger_on, window):
    stranger = stranger_on(viewport=window)
    stranger.open()
    choose(stranger, "العربية")
    expect(stranger.panel).to_have_attribute("dir", "rtl")
    for label in (WORDS.get_text("domain_digitale_overheid", "ar"), WORDS.partly["ar"].topics["digid"]):
        stranger.press(stranger.open_choices.filter(has_text=label).first)
    stranger.say("Zwolle")
    card = stranger.last_reply.locator(".card").last
    expect(card.get_by_text(WORDS.get_text("card_address", "ar"), exact=True)).to_be_visible()
    expect(card.locator(".card-does")).to_have_attribute("lang", "nl")
    expect(card.locator(".card-does")).to_have_attribute("dir", "ltr")
    send, box = (part.bounding_box() for part in (stranger.panel.locator(".send").first, stranger.box))
    assert send["x"] < box["x"]
    assert stranger.page.evaluate("document.documentElement.scrollWidth") <= window["width"]
    assert stranger.panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth")
    # A reader of the screen hears the Dutch as Dutch.
    announced = stranger.page.locator("#announcer p")
    expect(announced.filter(has_text=card.locator(".card-name").inner_text())).to_have_attribute("lang", "nl")
    expect(announced.last).to_have_attribute("lang", "ar")
    first, last = card.locator(".call").first.evaluate(DIGITS)
    assert first < last, "the parts of the number have changed places"
    assert find_violations(stranger.page) == []
    stranger.page.emulate_media(color_scheme="dark")
    assert find_violations(stranger.page) == []


def test_the_numbers_of_an_emergency_are_in_order_in_arabic(stranger):
    stranger.open()
    stranger.say("زوجي يضربني")
    text = stranger.last_reply.locator(".urgent-text")
    expect(text).to_have_attribute("dir", "rtl")
    first, last = text.locator("a", has_text="0800 2000").evaluate(DIGITS)
    assert first < last
