"""Sheets as people send them: what is understood, what is mended with a word about it, what is refused."""

import datetime as dt
import io
import re
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from referral.directory.rows import make_term_id
from referral.exchange.report import list_lines, load_words, make_sentence
from referral.exchange.sheet import file as sheet_file
from referral.exchange.sheet.raw import MAX_FILE
from referral.exchange.sheet.template import write_template
from referral.models.columns import Wheelchair
from referral.models.taxonomy_term import PARTNER_KINDS
from referral.settings import ROOT
from tests.referral.exchange.batches import dump
from tests.referral.exchange.sheet.sheets import (
    HEADER,
    ROW,
    bring_in,
    get_inserts,
    list_codes,
    read,
    write_book,
    write_csv_bytes,
)

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
NAMES = ["Naam organisatie", "Naam dienst", "Soort hulp"]
START = ["Welzijn Dalfsen", "Formulierenhulp", "formulierenhulp"]


def read_cells(database, reference, tmp_path, **cells):
    """Read one row with these cells beside the names."""
    path = tmp_path / "blad.csv"
    headers = [reference.words.headers[column] for column in cells]
    path.write_bytes(write_csv_bytes([[*NAMES, *headers], [*START, *cells.values()]]))
    return read(database, reference, path)


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_csv_file_is_read_whatever_wrote_it(empty, reference, tmp_path, delimiter, encoding):
    path = tmp_path / "blad.csv"
    rows = [HEADER, ["Café Één", *ROW[1:3], "Markt 1, 2e etage", *ROW[4:]]]
    path.write_bytes(write_csv_bytes(rows, delimiter=delimiter, encoding=encoding))
    plan = read(empty, reference, path)
    assert get_inserts(plan, "organization")[0]["name"] == "Café Één"
    assert get_inserts(plan, "address")[0]["address_1"] == "Markt 1, 2e etage"
    assert list_codes(plan) == (["read_as_windows_1252"] if encoding == "cp1252" else [])


def test_the_line_with_the_delimiter_of_excel_is_no_row(empty, reference, tmp_path):
    path = tmp_path / "blad.csv"
    path.write_bytes(b"sep=;\r\n" + write_csv_bytes([HEADER, ROW, ["", "", "x", "", "", "", ""]]))
    plan = read(empty, reference, path)
    assert [(problem.code, problem.path) for problem in plan.problems] == [("row_without_name", "rij 4")]


def test_headers_are_known_by_meaning_in_any_order(empty, reference, tmp_path):
    path = tmp_path / "blad.csv"
    header = ["POSTCODE ", "Tel.nr", "adres", "Aanbieder*", "woonplaats", "Dienst (verplicht)", "categorie", "Kleur"]
    row = ["7721ab", "0529 43 12 34", "Markt 1", "Welzijn", "Dalfsen", "Formulierenhulp", "Formulierenhulp", "rood"]
    path.write_bytes(write_csv_bytes([header, row]))
    plan = read(empty, reference, path)
    assert [(problem.code, problem.values) for problem in plan.problems] == [("unknown_column", {"column": "Kleur"})]
    assert get_inserts(plan, "address")[0]["postal_code"] == "7721 AB"
    assert get_inserts(plan, "address")[0]["municipality"] == "GM0148"
    assert get_inserts(plan, "service_area")[0]["extent"] == "GM0148"
    assert get_inserts(plan, "attribute")[0]["taxonomy_term_id"] == make_term_id(PARTNER_KINDS, "formulierenhulp")


