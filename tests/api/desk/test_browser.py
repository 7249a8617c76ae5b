"""The desk in a real browser: look up, register, refer, print, the list of today, undo; by keyboard, on any screen."""

import itertools
import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from referral.clock import read_clock
from referral.db import Database
from referral.learning import service as learning
from referral.learning.service import Missed
from referral.models.question import Question
from referral.models.unrecognised import Unrecognised
from referral.models.visit import Visit
from referral.referring.knowledge import load_knowledge
from tests.api.account.colleague import PASSWORD, add_person
from tests.api.account.test_browser import LEAST_CONTRAST, READ_CONTRASTS, SMALLEST_TARGET
from tests.api.desk.conftest import NOOR, ZWOLLE
from tests.processes import Assistant

TABLET = {"width": 768, "height": 1024}
PHONE = {"width": 320, "height": 640}
PAGES = ("/desk", "/desk/topics/digid", "/desk/day", "/desk/niet-begrepen", "/desk/oefenen", "/waaier")


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The door as a process, without Rasa, with one colleague."""
    made = Assistant(tmp_path_factory.mktemp("desk"), OMDEHOEK_SIGN_INS_PER_MINUTE="1000")
    made.prepare()
    made.database = Database(made.database_url)
    add_person(made, NOOR, f"staff library:{ZWOLLE}")
    for text in ("een raar ding van de gemeente", "iets over knabbeltje jansma"):
        keep(made, text)
    made.start("api")
    yield made
    made.stop()
    made.database.dispose()


def keep(office, text):
    """Put a look-up on the list of what was not recognised."""
    with office.database.begin() as session:
        missed = Missed(ZWOLLE, text, ["digid", "boete"], "schulden")
        assert learning.note_missed(session, missed, load_knowledge().catalogue, read_clock())


def count(office, kind):
    with office.database.read() as session:
        return session.scalar(select(func.count()).select_from(kind))


@pytest.fixture
def tab(office, chromium):
    """A function that opens the desk in a tab of its own; fails when the policy for scripts and styles was broken."""
    contexts, errors = [], []

    def open_tab(path="/desk", **options):
        contexts.append(chromium.new_context(**options))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(office.url + path)
        page.get_by_label("E-mailadres").fill(NOOR)
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url(office.url + path)
        return page

    yield open_tab
    for context in contexts:
        context.close()
    assert errors == []


def test_a_question_is_looked_up_and_registered_with_the_keyboard_alone(tab):
    page = tab()
    field = page.get_by_role("combobox")
    expect(field).to_be_focused()
    page.keyboard.type("digid kwijt")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("option").first).to_contain_text("DigiD")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("DigiD")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Geregistreerd")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()


def test_arrow_keys_walk_the_list_and_a_screen_reader_is_told(tab):
    page = tab()
    field = page.get_by_role("combobox")
    page.keyboard.type("boete")
    options = page.get_by_role("option")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("listbox")).to_have_attribute("id", field.get_attribute("aria-controls"))
    expect(page.locator("#told")).to_have_text(f"{options.count()} gevonden")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_value("")


def test_a_visitor_is_referred_gets_a_slip_and_it_is_undone(tab):
    page = tab("/desk/topics/schulden")
    name = page.locator(".partners h3").first.inner_text()
    page.get_by_role("button", name=re.compile("^Verwijs en registreer: ")).first.click()
    expect(page.get_by_role("heading", level=2)).to_have_text(f"Verwezen naar {name}")
    code = page.locator(".secret").inner_text()
    page.get_by_label("Letters").select_option("large")
    page.get_by_role("button", name="Maak het briefje").click()
    expect(page.locator(".code")).to_have_text(code)
    page.evaluate("window.print = () => { document.title = 'printed' }")
    page.get_by_role("button", name="Print").click()
    assert page.title() == "printed"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Terug").click()
    page.get_by_role("button", name="Draai terug").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Teruggedraaid")


def test_the_list_of_today_is_put_right(tab, office):
    page = tab("/desk/topics/rijbewijs")
    page.get_by_role("button", name="Registreer zonder verwijzing").click()
    page.get_by_role("link", name="Vandaag").click()
    row = page.get_by_role("row").filter(has_text="ijbewijs")
    row.get_by_role("link", name="Verbeter").click()
    page.get_by_label("Opgelost").select_option("partly")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("status")).to_have_text("Verbeterd.")
    expect(page.get_by_role("row").filter(has_text="ijbewijs")).to_contain_text("Deels")


def test_of_two_who_put_the_same_question_right_the_second_is_told_and_keeps_what_they_chose(tab):
    first = tab("/desk/topics/kinderbijslag")
    first.get_by_role("button", name="Registreer zonder verwijzing").click()
    first.get_by_role("link", name="Vandaag").click()
    first.get_by_role("row").filter(has_text="inderbijslag").get_by_role("link", name="Verbeter").click()
    second = tab(first.url.removeprefix(first.url.partition("/desk")[0]))
    for page, resolved in ((first, "no"), (second, "partly")):
        page.get_by_label("Opgelost").select_option(resolved)
        page.get_by_role("button", name="Bewaar").click()
    expect(second.get_by_role("alert")).to_contain_text("Een collega was u voor.")
    expect(second.get_by_role("main")).to_contain_text("Opgelost: Nee")
    expect(second.get_by_label("Opgelost")).to_have_value("partly")
    second.get_by_role("button", name="Bewaar").click()
    expect(second.get_by_role("row").filter(has_text="inderbijslag")).to_contain_text("Deels")


@pytest.mark.parametrize("scripts", [True, False])
def test_what_was_chosen_while_the_database_was_locked_is_sent_again_with_one_button(tab, office, scripts):
    page = tab("/desk/topics/energie", java_script_enabled=scripts)
    page.locator("summary").click()
    page.get_by_label("Opgelost").select_option("partly")
    lock = sqlite3.connect(office.folder / "omdehoek.db", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    page.get_by_role("button", name="Registreer zonder verwijzing").click()
    expect(page.get_by_role("alert")).to_contain_text("Er is een storing.")
    lock.execute("ROLLBACK")
    lock.close()
    page.get_by_role("main").get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Geregistreerd")


def test_without_scripts_enter_finds_links(tab):
    page = tab(java_script_enabled=False)
    page.get_by_label("Wat vraagt de bezoeker?").fill("boete")
    page.get_by_role("button", name="Zoek").click()
    page.get_by_role("link", name=re.compile("oete")).first.click()
    expect(page.get_by_role("button", name="Registreer zonder verwijzing")).to_be_visible()


def test_what_was_chosen_when_the_session_ended_is_registered_after_signing_in(tab, office):
    page = tab("/desk/topics/boete")
    page.context.clear_cookies()
    page.keyboard.press("Control+Enter")
    page.get_by_label("E-mailadres").fill(NOOR)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Geregistreerd")


def test_the_desk_tells_which_topic_was_opened(tab):
    page = tab()
    page.keyboard.type("boete")
    expect(page.get_by_role("option").first).to_be_visible()
    topic = page.get_by_role("option").first.get_attribute("data-topic")
    with page.expect_response("**/desk/missed") as told:
        page.keyboard.press("Enter")
    assert told.value.request.post_data == f"q=boete&topic={topic}"
    assert told.value.status == 204
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_what_was_not_recognised_is_decided_on_with_the_keyboard_and_taken_back(tab, office):
    keep(office, "zeg het maar tegen knabbeltje jansma")
    page = tab("/desk/niet-begrepen")
    said = page.locator("li h2").first.inner_text()
    expect(page.get_by_role("button", name="Schulden en geldzorgen").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Bewaard.")
    expect(page.get_by_role("heading", level=2, name=said)).to_have_count(0)
    page.get_by_role("button", name="Draai terug").press("Enter")
    expect(page.get_by_role("heading", level=2, name=said)).to_be_visible()


def test_a_word_is_blanked_out_and_a_topic_taken_from_the_list(tab, office):
    keep(office, "zeg maar tegen pinkeltje jansma dat ik kom")
    page = tab("/desk/niet-begrepen")
    row = page.get_by_role("listitem").filter(has_text="pinkeltje")
    row.get_by_text("Woorden weghalen").click()
    row.get_by_label("pinkeltje", exact=True).check()
    row.get_by_label("jansma", exact=True).check()
    row.get_by_text("Een ander onderwerp").click()
    row.get_by_label("Onderwerp", exact=True).select_option("huurtoeslag")
    row.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("status")).to_have_text("Bewaard.")
    with office.database.read() as session:
        kept = session.scalars(select(Unrecognised).where(Unrecognised.decision == "huurtoeslag")).one()
    assert kept.text == "zeg maar tegen NAAM dat ik kom"


def test_a_new_colleague_practises_at_the_real_desk_and_reads_how_it_went(tab, office):
    before = count(office, Question)
    page = tab("/desk/oefenen")
    page.get_by_role("listitem").filter(has_text="Een man die eerst even wacht").get_by_role("button").click()
    page.get_by_role("button", name="Vraag verder").click()
    expect(page.get_by_text("Ik betaal de ene rekening met het geld van de andere.")).to_be_visible()
    page.get_by_role("link", name="Naar de balie").click()
    banner = page.get_by_role("complementary", name="Oefenen")
    expect(banner).to_contain_text("U oefent. Niets telt mee.")
    page.get_by_role("combobox").fill("schulden")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(banner).to_be_visible()
    page.get_by_role("button", name=re.compile("^Verwijs en registreer: ")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Geregistreerd")
    banner.get_by_role("link").click()
    page.get_by_role("button", name="Klaar. Hoe ging het?").click()
    expect(page.get_by_role("status")).to_have_text("Goed gedaan. Alles klopt.")
    expect(page.get_by_role("complementary")).to_have_count(0)
    page.get_by_role("link", name="Vandaag").click()
    expect(page.get_by_role("row").filter(has_text="Schulden")).to_have_count(0)
    assert count(office, Question) == before


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_of_a_practice_stands_out_on_a_narrow_screen_too(tab, scheme):
    page = tab("/desk/oefenen", color_scheme=scheme, viewport=PHONE)
    page.get_by_role("button", name="Oefen met deze bezoeker").first.click()
    for path in ("/desk/oefenen", "/desk", "/desk/topics/digid"):
        page.goto(page.url.partition("/desk")[0] + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert [text for ratio, text in page.evaluate(READ_CONTRASTS) if ratio < LEAST_CONTRAST] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_every_text_stands_out(tab, path, scheme):
    page = tab(path, color_scheme=scheme)
    if path == "/desk":
        page.keyboard.type("ik wil dood door een boete")
        expect(page.get_by_role("option").first).to_be_visible()
    contrasts = page.evaluate(READ_CONTRASTS)
    assert len(contrasts) > 5
    assert [(round(ratio, 2), text) for ratio, text in contrasts if ratio < LEAST_CONTRAST] == []


@pytest.mark.parametrize("size", [PHONE, TABLET])
@pytest.mark.parametrize("path", PAGES)
def test_no_screen_is_too_narrow(tab, path, size):
    page = tab(path, viewport=size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    for target in page.locator("button:visible, a.button, main input:visible, select:visible, nav a, summary").all():
        box = target.bounding_box()
        assert box["height"] >= SMALLEST_TARGET
        assert box["width"] >= SMALLEST_TARGET


@pytest.mark.parametrize("path", PAGES)
def test_a_screen_reader_finds_its_way(tab, path):
    page = tab(path)
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_count(1)
    assert page.title() == f"{title.inner_text()} – Om de Hoek"
    ids = page.locator("[id]").evaluate_all("found => found.map(one => one.id)")
    assert len(ids) == len(set(ids))
    for field in page.locator("main input:not([type=hidden]), select").all():
        assert field.evaluate("field => field.labels.length") == 1
    levels = [int(tag[1]) for tag in page.locator("h1, h2, h3").evaluate_all("found => found.map(one => one.tagName)")]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


# ── a campaign ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("name", "kept"), [("poster-2026", "poster-2026"), ("<kapot>", None)])
def test_who_follows_the_link_of_a_campaign_chats_and_the_visit_bears_its_name(office, chromium, name, kept):
    with office.database.read() as session:
        before = set(session.scalars(select(Visit.id)))
    page = chromium.new_page()
    page.goto(f"{office.url}/?campagne={name}")
    expect(page.locator(".reply")).to_have_count(1)
    page.get_by_role("link", name="Wat wij bewaren").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat bewaren wij van u?")
    page.close()
    with office.database.read() as session:
        visits = session.execute(select(Visit.id, Visit.campaign)).all()
    assert [campaign for visit_id, campaign in visits if visit_id not in before] == [kept]


def test_the_waaier_is_made_and_kept_in_one_click(tab):
    page = tab("/waaier")
    page.get_by_label("Maat van het papier").select_option("a5")
    with page.expect_download() as kept:
        page.get_by_role("button", name="Maak een PDF").click()
    assert kept.value.suggested_filename.endswith("-nl-a5.pdf")
    assert Path(kept.value.path()).read_bytes().startswith(b"%PDF")
    expect(page.get_by_role("status")).to_have_text("De PDF staat bij uw downloads.")
    page.get_by_role("navigation", name="Inhoud").get_by_role("link", name="DigiD", exact=True).click()
    expect(page.get_by_role("heading", name="DigiD", exact=True)).to_be_in_viewport()
