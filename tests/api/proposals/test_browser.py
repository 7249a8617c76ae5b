"""In a real browser: a citizen's word ends on the card of the chat, a partner's click moves the check date."""

import itertools

import pytest
from joserfc.jwk import OctKey
from playwright.sync_api import expect

from referral.db import Database
from referral.proposals.links import make_token
from referral.staff import people
from referral.staff.scopes import Permission, parse_scope
from tests.api.account.colleague import PASSWORD, hash_once
from tests.api.account.test_browser import LEAST_CONTRAST, PHONE, READ_CONTRASTS, SMALLEST_TARGET
from tests.api.pages.conftest import Visitor
from tests.api.proposals.conftest import EDITOR, IDO, ZWOLLE
from tests.processes import START_AT, Assistant

KEY = "a key that is long enough for HS256"
LINK = f"/p/{make_token(OctKey.import_key(KEY), ZWOLLE, now=START_AT, days=30)}"
REPORT = f"/klopt-niet/{IDO}"
PAGES = (
    REPORT,
    LINK,
    "/redactie/voorstellen",
    "/redactie/nakijken",
    "/redactie/telefoonnummers",
    "/redactie/teksten",
    "/redactie/teksten/digid",
    "/redactie/ontbreekt",
)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The door as a process, without Rasa, with an editor of Zwolle."""
    made = Assistant(tmp_path_factory.mktemp("redactie"), OMDEHOEK_LINK_KEY=KEY, OMDEHOEK_REPORTS_PER_HOUR="1000")
    made.prepare()
    database = Database(made.database_url)
    with database.begin() as session:
        person = people.add_person(session, "Edith", EDITOR, now=START_AT)
        person.password_hash = hash_once(PASSWORD)
        for scope in (f"library:{ZWOLLE}", "municipality:GM0175"):
            people.add_grant(session, person, Permission("editor", parse_scope(scope)))
    database.dispose()
    made.start("api")
    yield made
    made.stop()


@pytest.fixture
def open_tab(office, chromium):
    """A function that opens a browser of its own; fails when a script failed or the policy was broken."""
    visitors = []

    def open_tab(path, *, is_signed_in=False, **options):
        visitor = Visitor(chromium.new_context(**options).new_page(), office.url)
        visitors.append(visitor)
        if is_signed_in:
            visitor.page.goto(f"{office.url}/account")
            visitor.page.get_by_label("E-mailadres").fill(EDITOR)
            visitor.page.get_by_label("Wachtwoord").fill(PASSWORD)
            visitor.page.get_by_role("button", name="Log in").click()
            expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Mijn account")
        visitor.page.goto(office.url + path)
        return visitor

    yield open_tab
    for visitor in visitors:
        visitor.page.context.close()
    assert [error for visitor in visitors for error in visitor.errors] == []


def get_card(visitor):
    """Ask for help with DigiD in Zwolle."""
    visitor.come_in()
    visitor.say("DigiD")
    visitor.press(visitor.open_choices.filter(has_text="DigiD").first)
    visitor.say("Zwolle")
    return visitor.last_reply.locator(".card").last


def test_wrong_hours_go_from_the_card_to_an_editor_and_back_to_the_card(open_tab):
    citizen = open_tab("/")
    card = get_card(citizen)
    with citizen.page.context.expect_page() as opened:
        card.get_by_role("link", name="Klopt er iets niet?").click()
    form = opened.value
    form.get_by_label("Wat is er mis?").fill("Op de deur hangt een ander briefje.")
    form.get_by_label("Weet u hoe het wel is?").fill("di 9-11.15")
    form.get_by_role("button", name="Verstuur").click()
    expect(form.get_by_role("status")).to_contain_text("Dank u wel")

    editor = open_tab("/redactie/voorstellen", is_signed_in=True).page
    expect(editor.get_by_role("main")).to_contain_text("Op de deur hangt een ander briefje.")
    editor.get_by_role("button", name="Neem over: Openingstijden").click()
    expect(editor.get_by_role("status")).to_have_text("Overgenomen. Het staat nu in de gids.")

    again = open_tab("/")
    expect(get_card(again).locator(".card-hours")).to_contain_text("11.15")


def test_a_partner_confirms_with_one_press_by_keyboard_and_without_scripts(open_tab):
    page = open_tab(LINK, java_script_enabled=False).page
    section = page.get_by_role("region", name="Informatiepunt Digitale Overheid Centrum")
    expect(section).not_to_contain_text("24 november 2026")
    section.get_by_role("button", name="Alles klopt nog").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Dank u wel. Wij hebben opgeschreven dat het nog klopt.")
    expect(section).to_contain_text("Voor het laatst nagekeken: 24 november 2026")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out(open_tab, office, scheme):
    page = open_tab(REPORT, is_signed_in=True, color_scheme=scheme).page
    for path in PAGES:
        page.goto(office.url + path)
        contrasts = page.evaluate(READ_CONTRASTS)
        assert len(contrasts) > 5
        assert [(path, round(ratio, 2), text) for ratio, text in contrasts if ratio < LEAST_CONTRAST] == []


def test_a_narrow_screen_shows_everything_without_scrolling_sideways(open_tab, office):
    page = open_tab(REPORT, is_signed_in=True, viewport=PHONE).page
    for path in PAGES:
        page.goto(office.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        sizes = page.locator("main :is(button, input:not([type=hidden]), select, textarea)").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect()).map(one => Math.min(one.width, one.height))"
        )
        assert all(size >= SMALLEST_TARGET for size in sizes), path


def test_a_screen_reader_finds_its_way(open_tab, office):
    page = open_tab(REPORT, is_signed_in=True).page
    for path in PAGES:
        page.goto(office.url + path)
        title = page.get_by_role("heading", level=1)
        expect(title).to_have_count(1)
        assert page.title() == f"{title.inner_text()} – Om de Hoek"
        levels = [int(tag[1]) for tag in page.locator("h1, h2, h3").evaluate_all("all => all.map(one => one.tagName)")]
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), path
        ids = page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
        assert len(ids) == len(set(ids)), path
        unlabelled = page.locator("main :is(input:not([type=hidden]), select, textarea)").evaluate_all(
            "all => all.filter(one => one.labels.length !== 1).length"
        )
        assert unlabelled == 0, path
        names = page.locator("main button").evaluate_all("all => all.map(one => one.ariaLabel || one.textContent)")
        assert len(names) == len(set(names)), path