def test_everything_that_a_row_says_comes_in(empty, reference, tmp_path):
    plan = read_cells(
        empty,
        reference,
        tmp_path,
        description="Hulp met formulieren.",
        street="Markt 1",
        postcode="7721 AB",
        city="Dalfsen",
        phone="0529 43 12 34 (balie); 06 12345678",
        email="info@example.nl",
        website="www.example.nl/hulp",
        hours="di en do 10-12, niet in de kerstvakantie",
        phone_hours="ma-vr 9-17",
        appointment="Ja",
        cost="€ 2,50: per keer",
        languages="Engels en Arabisch, pl",
        wheelchair="beperkt",
        bring="uw brief; uw DigiD",
        area="Dalfsen, Ommen",
        assured_date="20-11-2026",
    )
    assert plan.problems == ()
    assert [row["number"] for row in get_inserts(plan, "phone")] == ["0529 43 12 34", "06 12345678"]
    assert [row["description"] for row in get_inserts(plan, "phone")] == ["balie", None]
    assert [row["opening_hours"] for row in get_inserts(plan, "schedule")] == ["Tu,Th 10:00-12:00", "Mo-Fr 09:00-17:00"]
    assert [(row["start_date"], row["reason"]) for row in get_inserts(plan, "hours_exception")] == [
        (dt.date(2026, 12, 19), "kerstvakantie")
    ]
    assert [row["code"] for row in get_inserts(plan, "language")] == ["en", "ar", "pl"]
    assert get_inserts(plan, "accessibility")[0]["wheelchair"] is Wheelchair.LIMITED
    assert [row["document"] for row in get_inserts(plan, "required_document")] == ["uw brief", "uw DigiD"]
    assert {row["extent"] for row in get_inserts(plan, "service_area")} == {"GM0148", "GM0175"}
    assert (
        get_inserts(plan, "cost_option")[0]["amount"],
        get_inserts(plan, "cost_option")[0]["amount_description"],
    ) == (
        2.5,
        "per keer",
    )
    service = get_inserts(plan, "service")[0]
    assert (service["url"], service["by_appointment"]) == ("https://www.example.nl/hulp", True)
    assert (service["assured_date"], service["check_due"]) == (dt.date(2026, 11, 20), dt.date(2027, 5, 20))


MENDED = {
    "postcode": ("8011.0", "postcode_without_letters"),
    "phone": ("529431234", "phone_zero_added"),
    "assured_date": ("46346", "day_as_number"),
    "hours": ("gesloten op vrijdag", "hours_never_open"),
}
REFUSED = {
    "postcode": ("80111 AB", "no_postcode"),
    "phone": ("038 42", "no_phone"),
    "email": ("info at example.nl", "no_email"),
    "website": ("zie onze site", "no_url"),
    "hours": ("di 10-12 in overleg", "hours_unknown_words"),
    "phone_hours": ("9.00-17.00", "hours_no_days"),
    "changes": ("met Kerst", "no_change"),
    "appointment": ("misschien", "not_in_list"),
    "languages": ("Klingonees", "unknown_language"),
    "wheelchair": ("half", "not_in_list"),
    "area": ("Verweggistan", "unknown_place"),
    "status": ("zweeft", "not_in_list"),
    "assured_date": ("30-02-2026", "no_date"),
    "check_due": ("volgend jaar", "no_date"),
    "latitude": ("noord", "no_number"),
}
NINE = dt.datetime.combine(dt.date(2026, 11, 20), dt.time(9))
ADDRESS = {"street": "Markt 1", "postcode": "7721 AB", "city": "Dalfsen"}


@pytest.mark.parametrize("column", MENDED)
def test_what_a_program_spoiled_is_mended_and_told(empty, reference, tmp_path, column):
    text, code = MENDED[column]
    plan = read_cells(empty, reference, tmp_path, **{**ADDRESS, column: text})
    assert list_codes(plan) == [code]
    assert not plan.is_refused


@pytest.mark.parametrize("column", REFUSED)
def test_what_cannot_be_read_keeps_the_sheet_out(empty, reference, tmp_path, column):
    text, code = REFUSED[column]
    plan = read_cells(empty, reference, tmp_path, **{**ADDRESS, column: text})
    assert plan.is_refused
    (problem,) = [problem for problem in plan.problems if problem.blocks]
    assert (problem.code, problem.path, problem.field) == (code, "rij 2", reference.words.headers[column])


def test_the_words_that_were_not_understood_are_told(empty, reference, tmp_path):
    plan = read_cells(empty, reference, tmp_path, area="Dalfsen", hours="di 10-12 in overleg")
    (problem,) = plan.problems
    assert problem.values == {"value": "di 10-12 in overleg", "words": "overleg"}


