"""Reports for others are rounded and say what would help; those of the library itself are exact."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from pypdf import PdfReader

from tests.api.account.colleague import Colleague, add_person
from tests.api.reports.lives import LIBRARY, live
from tests.api.reports.test_routes import read_totals

PAGE = "/reports/dossiers"
# Months that are over by the Tuesday on which these tests live.
MARCH = datetime(2026, 3, 10, 10, tzinfo=UTC)


@pytest.fixture
def busy(door, ans):
    """The library of the analyst, where 33 people came in March, each with two questions."""
    live(door.database, MARCH, times=33, prefix="march")
    return ans


def test_every_report_can_be_chosen(ans):
    page = ans.get(PAGE)
    assert re.findall(rf'action="{PAGE}/(\w+)"', page.text) == ["provider", "municipality", "taxes", "skills"]


def test_a_provider_reads_rounded_figures_and_what_would_help(busy):
    page = busy.get(f"{PAGE}/provider?for=cjib&year=2026")
    assert "Wat mensen in de bibliotheek vragen over CJIB" in page.text
    assert "1 januari 2026 tot en met 31 oktober 2026" in page.text
    assert read_totals(page)["Vragen"] in ("30", "35")
    assert "Een brief in gewone taal" in page.text
    assert "maart 2026" in page.text


def test_a_municipality_reads_its_gaps_on_one_page(busy):
    answer = busy.get(f"{PAGE}/municipality/pdf?for=GM0193&year=2026")
    document = PdfReader(io.BytesIO(answer.content))
    assert len(document.pages) == 1
    text = document.pages[0].extract_text()
    assert "Wat mensen vragen in Zwolle" in text
    assert "Huurteam" in text


def test_the_monitor_of_taxes_is_exact_for_the_own_library_and_only_about_taxes(busy):
    page = busy.get(f"{PAGE}/taxes?year=2026")
    assert read_totals(page)["Vragen"] == "45"
    assert "Belasting van gemeente of waterschap" in page.text
    assert "Boete" not in page.text
    assert "Subsidie" not in page.text


def test_the_subsidy_is_told_where_it_is_set(make_door, rasa, tuesday):
    door = make_door(
        sign_ins_per_minute=1_000,
        rasa_port=rasa.port,
        inhabitants={LIBRARY: 130_000},
        subsidy_cents=2,
        subsidy_province=50_000,
    )
    live(door.database, MARCH)
    add_person(door, "ans@x.nl", f"analyst library:{LIBRARY}")
    ans = Colleague(door)
    ans.sign_in("ans@x.nl")
    text = ans.get(f"{PAGE}/taxes?year=2026").text.replace("\xa0", " ")
    assert "130.000 inwoners keer 2 cent is € 2.600,00" in text
    assert "Vast bedrag voor de provincie: € 50.000,00" in text


def test_open_data_tells_the_same(busy):
    answer = busy.get(f"{PAGE}/provider/data?for=cjib&year=2026&format=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Wat mensen in de bibliotheek vragen over CJIB"]
    told = busy.get(f"{PAGE}/provider/data?for=cjib&year=2026&format=json").json()
    parts = {part["id"]: part for part in told["parts"]}
    assert parts["topic"]["rows"][0][0] == "Boete"
    assert parts["topic"]["rows"][0] in rows


def test_a_document_is_tagged_and_has_what_the_page_has(busy):
    document = PdfReader(io.BytesIO(busy.get(f"{PAGE}/provider/pdf?for=cjib&year=2026").content))
    text = "".join(page.extract_text() for page in document.pages)
    assert "Wat zou helpen" in text
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("path", ["nix", "provider", "provider?for=cjib&year=2027", "taxes?year=1999", "taxes?year=x"])
def test_what_cannot_be_made_is_said(ans, path):
    assert ans.get(f"{PAGE}/{path}").status_code in (400, 404)


def test_nobody_asked_is_told_too(ans):
    page = ans.get(f"{PAGE}/skills?year={(MARCH - timedelta(days=365)).year}")
    assert page.status_code == 200
    assert "Er is niets gevraagd in deze periode." in page.text
    assert ans.get(f"{PAGE}/skills/pdf?year=2025").status_code == 200
