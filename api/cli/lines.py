"""JSON Lines in, JSON Lines out, in the same order."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from referral.errors import InvalidInput


def read_texts(path: Path | None) -> Iterator[str]:
    """Yield `text` of each line of a file or stdin; raise `InvalidInput` that names the file or the line."""
    if path is None:
        yield from _read(sys.stdin.buffer)
        return
    try:
        lines = path.open("rb")
    except OSError as error:
        raise InvalidInput(f"cannot read {path}: {error.strerror}") from error
    with lines:
        yield from _read(lines)


def _read(lines: Iterable[bytes]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            text = json.loads(line)["text"]
        except (ValueError, KeyError, TypeError) as error:
            raise InvalidInput(f'line {number} is not of the form {{"text": …}}') from error
        if not isinstance(text, str):
            raise InvalidInput(f"line {number}: `text` is no text")
        # Half a surrogate pair (an emoji cut in two) could not be written out again.
        yield text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def write_line(row: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    sys.stdout.flush()
