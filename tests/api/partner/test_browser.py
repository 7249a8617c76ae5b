"""In a real browser: from the desk to the slip, to the citizen, to the partner, and on to the next partner."""

import io
import re

import pytest
import segno
from PIL import Image
from playwright.sync_api import expect
from sqlalchemy import select

from referral.db import Database
from referral.journal.statuses import Reason, Status
from referral.models.feedback import Feedback
from referral.models.referral import Referral, ReferralEvent
from tests.api.account.colleague import PASSWORD, add_person
from tests.api.account.test_browser import LEAST_CONTRAST, READ_CONTRASTS, SMALLEST_TARGET
from tests.api.partner.conftest import ZWOLLE, refer
from tests.processes import START_AT, Assistant

NOOR = "noor@bibliotheek.example"
PHONE = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The door as a process, without Rasa, with one colleague."""
    made = Assistant(tmp_path_factory.mktemp("partner"), OMDEHOEK_SIGN_INS_PER_MINUTE="1000")
    made.prepare()
    made.database = Database(made.database_url)
    add_person(made, NOOR, f"staff library:{ZWOLLE}")
    made.start("api")
    yield made
    made.stop()
    made.database.dispose()


@pytest.fixture
def open_tab(office, chromium):
    """A function that opens a browser of its own; fails when a script failed or the policy was broken."""
    contexts, errors = [], []

    def open_tab(path, **options):
        contexts.append(chromium.new_context(**options))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(path if path.startswith("http") else office.url + path)
        return page

    yield open_tab
    for context in contexts:
        context.close()
    assert errors == []


def read_modules(shown, count):
    """Return which modules of a QR code are dark on the screen: rows of booleans, without the white around it."""
    image = Image.open(io.BytesIO(shown.screenshot())).convert("L")
    step = image.width / (count + 8)
    return [
        [image.getpixel((int((column + 4.5) * step), int((row + 4.5) * step))) < 128 for column in range(count)]
        for row in range(count)
    ]


def test_a_visitor_goes_from_the_desk_to_a_partner_and_on_and_everybody_tells_how_it_went(open_tab, office):
    desk = open_tab("/desk/topics/schulden")
    desk.get_by_label("E-mailadres").fill(NOOR)
    desk.get_by_label("Wachtwoord").fill(PASSWORD)
    desk.get_by_role("button", name="Log in").click()
    desk.get_by_role("button", name=re.compile("^Verwijs en registreer: ")).first.click()
    desk.get_by_role("button", name="Maak het briefje").click()
    code = desk.locator(".code").inner_text()
    name = desk.get_by_role("heading", level=1).inner_text()

    # the QR code on the slip is, module by module, that of the address of the citizen's own page
    address = desk.locator(".qr a").get_attribute("href")
    assert address.startswith(f"{office.url}/briefje/")
    expected = [[bool(module) for module in row] for row in segno.make(address, error="m", micro=False).matrix]
    assert read_modules(desk.locator(".qr svg"), len(expected)) == expected

    citizen = open_tab(address, viewport=PHONE, java_script_enabled=False)
    expect(citizen.get_by_role("heading", name=name)).to_be_visible()
    citizen.get_by_role("button", name="Een beetje").click()
    expect(citizen.get_by_role("status")).to_contain_text("Uw antwoord: Een beetje.")

    partner = open_tab("/p", java_script_enabled=False)
    partner.get_by_label("Code").fill(code.lower().replace("-", " "))
    partner.get_by_role("button", name="Verder").click()
    expect(partner.get_by_role("main")).to_contain_text(name)
    partner.get_by_role("button", name="Is geweest").click()
    expect(partner.get_by_role("main")).to_contain_text("De bezoeker is geweest.")
    partner.get_by_role("button", name="Stuur door").click()
    expect(partner.get_by_role("main")).to_contain_text("Doorgestuurd naar")
    partner.get_by_role("link", name="Het nieuwe briefje voor de bezoeker").click()
    next_code = partner.locator(".code").inner_text()

    second = open_tab(f"/p/{next_code}", java_script_enabled=False)
    expect(second.get_by_role("main")).to_contain_text(re.compile(rf"Eerder bij\s*{re.escape(name)}"))
    second.get_by_role("button", name="Is geholpen").click()
    expect(second.get_by_role("status")).to_contain_text("Dank u wel.")

    citizen.reload()
    expect(citizen.get_by_role("main")).to_contain_text("U bent doorgestuurd.")
    with office.database.read() as session:
        first = session.scalars(select(Referral).where(Referral.code == code)).one()
        child = session.scalars(select(Referral).where(Referral.parent_id == first.id)).one()
        steps = session.scalars(
            select(ReferralEvent.to_status)
            .where(ReferralEvent.referral_id == first.id)
            .order_by(ReferralEvent.sequence)
        ).all()
        helped = session.scalars(select(Feedback.helped).where(Feedback.referral_id == first.id)).all()
    assert steps == [Status.REQUESTED, Status.ACCEPTED, Status.IN_PROGRESS, Status.FAILED]
    assert first.reason == Reason.REFERRED_ELSEWHERE
    assert (child.code, child.status) == (next_code, Status.COMPLETED)
    assert helped == ["partly"]


def read_outcomes(desk, office):
    """Return the figures of the desk's own page, by their names."""
    desk.goto(f"{office.url}/desk/day")
    rows = desk.locator(".outcomes > div").all()
    return {row.locator("dt").inner_text(): int(row.locator("dd").inner_text()) for row in rows}


