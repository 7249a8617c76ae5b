"""Opens a spreadsheet, or says why not: its size and what it really is are looked at before anything is read."""

import io
import stat
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from referral.exchange.problems import Problem, Unreadable
from referral.exchange.sheet.csv_file import read_csv
from referral.exchange.sheet.raw import MAX_FILE, MAX_UNPACKED, MEGABYTE, RawRow, RawSheet
from referral.exchange.sheet.xlsx_file import read_xlsx

_MAX_PARTS = 2_000
_XLSX_PART = "xl/workbook.xml"
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "old_excel"),  # also a workbook with a password
    (b"%PDF", "pdf"),
    (b"{\\rtf", "other_file"),
    (b"<", "web_page"),
    (b"\x1f\x8b", "other_file"),
    (b"\x89PNG", "other_file"),
    (b"\xff\xd8\xff", "other_file"),
    (b"GIF8", "other_file"),
)


def read_sheets(path: Path, count_headers: Callable[[Iterator[RawRow]], int]) -> Iterator[RawSheet]:
    """Yield the sheets of a CSV or XLSX file; what it is, its content says and not its name.

    Raises `Unreadable` with what is wrong: not there, too large, or another kind of file.
    """
    content = _read(path)
    if content.startswith(b"PK"):
        _check_archive(content)
        yield from read_xlsx(content)
        return
    start = content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise Unreadable(Problem("empty_file"))
    for sign, code in _OTHERS:
        if start.startswith(sign):
            raise Unreadable(Problem(code))
    yield read_csv(content, count_headers)


def _read(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable(Problem("other_file"))
        if status.st_size > MAX_FILE:
            sizes = {"megabytes": status.st_size // MEGABYTE, "limit": MAX_FILE // MEGABYTE}
            raise Unreadable(Problem("sheet_too_big", values=sizes))
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(Problem("no_file", values={"reason": error.strerror or ""})) from error


def _check_archive(content: bytes) -> None:
    """Look at the list of parts: whether it is a workbook, and would unpack to something of a normal size."""
    try:
        parts = ZipFile(io.BytesIO(content)).infolist()
    except (BadZipFile, zlib.error, EOFError, ValueError, LookupError, OSError, NotImplementedError) as error:
        raise Unreadable(Problem("broken_xlsx")) from error
    if sum(part.file_size for part in parts) > MAX_UNPACKED or len(parts) > _MAX_PARTS:
        raise Unreadable(Problem("zip_bomb", values={"limit": MAX_UNPACKED // MEGABYTE}))
    names = {part.filename for part in parts}
    if "content.xml" in names:
        raise Unreadable(Problem("open_document"))
    if _XLSX_PART not in names:
        raise Unreadable(Problem("other_file"))
