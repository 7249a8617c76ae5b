"""What the page is made of, without a browser."""

import asyncio
import json
import re
from html.parser import HTMLParser

import httpx
import pytest
from fastapi import FastAPI

from api.pages.frame import HERE
from api.pages.routes import install_pages
from api.pages.words import SHARED, load_page_words
from api.web.theme import install_theme
from referral.settings import get_settings

SCRIPTS = [*(HERE / "chat").glob("*.js")]


@pytest.fixture
def app():
    app = FastAPI()
    app.state.settings = get_settings()
    install_theme(app)
    install_pages(app)
    return app


def get(app, path):
    async def ask():
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://library") as client:
            return await client.get(path)

    return asyncio.run(ask())


def read_page(app, path="/"):
    answer = get(app, path)
    assert answer.status_code == 200
    return answer.text


def read_chat(app):
    """Return what the page tells the script of the chat."""
    return json.loads(re.search(r'<script type="application/json">(.*?)</script>', read_page(app)).group(1))


def test_the_page_says_that_its_addresses_are_examples_until_they_are_not(app):
    note = load_page_words(get_settings().data_dir)["nl"]["page_example"]
    shown = f'<p class="example">{note}</p>'
    assert shown in read_page(app)
    app.state.is_example = False
    assert shown not in read_page(app)


def test_the_page_bears_the_name_and_number_of_its_library(app):
    app.state.library_name = "Bibliotheek <Waterbeek>"
    app.state.library_phone = "0123 45 67 89"
    page = read_page(app)
    assert "Kom langs bij Bibliotheek &lt;Waterbeek&gt;." in page
    assert 'href="tel:0123456789"' in page
    assert "<Waterbeek>" not in page


def test_the_longest_message_is_that_of_the_door(app):
    assert read_chat(app)["maxChars"] == get_settings().message_max_chars


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/", "nl"),
        ("/?lang=nl", "nl"),
        ("/?lang=en", "en"),
        ("/?lang=tr", "tr"),
        ("/?lang=fr", "nl"),
        ("/?lang=", "nl"),
        ("/?lang=%00<", "nl"),
    ],
)
def test_the_page_is_in_dutch_unless_it_can_be_in_the_language_asked_for(app, path, language):
    assert f'<html lang="{language}">' in read_page(app, path)


def test_nothing_on_the_page_needs_a_weaker_policy(app):
    # The door sends "default-src 'self'": no script or style in the page itself, nothing from elsewhere.
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attributes):
            values = dict(attributes)
            found.extend((tag, name) for name in values if name == "style" or name.startswith("on"))
            if tag == "style" or (tag == "script" and "src" not in values and values["type"] != "application/json"):
                found.append((tag, "inline"))
            if tag in {"script", "link", "img"}:
                found.extend(
                    (tag, url) for url in (values.get("src"), values.get("href")) if url and url[:8] != "/static/"
                )

    Reader().feed(read_page(app))
    assert found == []


def test_a_browser_asks_whether_its_copy_of_a_file_is_still_right(app):
    for path in (HERE / "static").iterdir():
        answer = get(app, f"/static/{path.name}")
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-cache", path.name


def test_every_word_that_the_scripts_say_comes_with_the_page_and_no_other(app):
    words = read_chat(app)["words"]
    used = set()
    for script in SCRIPTS:
        used.update(
            re.findall(r'"((?:page|card|too|example|slip)_[a-z_]+|unknown_button|wiped|error)"', script.read_text())
        )
    for language, texts in words.items():
        assert used <= set(texts), language
    for file in (HERE / "frame.py", *(HERE / "templates").iterdir()):
        used.update(re.findall(r"\b(page_[a-z_]+)\b", file.read_text()))
    assert set(words["nl"]) - used == set()
    assert used >= SHARED


def test_no_sentence_stands_in_a_script():
    assert len(SCRIPTS) > 10
    for script in SCRIPTS:
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", script.read_text(), flags=re.DOTALL)
        assert re.findall(r'"[A-Z][a-z]+ [^"]*"', code) == [], script.name
