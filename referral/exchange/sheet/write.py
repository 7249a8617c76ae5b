"""Writes rows of a sheet as CSV or XLSX, one at a time: a country costs no more memory than a village."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from referral.exchange.sheet.raw import MAX_CELL
from referral.exchange.sheet.safe import make_safe
from referral.exchange.sheet.words import SheetWords

WIDTH = 24  # characters of a column


def write_csv(rows: Iterable[Mapping[str, str]], words: SheetWords, path: Path) -> int:
    """Write a header and the rows, with the semicolon that a Dutch Excel expects; return how many rows."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as stream:  # else Excel takes it for Windows-1252
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(column.header for column in words.columns)
        for row in rows:
            writer.writerow(make_safe(row[column.id]) for column in words.columns)
            count += 1
    return count


def write_xlsx(rows: Iterable[Mapping[str, str]], words: SheetWords, path: Path) -> int:
    """Write a workbook with one sheet; return how many rows."""
    book = Workbook(write_only=True)
    sheet = add_sheet(book, words.sheets.services, [column.header for column in words.columns])
    count = 0
    for row in rows:
        sheet.append([make_cell(sheet, row[column.id]) for column in words.columns])
        count += 1
    book.save(path)
    return count


def add_sheet(book: Workbook, title: str, headers: Iterable[str]) -> Any:
    """Add a sheet that is written row by row; its first row, the headers, stays in sight."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    cells = [make_cell(sheet, header) for header in headers]
    for number, cell in enumerate(cells, start=1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = WIDTH
    sheet.append(cells)
    return sheet


def make_cell(sheet: Any, text: str) -> Cell:
    """Return a cell that is a text whatever it begins with: never a formula, a number or a link."""
    cell = WriteOnlyCell(sheet, "")
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", make_safe(text))[:MAX_CELL]
    cell.data_type = "s"
    cell.number_format = "@"  # what an editor types later stays a text too: a phone number keeps its zero
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
