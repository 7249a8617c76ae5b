"""JSON Lines in, JSON Lines out, in the same order."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from referral.errors import InvalidInput


def read_texts(path: Path | None) -> Iterator[str]:
    """Yield `text` of each line of a file or stdin; raise `InvalidInput` that names the line."""
    if path is None:
        yield from _read(sys.stdin)
        return
    with path.open(encoding="utf-8") as lines:
        yield from _read(lines)


def _read(lines: TextIO) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield str(json.loads(line)["text"])
        except (ValueError, KeyError, TypeError) as error:
            raise InvalidInput(f'line {number} is not of the form {{"text": …}}') from error


def write_line(row: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    sys.stdout.flush()
