"""The figures as somebody who reads them sees them: exact for the own library, rounded for others."""

import csv
import io
import json
import re
from html import unescape

import pytest
from openpyxl import load_workbook

from referral.reports.sheets import Figure
from tests.api.account.colleague import Colleague, add_person
from tests.api.reports.lives import OTHER

PAGE = "/reports"
PERIOD = "from=2026-11-01&to=2026-11-30"


def read_rows(page):
    body = re.search(r"<tbody>(.*?)</tbody>", page.text, re.DOTALL)
    if body is None:
        return []
    rows = re.findall(r"<tr>(.*?)</tr>", body[1], re.DOTALL)
    return [[unescape(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def read_totals(page):
    return dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", page.text))


def test_the_own_library_is_shown_first_and_exactly(ans):
    page = ans.get(PAGE)
    assert page.status_code == 200
    assert read_totals(page) == {
        "Vragen": "24",
        "Verwijzingen getoond": "16",
        "Verwijzingen gebruikt": "4",
        "Geholpen door de partner": "4",
        "Geen hulp gevonden": "3",
        "Spoed": "0",
    }
    assert [row[1:] for row in read_rows(page)] == [["12", "50%"], ["12", "50%"]]


def test_another_library_is_rounded_and_its_month_is_not_told_until_it_is_over(ans):
    page = ans.get(f"{PAGE}?library={OTHER}&{PERIOD}")
    assert read_totals(page)["Vragen"] == "minder dan 5"
    assert "1 oktober 2026 tot en met 31 oktober 2026" in page.text
    assert "afgerond op vijf" in page.text
    assert "Spoed" not in read_totals(page)


def test_who_has_no_library_sees_all_of_them_rounded(piet):
    page = piet.get(f"{PAGE}?{PERIOD}")
    assert "afgerond op vijf" in page.text
    assert read_rows(page) == []


def test_filters_are_combined_and_stay_in_the_address(ans):
    page = ans.get(f"{PAGE}?topic=boete&channel=desk&by=organisation&{PERIOD}")
    assert read_rows(page) == [["CJIB", "12", "100%"]]
    assert "topic=boete" in unescape(re.search(r'href="(/reports\?[^"]+)" aria-current', page.text)[1])
    assert read_rows(ans.get(f"{PAGE}?topic=boete&channel=web&by=organisation&{PERIOD}")) == []


@pytest.mark.parametrize(
    ("by", "first"),
    [
        ("month", ["november 2026", "24", "100%"]),
        ("government", ["Overheid", "24", "100%"]),
        ("cause", ["De brief is niet duidelijk", "24", "100%"]),
        ("municipality", ["Zwolle", "24", "100%"]),
        ("together", ["Boete", "Belasting van gemeente of waterschap", "12"]),
        ("gaps", ["Huurteam", "Zwolle", "Deze hulp bestaat daar niet", "Ja", "3"]),
        ("outcome", ["Niet verwezen", "12", "50%"]),
    ],
)
def test_everything_can_be_split(ans, by, first):
    assert read_rows(ans.get(f"{PAGE}?by={by}&{PERIOD}"))[0] == first


def test_the_flow_and_the_chain_of_partners_are_told(ans):
    flow = read_rows(ans.get(f"{PAGE}?by=flow&{PERIOD}"))
    quiet = ["Nog niets gehoord", "4"]
    assert [row[2:] for row in flow] == [["Geholpen", "4"], ["Niet geholpen", "4"], quiet, quiet]
    (chain,) = read_rows(ans.get(f"{PAGE}?by=chains&{PERIOD}"))
    assert chain[2] == "4"
    waits = read_rows(ans.get(f"{PAGE}?by=waits&{PERIOD}"))
    nothing = ["0"] * 5
    assert [row[1:] for row in waits] == [["8", "4", "–", "–", "8", *nothing], ["0", "4", "–", "–", "0", *nothing]]


def test_of_a_long_table_the_page_has_the_largest_and_the_file_has_all(ans, monkeypatch):
    assert "In het bestand staat alles." not in ans.get(f"{PAGE}?by=flow&{PERIOD}").text
    monkeypatch.setattr("api.reports.routes.MOST_ROWS", 1)
    page = ans.get(f"{PAGE}?by=flow&{PERIOD}")
    assert len(read_rows(page)) == 1
    assert "Hier staan de 1 grootste. In het bestand staat alles." in page.text
    assert len(ans.get(f"{PAGE}/export?by=flow&{PERIOD}&format=json").json()["rows"]) == 4


def test_a_period_stands_beside_the_one_before(ans):
    page = ans.get(f"{PAGE}?by=topic&against=before&{PERIOD}")
    assert [row[3] for row in read_rows(page)] == ["0", "0"]
    assert "Oranje" in page.text


@pytest.mark.parametrize(
    "query", ["from=gisteren", "from=2026-11-02&to=2026-11-01", "by=nix", f"library={OTHER}&topic=a&topic=b"]
)
def test_what_cannot_be_is_said_and_the_usual_figures_stand_there(ans, query):
    page = ans.get(f"{PAGE}?{query}")
    assert page.status_code == 200
    assert 'role="alert"' in page.text
    assert read_totals(page)["Vragen"] == "24"


def test_the_figures_can_be_saved(ans):
    answer = ans.get(f"{PAGE}/export?by=topic&{PERIOD}&format=csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Onderwerp", "Aantal"]
    assert sorted(rows[1:]) == [["Belasting van gemeente of waterschap", "12"], ["Boete", "12"]]
    answer = ans.get(f"{PAGE}/export?by=topic&{PERIOD}&format=json")
    told = json.loads(answer.content)
    assert sorted(told["rows"]) == [["boete", 12], ["lokale_belastingen", 12]]
    assert {"column": "topic", "code": "boete", "label": "Boete"} in told["codeBook"]
    book = load_workbook(io.BytesIO(ans.get(f"{PAGE}/export?by=month&{PERIOD}&format=xlsx").content))
    assert book.sheetnames == ["Aantal", "codeboek"]
    assert list(book["Aantal"].values) == [("Maand", "Aantal"), ("2026-11", 24)]


FILES = {
    "together": (["Onderwerp", "Ook gevraagd", "Aantal"], [["Boete", "Belasting van gemeente of waterschap", "12"]]),
    "gaps": (
        ["Wat ontbreekt", "Gemeente", "Soort partner", "Aantal"],
        [["Deze hulp bestaat daar niet", "Zwolle", "Huurteam", "3"]],
    ),
    "flow": (["Onderwerp", "Partner", "Uitkomst van de verwijzing", "Aantal"], None),
    "chains": (["Verwezen door", "Partner", "Aantal"], None),
    "waits": (["Partner", "Antwoord gegeven", "Nog geen antwoord", "Helft binnen (dagen)"], None),
}


@pytest.mark.parametrize("by", list(Figure))
def test_every_figure_can_be_saved_and_tells_what_the_page_tells(ans, by):
    headers, expected = FILES[by]
    table = read_rows(ans.get(f"{PAGE}?by={by}&{PERIOD}"))
    answer = ans.get(f"{PAGE}/export?by={by}&{PERIOD}&format=csv")
    header, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert header[: len(headers)] == headers
    assert len(rows) == len(table) > 0
    if expected:
        assert rows == expected
    told = json.loads(ans.get(f"{PAGE}/export?by={by}&{PERIOD}&format=json").content)
    assert [str(row[-1]) for row in told["rows"]] == [row[-1] for row in rows]
    assert {one["column"] for one in told["codeBook"]} == set(told["columns"])
    book = load_workbook(io.BytesIO(ans.get(f"{PAGE}/export?by={by}&{PERIOD}&format=xlsx").content))
    assert [["" if cell is None else str(cell) for cell in row] for row in book["Aantal"].values] == [header, *rows]


def test_a_file_of_the_flow_names_topic_partner_and_outcome(ans):
    answer = ans.get(f"{PAGE}/export?by=flow&{PERIOD}&format=csv")
    _, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert sorted(rows) == sorted(read_rows(ans.get(f"{PAGE}?by=flow&{PERIOD}")))


@pytest.mark.parametrize("by", list(Figure))
def test_a_file_of_a_figure_of_others_has_nothing_below_five(ans, by):
    told = json.loads(ans.get(f"{PAGE}/export?by={by}&library=&from=2026-11-01&to=2026-11-30&format=json").content)
    assert told["isRounded"]
    assert told["rows"] == []


def test_a_file_of_others_has_nothing_below_five(ans):
    told = json.loads(ans.get(f"{PAGE}/export?by=topic&library=&from=2026-11-01&to=2026-11-30&format=json").content)
    assert told["isRounded"]
    assert told["rows"] == []


@pytest.mark.parametrize("by", ["month", "topic", "gaps", "flow", "together", "chains", "waits"])
@pytest.mark.parametrize(("kind", "start"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_a_picture_is_drawn(ans, by, kind, start):
    answer = ans.get(f"{PAGE}/picture?by={by}&{PERIOD}&file={kind}")
    assert answer.content.startswith(start)


def test_a_picture_tells_what_the_table_tells(ans):
    drawn = ans.get(f"{PAGE}/picture?by=topic&{PERIOD}").text
    texts = re.findall(r"<text[^>]*>([^<]+)</text>", drawn)
    assert set(texts) == {"Boete", "Belasting van gemeente of waterschap", "12"}


def test_the_picture_of_the_flow_names_topic_partner_and_outcome(ans):
    page = read_rows(ans.get(f"{PAGE}?by=flow&{PERIOD}"))
    texts = re.findall(r"<text[^>]*>([^<]+)</text>", ans.get(f"{PAGE}/picture?by=flow&{PERIOD}").text)
    names = {name for row in page for name in row[:3]}
    assert len(names) == 6
    shown = [text.rstrip("…") for text in texts]
    assert all(any(text and unescape(name).startswith(text) for text in shown) for name in names)
    assert [text for text in texts if text.isdecimal()] == ["16", "12", "4", "8", "4", "4"]


def test_the_picture_of_waiting_is_a_histogram(ans):
    texts = re.findall(r"<t(?:ext|span)[^>]*>([^<]+)</t", ans.get(f"{PAGE}/picture?by=waits&{PERIOD}").text)
    assert [text for text in texts if text.isdecimal()][-6:] == ["8", "0", "0", "0", "0", "0"]
    page = ans.get(f"{PAGE}?by=waits&{PERIOD}").text
    assert "8 keer hoorden wij hoe het ging." in page


def test_a_campaign_that_is_a_formula_or_a_script_does_no_harm(ans):
    page = ans.get(f"{PAGE}?campaign=%3Cscript%3Ealert(1)%3C/script%3E&{PERIOD}")
    assert "<script>alert" not in page.text
    answer = ans.get(f"{PAGE}/export?by=campaign&campaign=%3D1%2B1&{PERIOD}&format=csv")
    assert answer.status_code == 200


def test_figures_are_for_who_may_read_figures(door, ans):
    assert Colleague(door).get(PAGE).status_code == 303
    add_person(door, "noor@x.nl", "staff country")
    noor = Colleague(door)
    noor.sign_in("noor@x.nl")
    assert noor.get(PAGE).status_code == 403
