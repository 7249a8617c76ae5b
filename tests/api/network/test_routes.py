"""The week of a network on a page: for the staff, on the screen and on paper."""

from html.parser import HTMLParser

import pytest

from api.network.routes import HERE
from tests.api.account.colleague import Colleague, add_person, read_target
from tests.api.door import Door


@pytest.fixture(scope="module")
def office(make_settings):
    """A door where somebody of the desk and somebody who reads figures have an account."""
    made = Door(make_settings(sign_ins_per_minute=1_000))
    add_person(made, "noor@x.nl", "staff library:bibliotheek-zwolle-voorbeeld")
    add_person(made, "anna@x.nl", "analyst country")
    yield made
    made.close()


@pytest.fixture(scope="module")
def noor(office):
    """Signed in, of the desk in Zwolle."""
    colleague = Colleague(office)
    assert colleague.sign_in("noor@x.nl").status_code == 303
    return colleague


@pytest.fixture
def get(noor):
    return noor.get


class Reader(HTMLParser):
    """Reads the cells of each row of each table, and what tags there are."""

    def __init__(self, text):
        super().__init__()
        self.rows = []
        self.tags = []
        self.links = []
        self._in_cell = False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.links += [value for name, value in attributes if name == "href"]
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


def test_it_is_on_the_way_around_and_begins_with_the_own_municipality(get):
    assert '<a href="/netwerk">Netwerkweek</a>' in get("/account").text
    assert read_target(get("/netwerk")) == "/netwerk/GM0193"


@pytest.mark.parametrize("place", ["Ommen", "gemeente ommen", "Vilsteren"])
def test_a_place_leads_to_its_municipality(get, place):
    assert read_target(get(f"/netwerk?place={place}")) == "/netwerk/GM0175"


def test_a_name_that_several_places_bear_is_asked(get):
    page = get("/netwerk?place=Elst").text
    (choice,) = [line for line in Reader(page).links if "Rhenen" in line]
    assert read_target(get(choice)) == "/netwerk/GM0340"


@pytest.mark.parametrize("place", ["Nergenshuizen", "%00", "%3Cb%3E"])
def test_a_place_that_does_not_exist_is_asked_again(get, place):
    page = get(f"/netwerk?place={place}").text
    assert "Deze plaats kennen wij niet" in page
    assert "<b>" not in page


def test_it_is_for_the_staff_only(office):
    stranger = Colleague(office)
    assert read_target(stranger.get("/netwerk/GM0175")) == "/account/sign-in?next=%2Fnetwerk%2FGM0175"
    anna = Colleague(office)
    anna.sign_in("anna@x.nl")
    for path in ("/netwerk", "/netwerk/GM0175"):
        assert anna.get(path).status_code == 403
    assert "/netwerk" not in anna.get("/account").text


def test_it_prints_across_and_needs_no_weaker_policy(get):
    reader = Reader(get("/netwerk/GM0175").text)
    assert not [tag for tag, values in reader.tags if tag in ("style", "script") or "style" in values]
    sheet = "/static/network/week.css"
    assert sheet in reader.links
    answer = get(sheet)
    assert answer.text == (HERE / "static" / "week.css").read_text(encoding="utf-8")
    assert "size: A4 landscape" in answer.text
