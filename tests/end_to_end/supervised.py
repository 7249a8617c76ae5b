"""The whole assistant as `omdehoek run` brings it up, in a process of its own; what dies is restarted by supervisor."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx

from tests.processes import ROOT, find_free_port

PATIENCE = 240.0
# How to know a process by its command line.
MARKS = {"rasa": "bot.server", "actions": "-m actions", "api": "uvicorn", "worker": "api.worker"}


class Supervised:
    """`url` is the door; `database_url` the journal."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        ports = {name: find_free_port() for name in ("", "RASA_", "ACTIONS_")}
        own = {name: value for name, value in os.environ.items() if not name.startswith("OMDEHOEK_")}
        self.environment = {
            **own,
            "OMDEHOEK_STATE_DIR": str(folder),
            **{f"OMDEHOEK_{name}PORT": str(port) for name, port in ports.items()},
            "OMDEHOEK_CONVERSATIONS_PER_HOUR": "100000",
            "OMDEHOEK_TURNS_PER_MINUTE": "100000",
            "PYTHONWARNINGS": "ignore",
        }
        self.url = f"http://127.0.0.1:{ports['']}"
        self.database_url = f"sqlite:///{folder / 'omdehoek.db'}"
        self._run: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until every part says that it is ready."""
        command = [sys.executable, "-m", "api.cli.main", "run"]
        with (self.folder / "run.log").open("ab") as log:
            self._run = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self._is_ready():
            assert self._run is not None
            assert self._run.poll() is None, (self.folder / "run.log").read_text()
            assert time.monotonic() < deadline, "not ready in time"
            time.sleep(0.3)

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health/ready", timeout=5).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def list_processes(self) -> dict[int, str]:
        """Return everything that this run has started, and itself: the command line by the pid."""
        assert self._run is not None
        found = {self._run.pid: read_command(self._run.pid)}
        parents = read_parents()
        while more := {pid for pid, parent in parents.items() if parent in found and pid not in found}:
            found |= {pid: read_command(pid) for pid in more}
        return found

    def kill(self, name: str) -> None:
        """End a part as a power cut would; nothing happens when it is down already."""
        for pid, command in self.list_processes().items():
            if MARKS[name] in command:
                end(pid)

    def interrupt(self) -> int:
        """Press Ctrl-C, and return how the command ended."""
        assert self._run is not None
        self._run.send_signal(signal.SIGINT)
        return self._run.wait(60)

    def clean_up(self) -> None:
        """End whatever a failed test has left."""
        if self._run is not None and self._run.poll() is None:
            for pid in self.list_processes():
                end(pid)
            self._run.wait(10)


def end(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def is_alive(pid: int) -> bool:
    """Return whether the process runs; one that has ended and waits for its parent does not."""
    try:
        return "(Z)" not in f"({read_stat(pid)[0]})"
    except OSError:
        return False


def read_parents() -> dict[int, int]:
    """Return the parent of every process of this machine."""
    parents = {}
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                parents[int(path.name)] = int(read_stat(int(path.name))[1])
            except OSError:
                continue  # it has ended meanwhile
    return parents


def read_stat(pid: int) -> list[str]:
    """Return state, parent and so on; the name before it may hold spaces and brackets."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()


def read_command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""
