"""A backup as a file: gzip of JSON Lines, which is written whole or not at all and tells when it is damaged.

{"format": "omdehoek-backup-1", "revision": "0016"}
{"table": "organization", "columns": ["id", …]}
["6f1c…", …]                                   a row; then the other rows, and the other tables
{"rows": 4821, "sha256": "…"}                  of all lines before this one
"""

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from referral.errors import InvalidInput

FORMAT = "omdehoek-backup-1"
# Only the owner reads it: it holds what the database holds.
MODE = 0o600


def write_lines(path: Path, lines: Iterable[Any]) -> int:
    """Write a backup of these lines and its last one; return the number of rows. InvalidInput: the disk refuses."""
    unfinished = path.with_name(f"{path.name}.part")
    try:
        unfinished.unlink(missing_ok=True)
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, MODE), "wb") as raw:
            with gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0) as out:
                rows = _write(out, lines)
            raw.flush()
            os.fsync(raw.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise InvalidInput(f"cannot write {path}: {error.strerror}") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return rows


def _write(out: gzip.GzipFile, lines: Iterable[Any]) -> int:
    digest, rows = hashlib.sha256(), 0
    for line in lines:
        rows += isinstance(line, list)
        written = _dump(line)
        digest.update(written)
        out.write(written)
    out.write(_dump({"rows": rows, "sha256": digest.hexdigest()}))
    return rows


def _dump(line: Any) -> bytes:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def check(path: Path) -> dict[str, Any]:
    """Read the whole file and return its first line.

    InvalidInput: it is not there, not a backup, cut off, or not what was written.
    """
    digest, head, last, rows = hashlib.sha256(), b"", b"", 0
    try:
        with gzip.open(path) as lines:
            for line in lines:
                digest.update(last)
                rows += last.startswith(b"[")
                head, last = head or line, line
    except (OSError, EOFError, zlib.error) as error:
        raise InvalidInput(f"cannot read {path}: {error}") from error
    if last != _dump({"rows": rows, "sha256": digest.hexdigest()}):
        raise InvalidInput(f"{path} is cut off or damaged: it is not as it was written")
    first = json.loads(head)
    if first.get("format") != FORMAT:
        raise InvalidInput(f"{path} is not a backup of this form: {FORMAT}")
    return dict(first)


def read_lines(path: Path) -> Iterator[Any]:
    """Yield the lines between the first and the last of a file that was checked."""
    with gzip.open(path) as lines:
        next(lines)
        held = next(lines)
        for line in lines:
            yield json.loads(held)
            held = line
