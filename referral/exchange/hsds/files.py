"""The forms in which HSDS comes: one object, a list, a page, or one object a line (ndjson).

A document of JSON is read whole, so it has a limit, which is looked at before anything is read. One object a line, also
in a list as we write it, is read line by line and has none, but for the number of objects.
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
_OPENS, _CLOSES = b"[", b"]"
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
    """Open a file of HSDS. Its objects are read as they are taken.

    Raises `Unreadable` where the form is wrong, `OSError` where there is no such file; the objects do as well.
    """
    if _is_by_line(path):
        return Delivery(_read_lines(path))
    size = path.stat().st_size
    if size > MAX_BYTES:
        values = {"megabytes": size // 1_000_000, "limit": MAX_BYTES // 1_000_000}
        raise Unreadable(Problem("too_big", values=values))
    return read_json(path.read_bytes())


def read_json(content: bytes) -> Delivery:
    """Return what one document of JSON holds. Raises `Unreadable`."""
    document = _parse(content)
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
    expected: dict[str, int | bool] = {"size": len(contents), "empty": not contents}
    if isinstance(page.get("total_pages"), int) and page["total_pages"] > 1:
        delivery.is_all = False
        values = {"page": str(page.get("page_number", "?")), "pages": page["total_pages"]}
        delivery.problems.append(Problem("page_of_several", values=values, blocks=False))
    else:
        expected["total_items"] = len(contents)
    for said, truth in expected.items():
        if page.get(said, truth) != truth:
            values = {"said": str(page[said]), "found": len(contents)}
            delivery.problems.append(Problem("page_miscounts", said, values=values, blocks=False))
    return delivery


def _is_by_line(path: Path) -> bool:
    """Return whether it can be read line by line: by its name, or because an object is whole on its line."""
    if path.suffix.lower() in _BY_LINE:
        return True
    with path.open("rb") as file:
        first = file.readline(MAX_LINE).removeprefix(_BYTE_ORDER_MARK).strip()
        second = file.readline(MAX_LINE).strip()
    return _is_object(second.removesuffix(b",")) if first == _OPENS else bool(second) and _is_object(first)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _read_lines(path: Path) -> Iterator[Found]:
    """Yield the object of each line, also of a list that has one a line."""
    with path.open("rb") as file:
        lines = ((number, line) for number, line in _list_lines(file) if line)
        number, line = next(lines, (0, b""))
        if line == _OPENS:
            yield from _read_list(lines)
            return
        while line:
            yield Found(str(number), _parse(line, number))
            number, line = next(lines, (0, b""))


def _read_list(lines: Iterator[tuple[int, bytes]]) -> Iterator[Found]:
    goes_on = True
    last = 1
    for number, line in lines:
        last = number
        if line == _CLOSES and next(lines, None) is None:
            return
        if not goes_on:  # there was no comma
            break
        goes_on = line.endswith(b",")
        yield Found(str(number), _parse(line.removesuffix(b","), number))
    else:
        raise Unreadable(Problem("cut_off", values={"line": last, "character": 1}))
    raise Unreadable(Problem("no_json", values={"line": last, "character": 1}))


def _list_lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := file.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            values = {"megabytes": MAX_LINE // 1_000_000, "limit": MAX_LINE // 1_000_000}
            raise Unreadable(Problem("too_big", str(number), values=values))
        yield number, (line.removeprefix(_BYTE_ORDER_MARK) if number == 1 else line).strip()


def _parse(content: bytes, line: int | None = None) -> Any:
    """Return the JSON; `line` is its number in a file of lines."""
    try:
        text = content.removeprefix(_BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        place = line or content.count(b"\n", 0, error.start) + 1
        raise Unreadable(Problem("not_utf8", values={"line": place})) from error
    if not text.strip():
        raise Unreadable(Problem("empty_file"))
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        is_cut_off = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        values = {"line": line or error.lineno, "character": error.colno}
        raise Unreadable(Problem("cut_off" if is_cut_off else "no_json", values=values)) from error
    except (RecursionError, ValueError) as error:  # nested too deep; a number of thousands of digits
        raise Unreadable(Problem("no_json", values={"line": line or 1, "character": 1})) from error


def _refuse_constant(name: str) -> None:
    """Refuse NaN and Infinity, which Python reads and JSON does not have."""
    raise ValueError(name)