def test_a_place_that_may_be_two_is_asked(empty, reference, tmp_path):
    plan = read_cells(empty, reference, tmp_path, area="Elst")
    (problem,) = plan.problems
    assert problem.code == "ambiguous_place"
    assert "Elst (Rhenen)" in problem.values["choices"]


def test_swapped_coordinates_are_told(empty, reference, tmp_path):
    plan = read_cells(empty, reference, tmp_path, **ADDRESS, latitude="6,0945", longitude="52,5125")
    assert list_codes(plan, blocks=True) == ["coordinates_swapped"]


def test_the_same_sheet_twice_changes_nothing(empty, reference, tmp_path):
    path = tmp_path / "blad.csv"
    path.write_bytes(write_csv_bytes([[*HEADER, "Openingstijden"], [*ROW, "di 10-12, niet in de kerstvakantie"]]))
    assert not bring_in(empty, reference, path).is_empty
    with empty.read() as session:
        before = dump(session)
    assert bring_in(empty, reference, path).is_empty
    with empty.read() as session:
        assert dump(session) == before


def test_a_service_at_two_places_has_the_hours_of_each(empty, reference, tmp_path):
    path = tmp_path / "blad.csv"
    other = [*ROW[:3], "Brink 2", "7731 AB", "Ommen", ROW[6]]
    path.write_bytes(
        write_csv_bytes(
            [
                [*HEADER, "tijden"],
                [*ROW, "di 10-12"],
                [*other, "do 13-15"],
                [*other[:1], "Taalhuis", "taalhuis", *other[3:], "vr 9-11"],
            ]
        )
    )
    plan = bring_in(empty, reference, path)
    assert plan.problems == ()
    assert len(get_inserts(plan, "organization")) == 1
    assert len(get_inserts(plan, "service")) == 2
    assert len(get_inserts(plan, "location")) == 2
    hours = {row["opening_hours"]: row.get("service_at_location_id") for row in get_inserts(plan, "schedule")}
    assert hours["Tu 10:00-12:00"] != hours["Th 13:00-15:00"]
    assert None not in (hours["Tu 10:00-12:00"], hours["Th 13:00-15:00"])
    assert read(empty, reference, path).is_empty


def test_a_place_that_is_told_once_holds_for_every_row_there(empty, reference, tmp_path):
    path = tmp_path / "blad.csv"
    header = [*HEADER, "Breedtegraad", "Lengtegraad", "Rolstoel"]
    first, second = [*ROW, "52,5125", "6,0945", "ja"], [ROW[0], "Taalhuis", "taalhuis", *ROW[3:], "", "", ""]
    for rows in ([first, second], [second, first]):
        path.write_bytes(write_csv_bytes([header, *rows]))
        plan = bring_in(empty, reference, path)
        assert plan.problems == ()
    assert plan.is_empty
    path.write_bytes(write_csv_bytes([header, [*ROW, "", "", "ja"], second]))
    assert {change.field for step in read(empty, reference, path).steps for change in step.changes} == {
        "latitude",
        "longitude",
    }


def test_a_row_that_has_left_is_closed_and_not_deleted(empty, reference, tmp_path):
    path = tmp_path / "blad.csv"
    other = [ROW[0], "Taalhuis", "taalhuis", *ROW[3:]]
    path.write_bytes(write_csv_bytes([HEADER, ROW, other]))
    bring_in(empty, reference, path)
    path.write_bytes(write_csv_bytes([HEADER, ROW]))
    plan = read(empty, reference, path)
    assert [(step.action, step.name) for step in plan.steps if step.action != "unchanged"] == [("closed", "Taalhuis")]


def test_nothing_is_applied_when_one_row_is_wrong(empty, reference, tmp_path):
    path = tmp_path / "blad.csv"
    path.write_bytes(write_csv_bytes([HEADER, ROW, [*ROW[:4], "fout", *ROW[5:]]]))
    plan = read(empty, reference, path)
    assert plan.is_refused
    assert plan.is_empty


# workbooks


