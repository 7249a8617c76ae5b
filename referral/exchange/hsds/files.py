"""The forms in which HSDS comes: one object, a list, a page, or one object a line (ndjson).

A file of JSON is read whole, so it has a limit, which is looked at before anything is read. One object a line is read
line by line and has none, but for the number of objects.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from referral.exchange.problems import Problem, Unreadable

MAX_BYTES = 100_000_000  # 30,000 services are about 90 MB when every field is filled
MAX_LINE = 5_000_000
MAX_OBJECTS = 50_000
CONTENTS = "contents"  # the list in a page

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BY_LINE = frozenset({".ndjson", ".jsonl"})


@dataclass(slots=True)
class Found:
    """One object and its place in the file."""

    path: str
    content: Any


@dataclass(slots=True)
class Delivery:
    """The objects of a file. `is_all` is False where the file itself says that there is more."""

    objects: Iterable[Found]
    problems: list[Problem] = field(default_factory=list)
    is_all: bool = True


def open_delivery(path: Path) -> Delivery:
    """Open a file of HSDS; its objects are read as they are taken, and raise `Unreadable` where they cannot be."""
    try:
        size = path.stat().st_size
        if _is_by_line(path):
            return Delivery(_read_lines(path))
        if size > MAX_BYTES:
            raise Unreadable(
                Problem("too_big", values={"megabytes": size // 1_000_000, "limit": MAX_BYTES // 1_000_000})
            )
        return read_json(path.read_bytes())
    except OSError as error:
        raise Unreadable(Problem("no_file", values={"reason": error.strerror or ""})) from error


def read_json(content: bytes) -> Delivery:
    """Return what one document of JSON holds. Raises `Unreadable`."""
    document = _parse(content, {})
    if isinstance(document, list):
        return Delivery([Found(f"[{number}]", one) for number, one in enumerate(document)])
    if isinstance(document, dict) and CONTENTS in document:
        return _read_page(document)
    return Delivery([Found("", document)])


def _read_page(page: dict[str, Any]) -> Delivery:
    contents = page[CONTENTS]
    if not isinstance(contents, list):
        raise Unreadable(Problem("no_list", CONTENTS))
    delivery = Delivery([Found(f"{CONTENTS}[{number}]", one) for number, one in enumerate(contents)])
    several = isinstance(page.get("total_pages"), int) and page["total_pages"] > 1
    if several:
        delivery.is_all = False
        values = {"page": str(page.get("page_number", "?")), "pages": page["total_pages"]}
        delivery.problems.append(Problem("page_of_several", values=values, blocks=False))
    for said in ("size",) if several else ("size", "total_items"):
        if said in page and page[said] != len(contents):
            values = {"said": str(page[said]), "found": len(contents)}
            delivery.problems.append(Problem("page_miscounts", said, values=values, blocks=False))
    if "empty" in page and page["empty"] is not (not contents):
        delivery.problems.append(
            Problem(
                "page_miscounts", "empty", values={"said": str(page["empty"]), "found": len(contents)}, blocks=False
            )
        )
    return delivery


def _is_by_line(path: Path) -> bool:
    """Return whether it is one object a line: by its name, or because the first line is whole and another follows."""
    if path.suffix.lower() in _BY_LINE:
        return True
    with path.open("rb") as file:
        first, second = file.readline(MAX_LINE), file.readline(1000)
    if not second.strip():
        return False
    try:
        return isinstance(json.loads(first), dict)
    except ValueError:
        return False


def _read_lines(path: Path) -> Iterator[Found]:
    with path.open("rb") as file:
        for number, line in enumerate(_list_lines(file), start=1):
            if line.strip():
                yield Found(f"line {number}", _parse(line, {"line": number}))


def _list_lines(file: BinaryIO) -> Iterator[bytes]:
    number = 0
    while line := file.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            values = {"megabytes": MAX_LINE // 1_000_000, "limit": MAX_LINE // 1_000_000}
            raise Unreadable(Problem("too_big", f"line {number}", values=values))
        yield line


def _parse(content: bytes, place: dict[str, int]) -> Any:
    """Return the JSON; `place` tells the line of a file of lines."""
    try:
        text = content.removeprefix(_BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(Problem("not_utf8", values={"line": _count_lines(content[: error.start], place)})) from error
    if not text.strip():
        raise Unreadable(Problem("empty_file"))
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        is_cut_off = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        values = {"line": place.get("line", error.lineno), "character": error.colno}
        raise Unreadable(Problem("cut_off" if is_cut_off else "no_json", values=values)) from error
    except (RecursionError, ValueError) as error:
        raise Unreadable(Problem("no_json", values={"line": place.get("line", 1), "character": 1})) from error


def _count_lines(before: bytes, place: dict[str, int]) -> int:
    return place.get("line", before.count(b"\n") + 1)
