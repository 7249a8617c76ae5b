"""A day's work with the keyboard alone: at the desk, in the directory, and with what people propose."""

import re

import pytest
from playwright.sync_api import expect

from tests.api.accessibility.keyboard import Hands
from tests.api.accessibility.office import NOOR
from tests.api.account.colleague import PASSWORD


@pytest.fixture
def start(open_page):
    """A function that opens a page for a colleague without a mouse."""
    return lambda path: Hands(open_page("staff", path))


def find_title(hands):
    return hands.page.get_by_role("heading", level=1)


def find_button(hands, name):
    return hands.page.get_by_role("button", name=name).first


def test_a_colleague_signs_in_skips_the_links_and_signs_out(open_page):
    hands = Hands(open_page("citizen", "/desk"))
    hands.type(NOOR)
    hands.press("Tab")
    hands.type(PASSWORD)
    hands.press("Enter")
    expect(hands.page.get_by_role("combobox")).to_be_focused()
    hands.page.reload()
    hands.page.locator("body").evaluate("body => body.ownerDocument.activeElement.blur()")
    hands.use(hands.page.get_by_role("link", name="Ga naar de inhoud"))
    expect(hands.page.get_by_role("main")).to_be_focused()
    hands.use(find_button(hands, "Uitloggen"))
    expect(find_title(hands)).to_have_text("Inloggen")


def test_the_usual_question_takes_two_keystrokes_after_what_was_typed(start):
    hands = start("/desk")
    hands.type("digid kwijt")
    expect(hands.page.get_by_role("option").first).to_contain_text("DigiD")
    hands.press("Enter")
    expect(find_title(hands)).to_contain_text("DigiD")
    hands.press("Control+Enter")
    expect(find_title(hands)).to_have_text("Geregistreerd")
    hands.press("Control+k")
    expect(hands.page.get_by_role("combobox")).to_be_focused()


def test_a_visitor_is_found_a_partner_and_goes_home_with_a_slip(start):
    hands = start("/desk")
    hands.type("boete")
    options = hands.page.get_by_role("option")
    expect(options.first).to_have_attribute("aria-selected", "true")
    hands.press("ArrowDown")
    chosen = options.nth(1)
    expect(chosen).to_have_attribute("aria-selected", "true")
    hands.press("ArrowUp")
    hands.press("Enter")
    hands.go_to(hands.page.get_by_role("radio", checked=True))
    hands.press("ArrowDown")
    expect(hands.page.get_by_role("radio", checked=True)).to_have_value("warm")
    hands.use(find_button(hands, re.compile("^Verwijs en registreer: ")))
    code = hands.page.locator(".secret").inner_text()

    hands.go_to(hands.page.get_by_label("Letters"))
    hands.press("ArrowDown")
    hands.use(find_button(hands, "Maak het briefje"))
    expect(hands.page.locator("body.large .code")).to_have_text(code)
    hands.page.evaluate("window.print = () => { document.title = 'printed' }")
    hands.use(find_button(hands, "Print"))
    assert hands.page.title() == "printed"
    hands.use(hands.page.get_by_role("link", name="Terug"))
    expect(find_title(hands)).to_have_text("Geregistreerd")
    hands.use(find_button(hands, "Draai terug"))
    expect(find_title(hands)).to_have_text("Teruggedraaid")


def test_a_question_of_today_is_put_right(start):
    hands = start("/desk")
    hands.use(hands.page.get_by_role("link", name="Vandaag"))
    hands.use(hands.page.get_by_role("link", name=re.compile("^Verbeter")).first)
    answer = hands.page.get_by_label("Opgelost")
    hands.go_to(answer)
    hands.type("Deels")
    hands.use(find_button(hands, "Bewaar"))
    expect(hands.page.get_by_role("status")).to_have_text("Verbeterd.")
    expect(hands.page.get_by_role("row").nth(1)).to_contain_text("Deels")


def test_hours_are_changed_as_people_say_them_and_changed_back(start):
    hands = start("/redactie")
    hands.go_to(hands.page.get_by_label("Zoek op naam, plaats of adres"))
    hands.type("raadslieden")
    hands.press("Enter")
    expect(hands.page).to_have_url(re.compile("q=raadslieden"))
    hands.use(hands.page.locator(".rows a").first)
    hours = hands.page.locator("[id='place.0.hours']")
    before = hours.input_value()
    hands.go_to(hours)
    hands.press("ControlOrMeta+a")
    hands.type("wo 13-15.30")
    expect(hands.page.get_by_role("row", name="woensdag 25 november")).to_contain_text("13.00–15.30")
    expect(hours).to_be_focused()
    hands.press("Enter")
    expect(hands.page.get_by_text("Opgeslagen.")).to_be_visible()
    expect(hours).to_have_value("wo 13:00-15:30")
    hands.use(hands.page.get_by_role("link", name="Geschiedenis"))
    hands.use(find_button(hands, "Draai terug"))
    expect(hands.page.get_by_text("De wijziging is teruggedraaid.")).to_be_visible()
    expect(hours).to_have_value(before)


def test_what_somebody_proposes_is_taken_over(start):
    hands = start("/redactie/voorstellen")
    waiting = hands.page.get_by_role("button", name="Wijs af").count()
    hands.use(find_button(hands, "Neem over: Openingstijden"))
    expect(hands.page.get_by_role("status")).to_have_text("Overgenomen. Het staat nu in de gids.")
    assert hands.page.get_by_role("button", name="Wijs af").count() == waiting - 1
