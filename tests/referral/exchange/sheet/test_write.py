"""What goes out: no formulas, no growth of memory with the directory, and a template that explains itself."""

import csv
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from referral.exchange.sheet.reference import load_reference
from referral.exchange.sheet.safe import make_safe, undo_safe
from referral.exchange.sheet.template import list_choices, write_template
from referral.exchange.sheet.words import fold
from referral.exchange.sheet.write import write_csv, write_xlsx
from referral.settings import ROOT

REFERENCE = load_reference(ROOT / "data")
WORDS = REFERENCE.words
DANGEROUS = ["=1+1", '=HYPERLINK("http://x")', "+31 38 421 00 00", "-5", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''@x"]


def make_row(text):
    return {column.id: text for column in WORDS.columns}


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_that_looks_like_a_formula_is_made_safe_and_comes_back(text):
    safe = make_safe(text)
    assert safe == f"'{text}"
    assert undo_safe(safe) == text


@given(st.text(max_size=20))
def test_every_text_comes_back_as_it_was(text):
    assert undo_safe(make_safe(text)) == text
    assert make_safe(text)[:1] not in tuple("=+-@\t\r")


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_file_is_a_formula(tmp_path, text):
    write_csv([make_row(text)], WORDS, tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=";"))
    assert set(rows[1]) == {f"'{text}"}
    write_xlsx([make_row(text)], WORDS, tmp_path / "x.xlsx")
    sheet = load_workbook(tmp_path / "x.xlsx").active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}


def test_a_hundred_times_as_many_rows_take_no_more_memory(tmp_path):
    def measure(count):
        tracemalloc.start()
        write_csv((make_row(f"tekst {number}") for number in range(count)), WORDS, tmp_path / "x.csv")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    measure(10)
    assert measure(5_000) < 2 * measure(50)


def test_the_template_has_an_example_an_explanation_and_choices(tmp_path):
    write_template(REFERENCE, tmp_path / "x.xlsx")
    book = load_workbook(tmp_path / "x.xlsx")
    services, explanation, choices = (book[name] for name in book.sheetnames)
    headers = [cell.value for cell in services[1]]
    assert headers == [column.header for column in WORDS.columns]
    assert [cell.value for cell in services[2]] == [column.example or None for column in WORDS.columns]
    assert [row[0].value for row in explanation.iter_rows(min_row=2)] == headers
    letters = {cell.value: cell.column_letter for cell in services[1]}
    placed = {
        str(validation.sqref).rstrip("0123456789").split(":")[0][:-1]: validation.formula1
        for validation in services.data_validations.dataValidation
    }
    assert set(placed) == {letters[WORDS.headers[column]] for column in list_choices(REFERENCE)}
    offered = {column[0].value: {cell.value for cell in column[1:]} - {None} for column in choices.iter_cols()}
    assert offered == {WORDS.headers[column]: set(texts) for column, texts in list_choices(REFERENCE).items()}


def test_no_two_columns_answer_to_the_same_header():
    owners = {}
    for column in WORDS.columns:
        for form in {fold(form) for form in (column.header, *column.also, column.id)}:
            assert owners.setdefault(form, column.id) == column.id


def test_every_choice_is_understood_as_what_it_says():
    for table in (WORDS.answers, WORDS.wheelchair, WORDS.status):
        forms = [fold(form) for many in table.values() for form in many]
        assert len(forms) == len(set(forms))
