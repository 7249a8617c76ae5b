"""A citizen with a browser on a library's own site, where the chat of the door stands."""

import pytest
from playwright.sync_api import expect

from referral.clock import read_clock
from referral.db import Database
from referral.widgets.service import Wishes, save_wishes
from tests.api.accessibility.axe import put_axe_in
from tests.api.pages.conftest import Visitor, chromium  # noqa: F401  (a fixture)
from tests.api.widget.site import Site
from tests.processes import Assistant

ZWOLLE = "bibliotheek-zwolle-voorbeeld"
# In the browser's own print, so that what would be printed can be read; frames of ours have one too.
KEEP_PAPER = "window.print = () => { (top.printed ??= []).push(document.body.innerText) }"


class Stranger(Visitor):
    """Somebody on the library's site."""

    def come_in(self, path="/"):
        self.page.goto(self.url + path)

    @property
    def launcher(self):
        return self.page.locator("om-de-hoek-chat .launcher")

    @property
    def panel(self):
        return self.page.locator("om-de-hoek-chat .panel")

    def open(self, path="/"):
        self.come_in(path)
        self.launcher.click()
        expect(self.replies).to_have_count(1)

    def get_card(self):
        """Choose a topic and name a place, which works while Rasa is away."""
        for label in ("Overheid en DigiD", "DigiD"):
            self.press(self.open_choices.filter(has_text=label).first)
        self.say("Zwolle")
        return self.last_reply.locator(".card").last


@pytest.fixture(scope="package")
def widget_door(tmp_path_factory):
    """The door as a process, without Rasa."""
    made = Assistant(tmp_path_factory.mktemp("widget"))
    made.prepare()
    try:
        made.start("api")
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="package")
def site(widget_door):
    """A site that the library has named."""
    made = Site(widget_door.url, ZWOLLE)
    wish(widget_door, origins=(made.url,), hidden_paths=("/jeugd/*",), greeting={"nl": "Stel gerust uw vraag"})
    yield made
    made.close()


@pytest.fixture
def stranger_on(chromium, site):  # noqa: F811
    """A function that opens a tab of its own on the site; fails when a script failed or a policy was broken."""
    contexts, strangers = [], []

    def stranger_on(url=None, **options):
        context = chromium.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", **options}
        )
        context.add_init_script(KEEP_PAPER)
        put_axe_in(context)
        contexts.append(context)
        strangers.append(Stranger(context.new_page(), url or site.url))
        return strangers[-1]

    yield stranger_on
    for context in contexts:
        context.close()
    assert [one.errors for one in strangers if one.errors] == []


@pytest.fixture
def stranger(stranger_on):
    return stranger_on()


def wish(door, **wishes):
    """Set what the library wants, as its manager does."""
    database = Database(door.database_url)
    with database.begin() as session:
        save_wishes(session, ZWOLLE, Wishes(**wishes), by="Mira", now=read_clock())
    database.dispose()
