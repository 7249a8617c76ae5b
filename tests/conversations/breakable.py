"""An assistant of its own, of which the tests break one part or another."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.processes import Assistant

PARTS = ("rasa", "actions", "database")
# Seconds that the door waits for Rasa; short, for some tests wait for it.
DEADLINE = 6.0
# What SQLite keeps beside the file itself.
_SUFFIXES = ("", "-wal", "-shm")


class Breakable(Assistant):
    """Everything is up at first; `break_only` breaks parts and mends the others."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, OMDEHOEK_TURN_DEADLINE=str(DEADLINE))
        self._aside = folder / "aside"
        self._aside.mkdir()

    def break_only(self, *parts: str) -> None:
        """Have these of `PARTS` broken, and all others in order; the door is restarted for the database only."""
        for name in ("rasa", "actions"):
            if name in parts and name in self._running:
                self.kill(name)
            elif name not in parts and name not in self._running:
                self.start(name)
        if ("database" in parts) != self.is_database_spoilt:
            self.kill("api")
            self._swap_database()
            self.start("api")

    @property
    def is_database_spoilt(self) -> bool:
        return any(self._aside.iterdir())

    def _swap_database(self) -> None:
        """Put garbage in the place of the database, or the database back."""
        files = [self.folder / f"omdehoek.db{suffix}" for suffix in _SUFFIXES]
        if self.is_database_spoilt:
            for file in files:
                file.unlink(missing_ok=True)
                if (self._aside / file.name).exists():
                    (self._aside / file.name).rename(file)
            return
        for file in files:
            if file.exists():
                file.rename(self._aside / file.name)
        files[0].write_bytes(b"this is no database " * 1000)

    @contextmanager
    def hanging(self, name: str) -> Iterator[None]:
        """Stop a part so that it takes calls and never answers, as a machine out of memory does."""
        group = self._running[name].pid
        os.killpg(group, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(group, signal.SIGCONT)
