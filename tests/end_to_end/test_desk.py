"""The desk in a real browser with the real Rasa: it understands what is misspelt, and goes on when Rasa is gone."""

import pytest
from playwright.sync_api import expect

from referral.db import Database
from tests.api.account.colleague import PASSWORD, add_person
from tests.api.desk.conftest import NOOR, ZWOLLE
from tests.api.pages.conftest import chromium  # noqa: F401  (a fixture)
from tests.processes import Assistant

# Plain search does not find these.
MISSPELT = [
    ("me digit doet ut niet meer ik kan nergens inlogge", "digid"),
    ("krijg een boeten omdat ik te hart heb gerede", "boete"),
]

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def whole(tmp_path_factory, trained_model):
    """Rasa and the door, with one colleague at the desk."""
    made = Assistant(tmp_path_factory.mktemp("desk"))
    made.prepare()
    made.database = Database(made.database_url)
    add_person(made, NOOR, f"staff library:{ZWOLLE}")
    try:
        made.start("rasa", "api")
        yield made
    finally:
        made.stop()
        made.database.dispose()


@pytest.fixture(scope="module")
def page(whole, chromium):  # noqa: F811
    context = chromium.new_context(base_url=whole.url)
    page = context.new_page()
    page.goto("/desk")
    page.get_by_label("E-mailadres").fill(NOOR)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("/desk")
    yield page
    context.close()


def look_up(page, text):
    """Type a question; return the links to what was found when they are there."""
    page.get_by_role("combobox").fill("")
    expect(page.get_by_role("option")).to_have_count(0)
    page.get_by_role("combobox").fill(text)
    expect(page.get_by_role("option").first).to_be_visible()
    return page.get_by_role("option").evaluate_all("all => all.map(one => one.id)")


@pytest.mark.parametrize(("text", "topic"), MISSPELT)
def test_a_misspelt_sentence_leads_to_its_topic(page, text, topic):
    assert look_up(page, text)[0] == f"topic-{topic}"
    expect(page.locator("#found .note")).to_have_count(0)


def test_without_rasa_plain_search_goes_on_and_says_so_until_rasa_is_back(page, whole):
    told = page.locator("#found").get_by_text("Er is een storing. U ziet alleen wat op woorden is gevonden.")
    whole.kill("rasa")
    assert look_up(page, "digid kwijt")[0] == "topic-digid"
    expect(told).to_be_visible()
    for text, topic in MISSPELT:
        assert look_up(page, text)[0] != f"topic-{topic}"
    whole.start("rasa")
    for text, topic in MISSPELT:
        assert look_up(page, text)[0] == f"topic-{topic}"
    expect(told).to_have_count(0)
