"""Reads a CSV file as it comes: in whatever encoding and with whatever delimiter a spreadsheet program wrote it."""

import csv
import io
from collections.abc import Callable, Iterator

from referral.exchange.problems import Problem, Unreadable
from referral.exchange.sheet.raw import MAX_CELL, RawRow, RawSheet, limit_rows

DELIMITERS = (";", ",", "\t", "|")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_LOOKED_AT = 4096  # bytes or characters, to tell UTF-16 and to choose the delimiter


def read_csv(content: bytes, count_headers: Callable[[Iterator[RawRow]], int]) -> RawSheet:
    """Return the rows. Of the delimiters the one with the most known headers is taken, `count_headers` tells them.

    Raises `Unreadable` for an encoding that is none of UTF-8, UTF-16 and Windows-1252.
    """
    text, notes = _decode(content)
    first, _, rest = text.partition("\n")
    if first.strip().lower() in {f"sep={delimiter}" for delimiter in DELIMITERS}:
        # A line of Excel's own; it keeps its number, so that ours are those that the editor sees.
        return RawSheet("", limit_rows(_read_rows(rest, first.strip()[-1], start=2)), notes)
    start = "\n".join(text[: 16 * _LOOKED_AT].splitlines()[:30])
    delimiter = max(DELIMITERS, key=lambda one: _try_delimiter(start, one, count_headers))
    return RawSheet("", limit_rows(_read_rows(text, delimiter, start=1)), notes)


def _decode(content: bytes) -> tuple[str, tuple[Problem, ...]]:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _decode_as(content, encoding), ()
    start = content[:_LOOKED_AT]
    if b"\x00" in start:
        return _decode_as(content, "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"), ()
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _decode_as(content, "cp1252"), (Problem("read_as_windows_1252", blocks=False),)


def _decode_as(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(Problem("unknown_encoding")) from error
    if "\x00" in text:
        raise Unreadable(Problem("unknown_encoding"))
    return text


def _try_delimiter(start: str, delimiter: str, count_headers: Callable[[Iterator[RawRow]], int]) -> int:
    try:
        return count_headers(_read_rows(start, delimiter, start=1))
    except Unreadable:  # cut in the middle of a quoted cell
        return 0


def _read_rows(text: str, delimiter: str, *, start: int) -> Iterator[RawRow]:
    csv.field_size_limit(4 * MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = start
    try:
        for cells in reader:
            yield RawRow(number, tuple(cells))
            number = start + reader.line_num
    except csv.Error as error:
        raise Unreadable(Problem("broken_csv", values={"row": number})) from error
