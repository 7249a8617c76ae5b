"""The chat on a library's own site, in a real browser: it works there, and it keeps to itself."""

import re
import subprocess

import httpx
import pytest
from playwright.sync_api import expect

from referral.settings import ROOT
from tests.api.accessibility.axe import find_violations
from tests.api.accessibility.keyboard import Hands
from tests.api.widget.site import Site
from tests.npm import get_installed

EMERGENCY = "Mijn man slaat mij"
PHONE = {"width": 320, "height": 640}
ZOOMED = {"width": 320, "height": 256}
KB = 1000


def test_one_script_is_all_that_a_page_needs(stranger):
    stranger.come_in()
    expect(stranger.launcher).to_have_text("Stel uw vraag")
    expect(stranger.launcher).to_have_attribute("aria-expanded", "false")
    expect(stranger.panel).to_be_hidden()
    stranger.launcher.click()
    expect(stranger.box).to_be_focused()
    expect(stranger.replies).to_have_count(1)
    expect(stranger.panel).to_contain_text("Stel gerust uw vraag")
    card = stranger.get_card()
    expect(card.locator(".card-name")).to_be_visible()
    stranger.page.keyboard.press("Escape")
    expect(stranger.panel).to_be_hidden()
    expect(stranger.launcher).to_be_focused()
    expect(stranger.launcher).to_have_text("Ga verder met uw vraag")


def test_nothing_is_asked_of_the_door_but_its_looks_before_somebody_opens_it(stranger):
    asked = []
    stranger.page.on("request", lambda request: asked.append(request.url))
    stranger.come_in()
    expect(stranger.launcher).to_be_visible()
    of_door = [url for url in asked if not url.startswith(stranger.url)]
    assert [re.sub(r"^http://[^/]+|\?.*", "", url) for url in of_door] == [
        "/static/widget.js",
        "/v1/widgets/bibliotheek-zwolle-voorbeeld",
    ]


def test_a_site_that_spoils_everything_spoils_nothing_of_it(stranger):
    stranger.open("/spoiled")
    words = stranger.last_reply.locator(".bubble").first
    style = words.evaluate(
        "one => { const { fontSize, letterSpacing, textTransform, direction, visibility } = getComputedStyle(one);"
        " return { fontSize, letterSpacing, textTransform, direction, visibility } }"
    )
    assert style == {
        "fontSize": "18px",
        "letterSpacing": "normal",
        "textTransform": "none",
        "direction": "ltr",
        "visibility": "visible",
    }
    place = stranger.launcher.bounding_box()
    assert place["width"] > 100
    assert place["height"] >= 44
    assert place["x"] + place["width"] > 1100
    stranger.get_card()


def test_it_keeps_no_cookie_and_no_word(stranger):
    stranger.open()
    stranger.box.fill("Hallo daar, zei de giraffe")
    stranger.box.press("Enter")
    expect(stranger.replies).to_have_count(2)
    assert stranger.page.context.cookies() == []
    assert stranger.page.evaluate("Object.keys(localStorage)") == []
    assert "giraffe" not in stranger.page.evaluate("JSON.stringify(sessionStorage)")


def test_on_the_next_page_it_goes_on_and_stays_open(stranger):
    stranger.open()
    before = stranger.kept["id"]
    stranger.page.goto(stranger.url + "/inline")
    stranger.page.goto(stranger.url + "/")
    expect(stranger.replies).to_have_count(1)
    expect(stranger.panel).to_be_visible()
    assert stranger.kept["id"] == before


def test_a_page_that_swaps_its_contents_keeps_it(stranger):
    stranger.open()
    stranger.page.evaluate("document.body.replaceChildren(document.createElement('main'))")
    expect(stranger.launcher).to_be_visible()
    expect(stranger.replies).to_have_count(1)
    stranger.page.evaluate("document.documentElement.replaceChild(document.createElement('body'), document.body)")
    expect(stranger.launcher).to_be_visible()
    expect(stranger.replies).to_have_count(1)
    stranger.get_card()