def test_a_workbook_with_titles_dates_numbers_and_hidden_rows(empty, reference, tmp_path):
    rows = [
        ["Aanbod in Dalfsen", None, None],
        [],
        [*HEADER, "laatst gecontroleerd", "rolstoel", "lat", "lon"],
        [*ROW[:4], "7721 AB", "Dalfsen", 529431234, dt.date(2026, 11, 20), True, 52.5, 6.26],
        [None] * 7,
        [ROW[0], "Taalhuis", "taalhuis", *ROW[3:6], "0529 43 12 34", NINE, "nee", 52, 6],
    ]

    def hide(sheet):
        sheet.row_dimensions[6].hidden = True

    plan = read(empty, reference, write_book(tmp_path / "blad.xlsx", rows, hide))
    assert sorted(list_codes(plan)) == ["hidden_rows", "phone_zero_added", "said_twice", "said_twice", "said_twice"]
    assert [row["assured_date"] for row in get_inserts(plan, "service")] == [dt.date(2026, 11, 20)] * 2
    assert get_inserts(plan, "phone")[0]["number"] == "0529431234"


def test_merged_cells_hold_for_each_of_their_rows(empty, reference, tmp_path):
    rows = [HEADER, ROW, [None, "Taalhuis", "taalhuis", *ROW[3:]], [None, "Spreekuur", "wijkteam", *ROW[3:]]]
    path = write_book(tmp_path / "blad.xlsx", rows, lambda sheet: sheet.merge_cells("A2:A4"))
    plan = read(empty, reference, path)
    assert list_codes(plan) == ["merged_cells"]
    assert len(get_inserts(plan, "organization")) == 1
    assert len(get_inserts(plan, "service")) == 3


def test_two_header_rows_are_one_header(empty, reference, tmp_path):
    rows = [
        ["Naam", None, "Soort", "Adres", None, None, "Contact"],
        ["organisatie", "dienst", "hulp", "straat", "postcode", "plaats", "telefoon"],
        ROW,
    ]
    path = write_book(tmp_path / "blad.xlsx", rows, lambda sheet: sheet.merge_cells("A1:B1"))
    plan = read(empty, reference, path)
    assert not plan.is_refused
    assert get_inserts(plan, "organization")[0]["name"] == ROW[0]
    assert get_inserts(plan, "address")[0]["address_1"] == ROW[3]


def test_the_first_sheet_with_a_header_is_read(empty, reference, tmp_path):
    book = Workbook()
    book.active.append(["Lees dit eerst"])
    hidden = book.create_sheet("oud")
    hidden.sheet_state = "hidden"
    for row in (HEADER, ["Oud", *ROW[1:]]):
        hidden.append(row)
    sheet = book.create_sheet("diensten")
    for row in (HEADER, ROW, HEADER, ["Ander", *ROW[1:]]):
        sheet.append(row)
    book.save(tmp_path / "blad.xlsx")
    plan = read(empty, reference, tmp_path / "blad.xlsx")
    assert [row["name"] for row in get_inserts(plan, "organization")] == [ROW[0], "Ander"]


def test_a_formula_counts_by_its_value_and_without_one_it_is_told(empty, reference, tmp_path):
    path = write_book(tmp_path / "blad.xlsx", [HEADER, [*ROW[:5], '=CONCATENATE("Dal","fsen")', ROW[6]]])
    assert list_codes(read(empty, reference, path), blocks=True)[0] == "formula_without_value"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    calculated = re.sub(
        rb'<c r="F2"[^>]*><f>(.*?)</f><v ?/?>(</v>)?', rb'<c r="F2" t="str"><f>\1</f><v>Dalfsen</v>', parts[sheet]
    )
    assert calculated != parts[sheet]
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, calculated if name == sheet else part)
    plan = read(empty, reference, path)
    assert plan.problems == ()
    assert get_inserts(plan, "address")[0]["city"] == "Dalfsen"


def test_the_template_is_read_without_its_example(empty, reference, tmp_path):
    path = tmp_path / "sjabloon.xlsx"
    write_template(reference, path)
    assert list_codes(read(empty, reference, path)) == ["no_services"]


# files that are none


