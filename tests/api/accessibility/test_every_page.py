"""Every page of the door, filled, keeps WCAG 2.2 AA: on any screen, light and dark, in both languages, with faults."""

import re

import pytest
from playwright.sync_api import expect

from tests.api.accessibility.answers import ANSWERS
from tests.api.accessibility.axe import COLOURS, EVERYTHING, find_violations
from tests.api.accessibility.keyboard import Hands
from tests.api.accessibility.stops import PAGES
from tests.api.web.test_access import list_routes

# What is looked for at each width, in pixels: the colours of the dark do not depend on it.
WIDTHS = {1280: {"light": EVERYTHING, "dark": COLOURS}, 820: {}, 320: {"light": EVERYTHING}}
HEIGHT = 800
# What programs read, browsers too; and what shows no page of its own: it leads elsewhere, or is a file.
FOR_PROGRAMS = ("/v1/", "/hsds", "/health/", "/static/")
NO_PAGE = {
    "/account/oidc",
    "/account/oidc/callback",
    "/briefje/{slip_key}/qr.svg",
    "/chat-op-uw-site",
    "/desk/gesprekken/lijst",
    "/desk/gesprekken/{conversation_id}/berichten",
    "/desk/campagnes/{name}.{kind}",
    "/desk/day/export",
    "/netwerk",
    "/oefenen",
    "/reports/dossiers/{kind}/data",
    "/reports/dossiers/{kind}/pdf",
    "/reports/dossiers/{kind}/picture",
    "/reports/export",
    "/reports/milestones/picture",
    "/reports/picture",
    "/waaier/pdf",
}


def test_no_page_is_passed_by(door):
    routes = {path for method, path, _ in list_routes(door.app) if method == "GET"}
    pages = {path for path in routes if not path.startswith(FOR_PROGRAMS)}
    assert pages - NO_PAGE == {stop.route for stop in PAGES}
    assert pages >= NO_PAGE


@pytest.mark.parametrize("stop", [*PAGES, *ANSWERS], ids=str)
def test_a_page_keeps_wcag_on_every_screen(open_page, stop):
    page = open_page(stop.who, stop.path)
    if stop.act:
        stop.act(page)
    expect(page.locator(stop.shows).first).to_be_visible()
    page.wait_for_load_state("load")  # words are there before the style sheet is
    found = {}
    for width, looks in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": HEIGHT})
        # SC 1.4.10, which axe does not measure.
        if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
            found[width] = f"{needed} pixels wide"
        for scheme, options in looks.items():
            page.emulate_media(color_scheme=scheme)
            if violations := find_violations(page, options):
                found[width, scheme] = violations
    assert found == {}


@pytest.mark.parametrize("stop", PAGES, ids=str)
def test_the_tab_key_reaches_everything_shows_where_it_is_and_is_never_trapped(open_page, stop):
    page = open_page(stop.who, stop.path)
    expect(page.locator(stop.shows).first).to_be_visible()
    assert Hands(page).walk() == []


def test_what_breaks_wcag_is_found(contexts):
    page = contexts["citizen"].new_page()
    page.goto("about:blank")
    page.set_content(
        "<html lang=nl><title>x</title><main><h1 style='color: #bbb'>hard to read</h1><input><img src=x>"
        "<button aria-label='Stop'>Ga verder</button></main>"
    )
    found = {rule for rule, _ in find_violations(page)}
    assert {"color-contrast", "image-alt", "label", "label-content-name-mismatch"} <= found
    page.close()


def test_what_the_keyboard_cannot_do_is_found(contexts):
    page = contexts["citizen"].new_page()
    page.goto("about:blank")
    page.set_content(
        "<button style='outline: 0'>no ring</button>"
        "<button style='position: fixed; left: -99px'>not there</button>"
        "<button onkeydown='event.preventDefault()'>trap</button><button>behind it</button>"
    )
    wrong = " ".join(Hands(page).walk())
    assert re.search("no ring to be seen.*>no ring<", wrong)
    assert re.search("out of sight.*>not there<", wrong)
    assert re.search("never reached: <button>behind it<", wrong)
    page.close()
