"""An editor in a real browser: find, change the hours, see the days, save, look back, take it back; on any screen."""

import itertools
import json
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from referral.clock import read_clock
from referral.db import Database
from referral.models.grant import Role
from referral.staff import people
from referral.staff.passwords import hash_password
from referral.staff.scopes import Permission, parse_scope
from tests.api.account.colleague import PASSWORD
from tests.api.account.test_browser import LEAST_CONTRAST, PHONE, READ_CONTRASTS, SMALLEST_TARGET
from tests.api.editor.conftest import EDITOR, IDO, PAGE
from tests.api.pages.conftest import chromium  # noqa: F401  (a fixture)
from tests.processes import ROOT, Assistant

PAGES = ("/redactie", "/redactie/nieuw", "/redactie/bestand", PAGE, f"{PAGE}/dicht", f"{PAGE}/geschiedenis")
HOURS = "place.0.hours"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The door as a process, without Rasa, with an editor of Ommen."""
    made = Assistant(tmp_path_factory.mktemp("editors"), OMDEHOEK_SIGN_INS_PER_MINUTE="1000")
    made.prepare()
    database = Database(made.database_url)
    with database.begin() as session:
        person = people.add_person(session, "Noor", EDITOR, now=read_clock())
        person.password_hash = hash_password(PASSWORD)
        people.add_grant(session, person, Permission(Role.EDITOR, parse_scope("municipality:GM0175")))
    database.dispose()
    made.start("api")
    yield made
    made.stop()


@pytest.fixture
def tab(office, chromium):  # noqa: F811
    """A function that opens a tab, signed in; fails when a script fails or the policy was broken."""
    contexts, errors = [], []

    def open_tab(path="/redactie", **options):
        contexts.append(chromium.new_context(**options))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(office.url + path)
        sign_in(page)
        return page

    yield open_tab
    for context in contexts:
        context.close()
    assert errors == []


def sign_in(page):
    page.get_by_label("E-mailadres").fill(EDITOR)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name="Log in").click()


def find_hours(office):
    """Ask the finder, as a citizen's question would, when the service is open."""
    code = "import sys; from api.cli.main import main; sys.argv = ['omdehoek', *sys.argv[1:]]; main()"
    asked = ["--topic", "digid", "--place", "Ommen", "--at", "2026-11-25T09:00", "--json"]
    command = [sys.executable, "-c", code, "find", *asked]
    said = subprocess.run(command, cwd=ROOT, env=office.environment, capture_output=True, text=True, check=True).stdout
    return next(match["hours"] for match in json.loads(said)["matches"] if match["serviceId"] == IDO)


def test_an_editor_finds_a_service_changes_its_hours_and_takes_it_back(tab, office):
    before = find_hours(office)
    page = tab()
    page.get_by_label("Zoek op naam, plaats of adres").fill("informatiepunt")
    page.get_by_role("button", name="Zoek").click()
    page.get_by_role("link", name="Informatiepunt Digitale Overheid (voorbeeld)").click()
    row = page.get_by_role("row", name="woensdag 25 november")
    expect(row).to_contain_text("dicht")

    hours = page.locator(f"[id='{HOURS}']")
    hours.fill("soms")
    expect(hours).to_have_attribute("aria-invalid", "true")
    expect(page.locator(f"[id='{HOURS}-told']")).to_contain_text("soms")
    hours.fill("wo 13-15.30")
    expect(row).to_contain_text("13.00–15.30")
    expect(hours).not_to_have_attribute("aria-invalid", "true")
    assert find_hours(office) == before

    page.get_by_role("button", name="Opslaan").first.click()
    expect(page.get_by_text("Opgeslagen.")).to_be_visible()
    expect(hours).to_have_value("wo 13:00-15:30")
    assert "13.00" in find_hours(office)

    page.get_by_role("link", name="Geschiedenis").click()
    expect(page.get_by_role("main")).to_contain_text("wordt wo 13:00-15:30")
    page.get_by_role("button", name="Draai terug").first.click()
    expect(page.get_by_text("De wijziging is teruggedraaid.")).to_be_visible()
    assert find_hours(office) == before


def test_what_was_typed_when_the_session_ended_is_saved_after_signing_in(tab):
    page = tab(PAGE)
    page.get_by_label("Hoe aanmelden").fill("Bel eerst even.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Opslaan").first.click()
    expect(page.get_by_role("status")).to_contain_text("bewaard wat u typte")
    sign_in(page)
    expect(page.get_by_text("Opgeslagen.")).to_be_visible()
    expect(page.get_by_label("Hoe aanmelden")).to_have_value("Bel eerst even.")


def test_without_scripts_the_button_checks(tab):
    page = tab(PAGE, java_script_enabled=False)
    page.locator(f"[id='{HOURS}']").fill("do 9-11")
    page.get_by_role("button", name="Controleer", exact=True).click()
    expect(page.get_by_role("row", name="donderdag 26 november")).to_contain_text("9.00–11.00")
    expect(page.locator(f"[id='{HOURS}']")).to_have_value("do 9-11")


def test_a_service_is_changed_with_the_keyboard_alone(tab):
    page = tab(PAGE)
    how = page.get_by_label("Hoe aanmelden")
    page.locator("main").focus()
    for _ in range(150):
        page.keyboard.press("Tab")
        if how.evaluate("field => field === document.activeElement"):
            break
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Loop binnen.")
    for _ in range(50):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Opslaan":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_text("Opgeslagen.")).to_be_visible()
    expect(how).to_have_value("Loop binnen.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_every_text_stands_out(tab, path, scheme):
    contrasts = tab(path, color_scheme=scheme).evaluate(READ_CONTRASTS)
    assert len(contrasts) > 5
    assert [(round(ratio, 2), text) for ratio, text in contrasts if ratio < LEAST_CONTRAST] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_narrow_screen_shows_everything_without_scrolling_sideways(tab, path):
    page = tab(path, viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for target in page.locator("button:visible, a.button, input:visible, select, textarea, nav a").all():
        box = target.bounding_box()
        assert min(box["height"], box["width"]) >= SMALLEST_TARGET


@pytest.mark.parametrize("path", PAGES)
def test_a_screen_reader_finds_its_way(tab, path):
    page = tab(path)
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_count(1)
    assert page.title() == f"{title.inner_text()} – Om de Hoek"
    levels = [int(tag[1]) for tag in page.locator("h1, h2, h3").evaluate_all("found => found.map(one => one.tagName)")]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    ids = page.locator("[id]").evaluate_all("found => found.map(one => one.id)")
    assert len(ids) == len(set(ids))
    described = page.locator("[aria-describedby]").evaluate_all(
        "found => found.flatMap(one => one.getAttribute('aria-describedby').split(' '))"
    )
    assert set(described) <= set(ids)
    for field in page.locator("input:visible, select, textarea").all():
        assert field.evaluate("field => field.labels.length") == 1