def test_it_is_away_where_the_library_does_not_want_it(stranger):
    stranger.come_in("/jeugd/lezen")
    expect(stranger.page.locator("om-de-hoek-chat[data-away]")).to_have_count(1)
    expect(stranger.launcher).to_be_hidden()
    stranger.page.evaluate("history.pushState(null, '', '/volwassenen')")
    expect(stranger.launcher).to_be_visible()
    stranger.page.evaluate("history.pushState(null, '', '/jeugd/spelen')")
    expect(stranger.launcher).to_be_hidden()


def test_a_site_that_the_library_did_not_name_shows_no_chat(stranger_on, widget_door):
    other = Site(widget_door.url, "bibliotheek-zwolle-voorbeeld")
    try:
        stranger = stranger_on(other.url)
        with stranger.page.expect_response("**/v1/widgets/**") as answer:
            stranger.come_in()
        assert answer.value.status == 403
        stranger.page.wait_for_load_state("networkidle")
        assert stranger.launcher.count() == 0
        asked = {"Origin": other.url, "Access-Control-Request-Method": "POST"}
        preflight = httpx.options(f"{widget_door.url}/v1/conversations/none/messages", headers=asked)
        assert preflight.status_code == 403
        assert "access-control-allow-origin" not in preflight.headers
    finally:
        other.close()


def test_in_the_text_of_a_page_it_is_open_at_once(stranger):
    stranger.come_in("/inline")
    expect(stranger.replies).to_have_count(1)
    assert stranger.launcher.count() == 0
    assert stranger.page.evaluate("document.activeElement === document.body")
    assert Hands(stranger.page).walk() == []


def test_in_english_every_word_is(stranger):
    stranger.come_in("/english")
    expect(stranger.launcher).to_have_text("Ask your question")
    stranger.launcher.click()
    expect(stranger.last_reply).to_have_attribute("lang", "en")
    expect(stranger.panel.get_by_role("button", name="Send")).to_be_visible()


def test_after_violence_there_is_a_quick_way_out_that_leaves_nothing(stranger, widget_door):
    stranger.page.route("https://www.buienradar.nl/**", lambda route: route.fulfill(body="Regen"))
    stranger.open()
    conversation = stranger.kept["id"]
    expect(stranger.panel.locator(".exit")).to_be_hidden()
    stranger.say(EMERGENCY)
    expect(stranger.last_reply.locator(".urgent-p0")).to_be_visible()
    expect(stranger.panel.locator(".exit")).to_be_visible()
    stranger.page.keyboard.press("Shift")
    stranger.page.keyboard.press("Shift")
    stranger.page.keyboard.press("a")
    stranger.page.keyboard.press("Shift")
    assert stranger.page.url.startswith(stranger.url)
    stranger.page.keyboard.press("Shift")
    stranger.page.keyboard.press("Shift")
    stranger.page.wait_for_url("https://www.buienradar.nl/")
    assert httpx.get(f"{widget_door.url}/v1/conversations/{conversation}").status_code == 404
    stranger.page.go_back()
    assert not stranger.page.url.startswith(f"{stranger.url}/")


def test_a_card_can_be_kept_in_every_way(stranger):
    stranger.open()
    card = stranger.get_card()
    paper_button = card.get_by_role("button", name="Afdrukken").element_handle()
    stranger.page.emulate_media(media="print")
    paper_button.evaluate("button => button.click()")
    stranger.page.emulate_media(media="screen")
    [paper] = stranger.page.evaluate("window.printed")
    assert card.locator(".card-name").inner_text() in paper
    assert "Welkom" not in paper
    assert "Bewaar dit adres" not in paper
    code = card.get_by_role("button", name="Toon de QR-code")
    code.click()
    expect(code).to_have_attribute("aria-expanded", "true")
    image = card.get_by_role("img", name="QR-code")
    expect(image).to_be_visible()
    assert image.evaluate("one => one.decode().then(() => one.naturalWidth)") > 0
    way = card.get_by_role("link", name="Bekijk op de kaart")
    assert way.get_attribute("href").startswith("https://www.openstreetmap.org/")
    with stranger.page.expect_popup() as slip:
        card.get_by_role("link", name="Bewaar dit adres").click()
    expect(slip.value.get_by_role("heading", name=card.locator(".card-name").inner_text())).to_be_visible()


