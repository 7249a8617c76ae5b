"""Reads an Excel workbook as a stream of texts: dates, numbers, formulas and merged cells as an editor sees them."""

import io
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from itertools import zip_longest
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.utils.exceptions import InvalidFileException

from referral.exchange.problems import Problem, Unreadable
from referral.exchange.sheet.raw import MAX_COLUMNS, RawRow, RawSheet, limit_rows
from referral.exchange.sheet.xlsx_layout import Layout, read_layout

_HEADING_ROWS = 25
# What openpyxl and the readers below it raise for a workbook that is broken in one way or another.
_BROKEN = (
    BadZipFile,
    zlib.error,
    EOFError,
    ParseError,
    InvalidFileException,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    OSError,
)


@contextmanager
def _reading() -> Iterator[None]:
    """Turn what a broken workbook raises into a problem, and keep openpyxl's remarks on styles to itself."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except _BROKEN as error:
        raise Unreadable(Problem("broken_xlsx")) from error


def read_xlsx(content: bytes) -> Iterator[RawSheet]:
    """Yield the sheets that are not hidden. Raises `Unreadable` for a broken workbook, also while rows are read."""
    with _reading():
        shown = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        formulas = load_workbook(io.BytesIO(content), read_only=True)
        names = [sheet.title for sheet in shown.worksheets if sheet.sheet_state == "visible"]
    for name in names:
        with _reading():
            layout = read_layout(ZipFile(io.BytesIO(content)), name)
        yield RawSheet(name, limit_rows(_read_rows(shown, formulas, name, layout)), tuple(_list_notes(layout)))


def _list_notes(layout: Layout) -> Iterator[Problem]:
    if layout.hidden_rows:
        yield Problem("hidden_rows", values={"count": len(layout.hidden_rows)}, blocks=False)
    if any(one.bottom > one.top for some in layout.merged.values() for one in some):
        yield Problem("merged_cells", blocks=False)


def _read_rows(shown: Workbook, formulas: Workbook, name: str, layout: Layout) -> Iterator[RawRow]:
    rows = _walk(shown, formulas, name, layout)
    while True:
        with _reading():
            row = next(rows, None)
        if row is None:
            return
        yield row


def _walk(shown: Workbook, formulas: Workbook, name: str, layout: Layout) -> Iterator[RawRow]:
    for workbook in (shown, formulas):
        workbook[name].reset_dimensions()  # what a file says of its own size is not to be trusted
    pairs = zip_longest(shown[name].iter_rows(), formulas[name].iter_rows(values_only=True), fillvalue=())
    below: dict[int, tuple[int, str]] = {}
    for number, (cells, sources) in enumerate(pairs, start=1):
        yield _make_row(number, cells, sources, layout, below)


def _make_row(
    number: int, found: tuple[Any, ...], sources: tuple[Any, ...], layout: Layout, below: dict[int, tuple[int, str]]
) -> RawRow:
    """Return a row; `below` holds what merged cells above it say of it: last row and text, by column."""
    cells = [to_text(cell.value) for cell in found]
    errors = dict(_find_errors(found, sources))
    for column, (last, text) in below.items():
        if number <= last:
            cells += [""] * (column + 1 - len(cells))
            cells[column] = text
    heading = list(cells)
    for one in layout.merged.get(number, ()):
        text = cells[one.left - 1] if one.left <= len(cells) else ""
        if one.bottom > one.top:
            below[one.left - 1] = one.bottom, text
        if number <= _HEADING_ROWS:
            right = min(one.right, MAX_COLUMNS)
            heading += [""] * (right - len(heading))
            heading[one.left - 1 : right] = [text] * max(0, right + 1 - one.left)
    return RawRow(number, tuple(cells), tuple(heading) if number <= _HEADING_ROWS else (), errors)


def _find_errors(found: tuple[Any, ...], sources: tuple[Any, ...]) -> Iterator[tuple[int, str]]:
    for column, (cell, source) in enumerate(zip(found, sources, strict=False)):
        # A formula that gives an empty text has a type, one that was never calculated has none.
        if cell.value is None and source is not None and cell.data_type == "n":
            yield column, "formula_without_value"
        elif cell.data_type == "e" or cell.value in ERROR_CODES:
            yield column, "formula_error"


def to_text(value: Any) -> str:
    """Return what a cell shows: 8011.0 is "8011", a day "2026-11-20", a time "09:30"."""
    text = "" if value is None else str(value)
    if isinstance(value, bool):
        text = text.lower()
    elif isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        text = str(int(value))
    elif isinstance(value, datetime):
        text = value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    elif isinstance(value, time):
        text = value.isoformat("minutes")
    elif isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        text = f"{minutes // 60:02}:{minutes % 60:02}"
    return text
