"""Starts the real processes on free ports of loopback, each on its own, so that a test can kill one."""

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx

ROOT = Path(__file__).resolve().parent.parent
BOT_PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"
# A Tuesday morning, outside holidays, so that opening hours do not depend on when the tests run.
START_AT = datetime(2026, 11, 24, 10, 15, tzinfo=ZoneInfo("Europe/Amsterdam"))
PATIENCE = 120.0


def find_free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Assistant:
    """Rasa, the action server and the door, with a database of their own."""

    def __init__(self, folder, *, start_at=START_AT, **settings):
        self.folder = folder
        self.ports = {name: find_free_port() for name in ("api", "rasa", "actions")}
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("OMDEHOEK_")},
            "OMDEHOEK_STATE_DIR": str(folder),
            "OMDEHOEK_DATABASE_URL": f"sqlite:///{folder / 'omdehoek.db'}",
            "OMDEHOEK_PORT": str(self.ports["api"]),
            "OMDEHOEK_RASA_PORT": str(self.ports["rasa"]),
            "OMDEHOEK_RASA_PROCESSES": "1",
            "OMDEHOEK_ACTIONS_PORT": str(self.ports["actions"]),
            "OMDEHOEK_CLOCK_SHIFT": str((start_at - datetime.now(UTC)).total_seconds()),
            "OMDEHOEK_CONVERSATIONS_PER_HOUR": "100000",
            "OMDEHOEK_TURNS_PER_MINUTE": "1000",
            "OMDEHOEK_TURN_DEADLINE": "12",
            "RASA_TELEMETRY_ENABLED": "false",
            "PYTHONWARNINGS": "ignore",
            **settings,
        }
        self.url = f"http://127.0.0.1:{self.ports['api']}"
        self.database_url = self.environment["OMDEHOEK_DATABASE_URL"]
        self._running = {}

    def start(self, *names):
        """Start these processes, or all, and wait until the door says that each is up."""
        for name in names or ("rasa", "actions", "api"):
            with (self.folder / f"{name}.log").open("ab") as log:
                self._running[name] = subprocess.Popen(
                    self._make_command(name),
                    cwd=ROOT,
                    env=self.environment,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        self.wait_for(*(names or ("rasa", "actions", "api")))

    def _make_command(self, name):
        port = str(self.ports[name])
        return {
            "rasa": [str(BOT_PYTHON), "-m", "bot.server"],
            "actions": [sys.executable, "-m", "actions", port],
            "api": [sys.executable, "-m", "api.server"],
        }[name]

    def prepare(self):
        """Migrate and load the example directory, as `omdehoek run` does."""
        code = "from api.cli.store import prepare_database; from referral.settings import get_settings;"
        command = [sys.executable, "-c", code + "prepare_database(get_settings())"]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True)

    def wait_for(self, *names):
        deadline = time.monotonic() + PATIENCE
        urls = {"rasa": "/webhooks/door/", "actions": "/health", "api": "/health/live"}
        for name in names:
            while not self._answers(f"http://127.0.0.1:{self.ports[name]}{urls[name]}"):
                process = self._running[name]
                if time.monotonic() > deadline or process.poll() is not None:
                    log = (self.folder / f"{name}.log").read_text(errors="replace")[-2000:]
                    raise RuntimeError(f"{name} did not come up:\n{log}")
                time.sleep(0.2)

    @staticmethod
    def _answers(url):
        try:
            return httpx.get(url, timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def kill(self, name):
        """End a part, with the processes that it keeps, as a power cut would."""
        process = self._running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def read_logs(self):
        return {path.name: path.read_text(errors="replace") for path in self.folder.glob("*.log")}

    def stop(self):
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._running.clear()
