"""Staff in a real browser: the first sign-in, a new colleague, a lost session, by keyboard, on any screen."""

import itertools
import re

import pytest
from playwright.sync_api import expect

from referral.db import Database
from referral.staff.people import make_first_manager
from tests.api.account.conftest import MANAGER
from tests.processes import START_AT, Assistant

NEW = "paarden eten hooi"
PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 800}
PAGES = ("/account", "/account/password", "/account/people")
# WCAG 2.2 SC 2.5.8 asks for 24 CSS pixels; ours are larger, links in a line of text apart.
SMALLEST_TARGET = 24
# WCAG 2.2 SC 1.4.3.
LEAST_CONTRAST = 4.5
# The ratio of WCAG 2.2 (relative luminance) of every text with what is behind it.
READ_CONTRASTS = """() => {
  const luminance = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const read = colour => colour.match(/[\\d.]+/g).map(Number);
  const behind = element => {
    for (let one = element; one; one = one.parentElement) {
      const colour = read(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll('body *')]
    .filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
    .filter(element => element.getClientRects().length && !['OPTION', 'OPTGROUP'].includes(element.tagName))
    .map(element => {
      const [one, two] = [luminance(read(getComputedStyle(element).color)), luminance(behind(element))];
      return [(Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05), element.textContent.trim()];
    });
}"""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The door as a process, without Rasa, with one manager; `password` is the one-time password."""
    made = Assistant(tmp_path_factory.mktemp("office"), OMDEHOEK_SIGN_INS_PER_MINUTE="1000")
    made.prepare()
    database = Database(made.database_url)
    with database.begin() as session:
        made.password = make_first_manager(session, MANAGER, START_AT)
    database.dispose()
    made.start("api")
    yield made
    made.stop()


@pytest.fixture(scope="module")
def known(office, chromium):
    """The manager has signed in for the first time and has chosen a password."""
    context = chromium.new_context()
    page = context.new_page()
    sign_in(page, office.url, office.password)
    expect(page.get_by_role("heading", level=1)).to_have_text("Wachtwoord veranderen")
    page.get_by_label("Nieuw wachtwoord").fill(NEW)
    page.get_by_label("Nieuw wachtwoord").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Uw wachtwoord is veranderd.")
    context.close()


@pytest.fixture
def tab(office, chromium, known):
    """A function that opens a tab of its own, signed in; fails when the policy for scripts and styles was broken."""
    contexts, errors = [], []

    def open_tab(**options):
        contexts.append(chromium.new_context(**options))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
        sign_in(page, office.url, NEW)
        expect(page.get_by_role("heading", level=1)).to_have_text("Mijn account")
        return page

    yield open_tab
    for context in contexts:
        context.close()
    assert errors == []


def sign_in(page, url, password):
    page.goto(f"{url}/account")
    page.get_by_label("E-mailadres").fill(MANAGER)
    page.get_by_label("Wachtwoord").fill(password)
    page.get_by_role("button", name="Log in").click()


def test_a_colleague_is_added_and_signs_in(tab, office, chromium):
    page = tab()
    page.get_by_role("link", name="Medewerkers").click()
    page.get_by_label("Naam").fill("Bas Bakker")
    page.get_by_label("E-mailadres").fill("bas@bibliotheek.example")
    page.get_by_label("Wat mag iemand?").select_option("staff")
    page.get_by_label("Waar?").select_option(label="Bibliotheek Ommen (voorbeeld)")
    page.get_by_role("button", name="Voeg toe").click()
    password = page.locator(".secret").inner_text()
    context = chromium.new_context()
    other = context.new_page()
    other.goto(f"{office.url}/account")
    other.get_by_label("E-mailadres").fill("bas@bibliotheek.example")
    other.get_by_label("Wachtwoord").fill(password)
    other.get_by_role("button", name="Log in").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Wachtwoord veranderen")
    context.close()


def test_what_was_typed_when_the_session_ended_is_sent_by_itself_after_signing_in(tab, office):
    page = tab()
    page.goto(f"{office.url}/account/people")
    page.get_by_label("Naam").fill("Cas Café")
    page.get_by_label("E-mailadres").fill("cas@bibliotheek.example")
    page.get_by_label("Waar?").select_option("country")
    page.context.clear_cookies()
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_role("status")).to_contain_text("bewaard wat u typte")
    page.get_by_label("E-mailadres").fill(MANAGER)
    page.get_by_label("Wachtwoord").fill(NEW)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Een wachtwoord voor één keer")
    expect(page.get_by_role("main")).to_contain_text("Cas Café (cas@bibliotheek.example)")


def test_without_scripts_a_button_sends_it(tab, office):
    page = tab(java_script_enabled=False)
    page.goto(f"{office.url}/account/people")
    page.get_by_label("Naam").fill("Dana")
    page.get_by_label("E-mailadres").fill("dana@bibliotheek.example")
    page.get_by_label("Waar?").select_option("country")
    page.context.clear_cookies()
    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_label("E-mailadres").fill(MANAGER)
    page.get_by_label("Wachtwoord").fill(NEW)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Verstuur wat ik typte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Een wachtwoord voor één keer")


@pytest.mark.usefixtures("known")
def test_everything_can_be_done_with_the_keyboard(office, chromium):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{office.url}/account")
    expect(page.get_by_label("E-mailadres")).to_be_focused()
    page.keyboard.type(MANAGER)
    page.keyboard.press("Tab")
    page.keyboard.type(NEW)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn account")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Ga naar de inhoud")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Wachtwoord veranderen")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Wachtwoord van nu")).to_be_focused()
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_way_around_is_one_row_with_the_pages_of_the_section_below_it(tab, office, scripts):
    page = tab(viewport=DESK, java_script_enabled=scripts)
    links = page.get_by_role("navigation").get_by_role("link")
    page.get_by_role("link", name="Redactie").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Redactie")
    page.get_by_role("link", name="Teksten").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Eigen teksten")
    here = links.evaluate_all(
        "all => all.filter(one => one.ariaCurrent).map(one => [one.textContent, one.ariaCurrent])"
    )
    assert here == [["Redactie", "true"], ["Teksten", "page"]]
    rows = dict.fromkeys(round(link.bounding_box()["y"]) for link in links.all())
    assert len(rows) == 2
    assert links.all_inner_texts()[:3] == ["Balie", "Redactie", "Netwerkweek"]
    expect(page.get_by_role("link", name="Vandaag")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_every_text_stands_out(tab, office, path, scheme):
    page = tab(color_scheme=scheme)
    page.goto(office.url + path)
    contrasts = page.evaluate(READ_CONTRASTS)
    assert len(contrasts) > 5
    assert [(round(ratio, 2), text) for ratio, text in contrasts if ratio < LEAST_CONTRAST] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_narrow_screen_shows_everything_without_scrolling_sideways(tab, office, path):
    page = tab(viewport=PHONE)
    page.goto(office.url + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for target in page.locator("button:visible, a.button, input:visible, select, nav a").all():
        box = target.bounding_box()
        assert box["height"] >= SMALLEST_TARGET
        assert box["width"] >= SMALLEST_TARGET


@pytest.mark.parametrize("path", PAGES)
def test_a_screen_reader_finds_its_way(tab, office, path):
    page = tab()
    page.goto(office.url + path)
    assert page.locator("html").get_attribute("lang") == "nl"
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_count(1)
    assert page.title() == f"{title.inner_text()} – Om de Hoek"
    for landmark in ("banner", "navigation", "main"):
        expect(page.get_by_role(landmark)).to_have_count(1)
    levels = [int(tag[1]) for tag in page.locator("h1, h2, h3").evaluate_all("found => found.map(one => one.tagName)")]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    ids = page.locator("[id]").evaluate_all("found => found.map(one => one.id)")
    assert len(ids) == len(set(ids))
    for field in page.locator("input:visible, select").all():
        assert field.evaluate("field => field.labels.length") == 1
    names = page.locator("form button").evaluate_all("all => all.map(one => one.ariaLabel || one.textContent)")
    assert all(re.search(r"\w", name) for name in names)
