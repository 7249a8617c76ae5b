"""The inbox in a real browser, with a citizen over HTTP at the other end; by keyboard, and without a mouse."""

import re

import pytest
from playwright.sync_api import expect

from referral.db import Database
from tests.api.account.colleague import PASSWORD, add_person
from tests.api.inbox.conftest import HOME, LIBRARY
from tests.api.pages.conftest import Visitor
from tests.citizen import Citizen
from tests.processes import Assistant

NAMES = ("noor", "bas")


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The door as a process, without Rasa, with two colleagues, where citizens can chat with staff."""
    limits = {f"OMDEHOEK_{name}": "1000" for name in ("SIGN_INS_PER_MINUTE", "NEWS_PER_MINUTE")}
    made = Assistant(tmp_path_factory.mktemp("inbox"), OMDEHOEK_LIVE_PERSON="true", **limits)
    made.prepare()
    made.database = Database(made.database_url)
    for name in NAMES:
        add_person(made, f"{name}@bibliotheek.example", f"staff library:{LIBRARY}")
    made.start("api")
    yield made
    made.stop()
    made.database.dispose()


@pytest.fixture
def tab(office, chromium):
    """A function that opens the inbox of a colleague; fails when the policy for scripts and styles was broken."""
    contexts, errors = [], []

    def open_tab(name):
        contexts.append(chromium.new_context())
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(office.url + HOME)
        page.get_by_label("E-mailadres").fill(f"{name}@bibliotheek.example")
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url(office.url + HOME)
        return page

    yield open_tab
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def citizen(office):
    made = Citizen(office.url)
    yield made
    made.http.delete(f"/v1/conversations/{made.conversation_id}/person")
    made.close()


def ask_person(citizen):
    """Press the button, which works while Rasa is down."""
    citizen.press("Overheid en DigiD")
    assert citizen.press("Een mens spreken")["person"]["state"] == "waiting"


def read_news(citizen, after=0):
    return citizen.http.get(f"/v1/conversations/{citizen.conversation_id}/person", params={"after": after}).json()


def test_a_citizen_is_seen_taken_answered_and_given_back_with_the_keyboard_alone(tab, citizen):
    page = tab("noor")
    expect(page.locator("#list")).to_contain_text("Er wacht niemand.")
    ask_person(citizen)
    link = page.get_by_role("link", name=re.compile("Wacht sinds"))
    expect(link).to_be_visible()
    expect(page).to_have_title(re.compile(r"^\(1\) Gesprekken"))
    expect(page.locator("#told")).to_have_text("Aantal bezoekers dat wacht: 1")
    link.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Neem over").focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("Uw antwoord")
    expect(field).to_be_focused()
    assert citizen.say("ik snap de brief niet")["person"]["state"] == "talking"
    log = page.get_by_role("log")
    expect(log).to_contain_text("ik snap de brief niet")
    expect(field).to_be_focused()
    page.keyboard.type("Welke brief is het?")
    page.keyboard.press("Enter")
    expect(log).to_contain_text("Welke brief is het?")
    assert [one["text"] for one in read_news(citizen)["messages"]] == ["Welke brief is het?"]
    page.get_by_role("button", name="Geef terug aan Om de Hoek").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#list")).to_contain_text("Er wacht niemand.")
    assert read_news(citizen)["reply"]["buttons"]


def test_who_is_second_sees_who_was_first(tab, citizen):
    noor, bas = tab("noor"), tab("bas")
    ask_person(citizen)
    for page in (noor, bas):
        page.get_by_role("link", name=re.compile("Wacht sinds")).click()
    noor.get_by_role("button", name="Neem over").click()
    expect(noor.get_by_role("status").first).to_have_text("U praat met de bezoeker.")
    expect(bas.get_by_role("status").first).to_have_text("Noor heeft dit gesprek.")
    bas.get_by_role("button", name="Neem over").click()
    expect(bas.get_by_role("alert")).to_contain_text("Een collega was eerder")
    citizen.http.delete(f"/v1/conversations/{citizen.conversation_id}/person")
    expect(noor.get_by_role("status").first).to_contain_text("Dit gesprek is afgelopen.")


def test_a_citizen_is_referred(tab, citizen):
    page = tab("noor")
    ask_person(citizen)
    page.get_by_role("link", name=re.compile("Wacht sinds")).click()
    page.get_by_role("button", name="Neem over").click()
    page.get_by_role("link", name="Verwijs").click()
    page.get_by_label("Onderwerp").select_option("huurtoeslag")
    page.get_by_role("button", name="Zoek").click()
    name = page.locator(".partners h3").first.inner_text()
    page.get_by_role("button", name=f"Stuur dit adres: {name}").first.click()
    expect(page.get_by_role("log")).to_contain_text(name)
    assert [one["card"]["name"] for one in read_news(citizen)["messages"]] == [name]


def test_the_page_of_the_citizen_and_the_inbox_talk(tab, office, chromium):
    page = tab("noor")
    context = chromium.new_context()
    visitor = Visitor(context.new_page(), office.url)
    visitor.come_in()
    for label in ("Overheid en DigiD", "Een mens spreken"):
        visitor.press(visitor.open_choices.filter(has_text=label).first)
    bar = visitor.page.locator(".person-bar")
    expect(bar).to_contain_text("U wacht op een medewerker.")
    page.get_by_role("link", name=re.compile("Wacht sinds")).click()
    page.get_by_role("button", name="Neem over").click()
    expect(bar).to_contain_text("U praat met een medewerker.")
    page.get_by_label("Uw antwoord").fill("Goedemorgen, met Noor.")
    page.get_by_role("button", name="Stuur").click()
    expect(visitor.last_reply).to_contain_text("Goedemorgen, met")
    visitor.box.fill("ik snap de brief niet")
    visitor.page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("ik snap de brief niet")
    visitor.page.reload()
    expect(bar).to_contain_text("U praat met een medewerker.")
    expect(visitor.replies.filter(has_text="Goedemorgen, met")).to_have_count(1)
    page.get_by_role("button", name="Geef terug aan Om de Hoek").click()
    expect(visitor.last_reply).to_contain_text("U praat weer met de computer.")
    expect(bar).to_be_hidden()
    assert visitor.errors == []
    context.close()