def test_the_figures_of_the_desk_change_when_staff_refer_and_when_the_partner_answers(open_tab, office):
    desk = open_tab("/desk/day")
    desk.get_by_label("E-mailadres").fill(NOOR)
    desk.get_by_label("Wachtwoord").fill(PASSWORD)
    desk.get_by_role("button", name="Log in").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Vandaag")
    before = read_outcomes(desk, office)

    desk.goto(f"{office.url}/desk/topics/boete")
    desk.get_by_role("button", name="Verwijs en registreer: Het Juridisch Loket", exact=True).click()
    code = desk.locator(".secret").inner_text()
    assert read_outcomes(desk, office) == before | {"Nog niets gehoord": before["Nog niets gehoord"] + 1}

    partner = open_tab(f"/p/{code}")
    partner.get_by_role("button", name="Is geholpen").click()
    expect(partner.get_by_role("status")).to_contain_text("Dank u wel.")
    assert read_outcomes(desk, office) == before | {"Geholpen": before["Geholpen"] + 1}


@pytest.fixture
def pages(office, request):
    """The pages of a referral of this test's own: the field, the partner's and the citizen's, also after an answer."""
    referral = refer(office.database, request.node.name, now=START_AT)
    slip = f"/briefje/{referral.slip_key}"
    return ("/p", f"/p/{referral.code}", slip, f"{slip}?lang=en&size=large")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out(open_tab, office, pages, scheme):
    page = open_tab("/p", color_scheme=scheme)
    for path in pages:
        page.goto(office.url + path)
        contrasts = page.evaluate(READ_CONTRASTS)
        assert len(contrasts) > 2
        assert [(path, round(ratio, 2), text) for ratio, text in contrasts if ratio < LEAST_CONTRAST] == []


def test_a_narrow_screen_shows_everything_without_scrolling_sideways(open_tab, office, pages):
    page = open_tab("/p", viewport=PHONE)
    for path in pages:
        page.goto(office.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        sizes = page.locator("main :is(button, input, select, .slip a):visible").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect()).map(one => Math.min(one.width, one.height))"
        )
        assert sizes
        assert all(size >= SMALLEST_TARGET for size in sizes), path


def test_a_screen_reader_finds_its_way_and_the_page_prints(open_tab, office, pages):
    page = open_tab("/p")
    for path in pages:
        page.goto(office.url + path)
        title = page.get_by_role("heading", level=1)
        expect(title).to_have_count(1)
        assert page.title() == f"{title.inner_text()} – Om de Hoek"
        ids = page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
        assert len(ids) == len(set(ids)), path
        unlabelled = page.locator("main :is(input:not([type=hidden]), select)").evaluate_all(
            "all => all.filter(one => one.labels.length !== 1).length"
        )
        assert unlabelled == 0, path
    page.evaluate("window.print = () => { document.title = 'printed' }")
    page.get_by_role("button", name="Print this").click()
    assert page.title() == "printed"
