"""A report as a file: CSV, XLSX or JSON with Dutch headers, and a code book that tells what stands for what.

CSV and JSON are written row by row while they leave; names are read before, so that nobody waits with a database open.
"""

import csv
import io
import json
from collections.abc import Iterator
from enum import StrEnum

from openpyxl import Workbook

from referral.exchange.sheet.safe import make_safe
from referral.exchange.sheet.write import add_sheet, make_cell
from referral.reports.labels import Labels
from referral.reports.sheets import COUNT, Sheet

CODE_BOOK = "codeboek"
# The columns of the code book.
CODES = ("column", "code", "label")


class Format(StrEnum):
    """What a file is written as."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


def write(sheet: Sheet, labels: Labels, output: Format) -> Iterator[bytes]:
    """Return the file in parts; after this call the database is not needed any more."""
    labels.learn_all(sheet.columns, (values for values, _ in sheet.rows))
    if output is Format.XLSX:
        return iter((write_xlsx(sheet, labels),))
    return write_csv(sheet, labels) if output is Format.CSV else write_json(sheet, labels)


def write_csv(sheet: Sheet, labels: Labels) -> Iterator[bytes]:
    """Yield a CSV file line by line: UTF-8 with its mark and semicolons, as a Dutch Excel expects it."""
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=";")
    yield "\ufeff".encode()
    for row in _list_rows(sheet, labels):
        writer.writerow([make_safe(cell) if isinstance(cell, str) else cell for cell in row])
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()


def write_json(sheet: Sheet, labels: Labels) -> Iterator[bytes]:
    """Yield one JSON object row by row, with the period, the filters and the code book."""
    period = sheet.filters.period
    head = {
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "filters": {one.value: sorted(values) for one, values in sheet.filters.wanted.items()},
        "isRounded": not sheet.is_own,
        "columns": [*sheet.columns, *sheet.measures],
        "codeBook": [dict(zip(CODES, row, strict=True)) for row in list_codes(sheet, labels)],
    }
    yield json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "rows": ['
    for number, (values, counts) in enumerate(sheet.rows):
        yield (b",\n" if number else b"\n") + json.dumps([*values, *counts], ensure_ascii=False).encode()
    yield b"\n]}\n"


def write_xlsx(sheet: Sheet, labels: Labels) -> bytes:
    """Return a workbook: the figures, and the code book on a sheet of its own."""
    book = Workbook(write_only=True)
    rows = _list_rows(sheet, labels)
    figures = add_sheet(book, labels.words.columns[COUNT], [str(header) for header in next(rows)])
    for row in rows:
        figures.append([make_cell(figures, cell) if isinstance(cell, str) else cell for cell in row])
    codes = add_sheet(book, CODE_BOOK, CODES)
    for coded in list_codes(sheet, labels):
        codes.append([make_cell(codes, cell) for cell in coded])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def list_codes(sheet: Sheet, labels: Labels) -> Iterator[tuple[str, str, str]]:
    """Yield the code book: for each column what it is (without a code), and every code in it with its name."""
    for place, column in enumerate(sheet.columns):
        yield column, "", labels.words.meaning[column]
        for value in sorted({values[place] for values, _ in sheet.rows}):
            yield column, value, labels.name(column, value)
    for measure in sheet.measures:
        yield measure, "", labels.words.meaning[measure]


def _list_rows(sheet: Sheet, labels: Labels) -> Iterator[list[str | int | None]]:
    yield [labels.words.columns[column] for column in (*sheet.columns, *sheet.measures)]
    for values, counts in sheet.rows:
        yield [*(labels.name(*pair) for pair in zip(sheet.columns, values, strict=True)), *counts]
