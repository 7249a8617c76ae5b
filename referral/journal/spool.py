"""A local file for emergencies that could not be counted because the database was down: one line each, fsynced.

Holds an id, the day, the library and the signal; never a text or a time. The worker drains it (DESIGN §6.1).
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from fcntl import LOCK_EX, flock
from pathlib import Path

from sqlalchemy.orm import Session

from referral.journal.service import count_urgent


@dataclass(frozen=True, slots=True)
class SpooledUrgent:
    """`day` is an ISO 8601 date on the Dutch calendar."""

    id: str
    day: str
    library_id: str
    signal: str


class UrgentSpool:
    """Append from any process; drain from one. A lock file keeps them apart."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "urgent.jsonl"
        self._lock = folder / "urgent.lock"
        folder.mkdir(parents=True, exist_ok=True)

    def append(self, line: SpooledUrgent) -> None:
        """Write the line and wait until the disk has it; raises OSError when the disk is full."""
        with self._locked(), self._path.open("a", encoding="utf-8") as spool:
            # The line break comes first too: a line that was torn before must not take this one with it.
            spool.write("\n" + json.dumps(asdict(line)) + "\n")
            spool.flush()
            os.fsync(spool.fileno())

    def drain(self, session: Session) -> int:
        """Count every line in the session; the caller commits and then calls `clear` with the number returned."""
        lines = self._read_lines()
        for line in lines:
            try:
                spooled = SpooledUrgent(**json.loads(line))
            except (ValueError, TypeError):
                continue  # half a line: the power went before its fsync came back
            count_urgent(
                session,
                count_id=spooled.id,
                library_id=spooled.library_id,
                signal=spooled.signal,
                day=date.fromisoformat(spooled.day),
            )
        return len(lines)

    def count(self) -> int:
        """Return how many wait."""
        return sum(bool(line.strip()) for line in self._read_lines())

    def clear(self, count: int) -> None:
        """Take the first `count` lines of the file away; what was appended since stays."""
        with self._locked():
            lines = self._path.read_text(encoding="utf-8").splitlines(keepends=True)[count:]
            fresh = self._path.with_suffix(".new")
            with fresh.open("w", encoding="utf-8") as spool:
                spool.writelines(lines)
                spool.flush()
                os.fsync(spool.fileno())
            fresh.replace(self._path)

    def _read_lines(self) -> list[str]:
        with self._locked():
            return self._path.read_text(encoding="utf-8").splitlines() if self._path.exists() else []

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with self._lock.open("w") as lock:
            flock(lock, LOCK_EX)
            yield
