"""One office for all, and one browser for all pages of a module."""

import pytest

from tests.api.accessibility.axe import put_axe_in
from tests.api.accessibility.office import NOOR, Office
from tests.api.account.colleague import PASSWORD
from tests.api.pages.conftest import PATIENCE, chromium  # noqa: F401  (a fixture)


@pytest.fixture(scope="package")
def office(tmp_path_factory):
    made = Office(tmp_path_factory.mktemp("office"))
    try:
        made.open()
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="module")
def contexts(office, chromium):  # noqa: F811
    """Two browsers, with axe in them: one of a citizen, one of a colleague who has signed in."""
    made = {who: chromium.new_context(base_url=office.url, reduced_motion="reduce") for who in ("citizen", "staff")}
    for context in made.values():
        context.set_default_timeout(PATIENCE)
        put_axe_in(context)
    page = made["staff"].new_page()
    page.goto("/account")
    sign_in(page)
    page.wait_for_url("/account")
    page.close()
    yield made
    for context in made.values():
        context.close()


@pytest.fixture
def open_page(office, contexts):
    """A function that opens a tab of somebody at an address; fails when a script failed or the policy was broken."""
    pages, errors = [], []

    def open_page(who, path):
        page = contexts[who].new_page()
        pages.append(page)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(path.format(**office.records))
        return page

    yield open_page
    for page in pages:
        page.close()
    assert errors == []


def sign_in(page):
    page.get_by_label("E-mailadres").fill(NOOR)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
