"""The week of a network on a page: for who may see it, on the screen and on paper."""

import asyncio
from html.parser import HTMLParser

import httpx
import pytest
from fastapi import FastAPI, HTTPException

from api.network.routes import HERE, install_network
from api.web.problems import install_problems


@pytest.fixture
def get(example_database):
    """Ask for a path, as somebody whom the guard lets in or not."""

    def ask(path, *, may_enter=True):
        def guard():
            if not may_enter:
                raise HTTPException(403)

        app = FastAPI()
        app.state.database = example_database
        install_problems(app)
        install_network(app, guard)

        async def send():
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://library") as client:
                return await client.get(path)

        return asyncio.run(send())

    return ask


class Reader(HTMLParser):
    """Reads the cells of each row of each table, and what tags there are."""

    def __init__(self, text):
        super().__init__()
        self.rows = []
        self.tags = []
        self._in_cell = False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self._in_cell = False

    def handle_data(self, data):
        if self._in_cell:
            self.rows[-1][-1] = " ".join(f"{self.rows[-1][-1]} {data}".split())


def test_the_page_has_a_table_for_each_kind_of_help_with_who_is_open_when(get):
    answer = get("/netwerk/GM0175?week=2026-11-23")
    assert answer.status_code == 200
    reader = Reader(answer.text)
    assert reader.rows[0] == ["Wie", *(f"{day} nov" for day in "ma 23,di 24,wo 25,do 26,vr 27,za 28,zo 29".split(","))]
    ido = next(row for row in reader.rows if row[0].startswith("Informatiepunt Digitale Overheid"))
    assert ido[1:] == ["", "9.30–11.30", "", "", "", "", ""]


def test_the_page_names_holes_overlaps_and_what_is_missing(get):
    page = " ".join(get("/netwerk/GM0193?week=2026-11-23").text.split())
    assert "<strong>Niemand op:</strong> ma 23 nov ochtend" in page
    assert "<li>di 24 nov 10.00–12.00: Informatiepunt Digitale Overheid Centrum (voorbeeld); " in page
    ommen = " ".join(get("/netwerk/GM0175?week=2026-11-23").text.split())
    assert "Huurteam" in ommen.split("Hiervoor is er niemand")[1]


def test_a_holiday_stands_in_the_head_and_an_exception_with_its_day(get):
    page = get("/netwerk/GM0193?week=2026-12-21").text
    assert "<small>eerste kerstdag</small>" in page
    assert "<small>Dag voor Kerst</small>" in page


def test_without_a_week_it_is_this_one(get):
    assert get("/netwerk/GM0175").status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/netwerk/GM9999", 404),
        ("/netwerk/Ommen", 404),
        ("/netwerk/GM0175?week=morgen", 400),
        ("/netwerk/GM0175?week=9999-12-31", 400),
    ],
)
def test_what_does_not_exist_or_cannot_be_read_is_told(get, path, status):
    assert get(path).status_code == status


def test_nobody_whom_the_guard_stops_sees_it(get):
    assert get("/netwerk/GM0175", may_enter=False).status_code == 403


def test_it_prints_across_and_needs_no_weaker_policy(get):
    reader = Reader(get("/netwerk/GM0175").text)
    assert not [tag for tag, values in reader.tags if tag in ("style", "script") or "style" in values]
    (sheet,) = [values["href"] for tag, values in reader.tags if tag == "link"]
    answer = get(sheet)
    assert answer.text == (HERE / "static" / "week.css").read_text(encoding="utf-8")
    assert "size: A4 landscape" in answer.text