def make_zip(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return stream.getvalue()


OTHER_FILES = {
    "old_excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
    "pdf": b"%PDF-1.7\n...",
    "web_page": b"\xef\xbb\xbf  <html><table></table></html>",
    "open_document": make_zip(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml="<x/>"),
    "other_file": make_zip(word__document_xml="<x/>"),
    "empty_file": b"\xef\xbb\xbf \r\n",
    "broken_xlsx": b"PK\x03\x04half a zip",
    "no_header": b"dit is een brief\nzonder kolommen\n",
    "missing_columns": b"organisatie;straat;postcode\na;b;c\n",
    "unknown_encoding": b"\xff\xfe\x00\xd8\x00\xd8",
    "broken_csv": b'naam organisatie;naam dienst;soort hulp\n"a;b;c\n',
}


@pytest.mark.parametrize("code", OTHER_FILES)
def test_another_file_is_refused_with_a_sentence(empty, reference, tmp_path, code):
    path = tmp_path / "blad.xlsx"
    path.write_bytes(OTHER_FILES[code])
    plan = read(empty, reference, path)
    assert list_codes(plan, blocks=True)[0] == code
    words = load_words(ROOT / "data")
    assert all(make_sentence(line, words) for line in list_lines(plan))


def test_a_file_of_a_gigabyte_is_refused_before_it_is_read(empty, reference, tmp_path, monkeypatch):
    path = tmp_path / "blad.csv"
    with path.open("wb") as stream:
        stream.truncate(1_000_000_000)
    monkeypatch.setattr(sheet_file.Path, "read_bytes", lambda self: pytest.fail("the file was read"))
    plan = read(empty, reference, path)
    assert [(problem.code, problem.values["megabytes"]) for problem in plan.problems] == [("sheet_too_big", 1000)]


def test_a_zip_bomb_is_not_unpacked(empty, reference, tmp_path):
    path = tmp_path / "blad.xlsx"
    path.write_bytes(make_zip(xl__workbook_xml="<x/>", xl__sharedStrings_xml=bytes(400_000_000)))
    assert path.stat().st_size < MAX_FILE
    assert list_codes(read(empty, reference, path)) == ["zip_bomb"]


def test_entities_that_blow_up_do_not(empty, reference, tmp_path):
    path = write_book(tmp_path / "blad.xlsx", [HEADER, ROW])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 9))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "{"x" * 50}">{levels}]>'.encode()
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"<sheetData>", b"<sheetData><row><c><v>&a8;</v></c></row>")
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, bomb + sheet if name.endswith("sheet1.xml") else part)
    assert list_codes(read(empty, reference, path)) == ["broken_xlsx"]


@pytest.mark.parametrize("what", ["missing.csv", "."])
def test_what_is_no_file_is_told(empty, reference, tmp_path, what):
    assert read(empty, reference, tmp_path / what).is_refused


CELLS = st.one_of(
    st.sampled_from(
        [*HEADER, *ROW, "", "ja", "gratis", "di 10-12", "=1+1", "'=x", "8011.0", "Zwolle", "24-12-2026", "\n"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)


TABLES = st.tuples(st.permutations(HEADER), st.lists(st.lists(CELLS, max_size=9), max_size=6))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=TABLES, is_book=st.booleans())
def test_any_table_of_texts_comes_in_or_gives_problems(empty, reference, tmp_path, table, is_book):
    header, rows = table
    if is_book:
        rows = [[ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in row] for row in rows]
        path = write_book(tmp_path / "blad.xlsx", [header, *rows])
    else:
        path = tmp_path / "blad.csv"
        path.write_bytes(write_csv_bytes([header, *rows]))
    plan = read(empty, reference, path)
    words = load_words(ROOT / "data")
    assert all(make_sentence(line, words) for line in list_lines(plan))
    assert plan.is_refused or plan.steps


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """The bytes of a workbook, made once: it holds the moment at which it was made."""
    return write_book(tmp_path_factory.mktemp("book") / "blad.xlsx", [HEADER, ROW]).read_bytes()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_workbook_with_some_bytes_changed_never_breaks_the_reading(empty, reference, tmp_path, workbook, data):
    path = tmp_path / "blad.xlsx"
    content = bytearray(workbook)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(1, len(content)))] if data.draw(st.booleans()) else content)
    read(empty, reference, path)
