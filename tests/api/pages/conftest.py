"""A citizen with a browser (real Chromium) in front of the page."""

import os
import re
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
OPTIONS = [
    "--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
# Milliseconds; a turn may take the five seconds that Rasa gets, on a busy machine.
PATIENCE = 20_000


class Visitor:
    """One tab. `page` is Playwright's; the rest is what somebody does in a chat."""

    def __init__(self, page, url):
        self.page = page
        self.url = url
        self.errors = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._read_console)

    def _read_console(self, message):
        # What the policy for scripts and styles refuses is written to the console only.
        if "Content Security Policy" in message.text:
            self.errors.append(message.text)

    def come_in(self, path="/"):
        self.page.goto(self.url + path)
        expect(self.replies).to_have_count(1)

    @property
    def box(self):
        return self.page.get_by_role("textbox")

    @property
    def replies(self):
        return self.page.locator(".reply")

    @property
    def last_reply(self):
        return self.replies.last

    @property
    def open_choices(self):
        return self.page.locator("button.choice:not([aria-disabled=true])")

    def say(self, text):
        """Type a text and send it; return when the reply is there."""
        number = self.replies.count()
        self.box.fill(text)
        self.box.press("Enter")
        expect(self.replies).to_have_count(number + 1)

    def press(self, choice):
        number = self.replies.count()
        choice.click()
        expect(self.replies).to_have_count(number + 1)

    def get_card(self):
        """Ask on until there is a card: without a place, and with the first topic that is offered."""
        self.say("Ik kan niet meer inloggen met DigiD")
        for _ in range(4):
            if self.last_reply.locator(".card").count():
                return self.last_reply.locator(".card").last
            skip = self.open_choices.filter(has_text=re.compile("^Sla over$"))
            self.press(skip if skip.count() else self.open_choices.first)
        raise AssertionError(f"no card; the last reply: {self.last_reply.inner_text()}")

    @property
    def chat(self):
        """All that the chat holds, as markup; the page's own content does not tell it."""
        return self.page.locator("om-de-hoek-chat").evaluate("chat => chat.shadowRoot.innerHTML")

    @property
    def kept(self):
        """What the tab keeps of its conversation."""
        return self.page.evaluate("JSON.parse(sessionStorage.getItem('omdehoek.conversation'))")

    def ask_door(self, method, path):
        return self.page.request.fetch(self.url + path, method=method)


@pytest.fixture(scope="module")
def chromium():
    """A browser; without one the test is skipped, or fails in CI."""
    if CHROMIUM is None:
        reason = "no Chromium (apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=PATIENCE)
    # For a module and no longer: while it runs, nothing else in this thread can start an event loop.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def let_in(chromium, live_server):
    """A function that opens a tab of its own (nothing shared); options as of Playwright's `new_context`."""
    contexts = []

    def let_in(**options):
        context = chromium.new_context(**options)
        contexts.append(context)
        return Visitor(context.new_page(), live_server)

    yield let_in
    for context in contexts:
        context.close()


@pytest.fixture
def visitor(let_in):
    """Somebody who came in and reads the welcome; fails when a script of the page fails."""
    visitor = let_in(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    visitor.come_in()
    yield visitor
    assert visitor.errors == []