def test_it_reads_aloud_where_the_device_has_a_voice_and_only_there(stranger_on):
    stranger, english = stranger_on(), stranger_on()
    for one in (stranger, english):
        one.page.add_init_script(
            "speechSynthesis.getVoices = () =>"
            " [{ lang: 'nl-NL', localService: true }, { lang: 'en-GB', localService: false }];"
            "window.SpeechSynthesisUtterance = function (text) { this.text = text; this.addEventListener = () => {} };"
            "speechSynthesis.speak = (spoken) => { window.heard = spoken.text };"
        )
    stranger.open()
    stranger.last_reply.get_by_role("button", name="Lees voor").click()
    assert stranger.page.evaluate("window.heard").startswith("Hallo. Ik ben een computer.")
    english.open("/english")
    expect(english.last_reply.locator(".read")).to_be_hidden()


@pytest.mark.parametrize("window", [None, PHONE, ZOOMED], ids=["wide", "phone", "zoomed"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_keeps_wcag_on_every_screen(stranger_on, window, scheme):
    stranger = stranger_on(color_scheme=scheme, **({"viewport": window} if window else {}))
    stranger.come_in()
    expect(stranger.launcher).to_be_visible()
    assert find_violations(stranger.page) == []
    stranger.launcher.click()
    expect(stranger.replies).to_have_count(1)
    stranger.get_card()
    assert find_violations(stranger.page) == []
    stranger.say(EMERGENCY)
    expect(stranger.panel.locator(".exit")).to_be_visible()
    assert find_violations(stranger.page) == []
    assert stranger.page.evaluate("document.documentElement.scrollWidth") <= stranger.page.viewport_size["width"]
    stranger.page.route("**/messages", lambda route: route.abort())
    stranger.box.fill("hallo")
    stranger.box.press("Enter")
    expect(stranger.page.locator(".trouble")).to_be_visible()
    assert find_violations(stranger.page) == []


def test_without_scripts_there_is_a_link_to_a_plain_form(stranger_on, widget_door):
    stranger = stranger_on(java_script_enabled=False)
    stranger.page.set_content(f'<noscript><a href="{widget_door.url}/zoek">Zoek een adres</a></noscript>')
    stranger.page.get_by_role("link", name="Zoek een adres").click()
    expect(stranger.page.get_by_role("textbox").first).to_be_visible()


def test_the_script_is_that_of_its_parts_and_small(tmp_path):
    get_installed("esbuild/package.json")
    made = tmp_path / "widget.js"
    subprocess.run(["node", ROOT / "scripts/make_widget.mjs", made], check=True)
    kept = ROOT / "api/pages/static/widget.js"
    assert kept.read_text(encoding="utf-8") == made.read_text(encoding="utf-8"), "run `make widget`"
    packed = subprocess.run(["gzip", "-9c", kept], check=True, capture_output=True).stdout
    assert len(packed) <= 30 * KB


def test_two_tabs_are_in_step(stranger):
    stranger.open()
    other = type(stranger)(stranger.page.context.new_page(), stranger.url)
    other.open()
    assert other.kept["id"] == stranger.kept["id"]
    stranger.press(stranger.open_choices.filter(has_text="Overheid en DigiD"))
    expect(other.replies).to_have_count(2)
    expect(other.page.locator(".citizen")).to_contain_text("Overheid en DigiD")
    other.press(other.open_choices.filter(has_text="DigiD").first)
    expect(stranger.replies).to_have_count(3)
    stranger.page.get_by_role("button", name="Wis dit gesprek").click()
    stranger.page.get_by_role("button", name="Ja, wis alles").click()
    expect(other.page.locator(".note")).to_have_text("Dit gesprek is gewist.")
    expect(other.replies).to_have_count(1)
    expect(stranger.replies).to_have_count(1)
    assert other.kept["id"] == stranger.kept["id"]
    assert other.errors == []
