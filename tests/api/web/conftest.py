"""What the door logs, and the door as a process of its own."""

import io
import logging
import os
import subprocess
import time

import httpx
import pytest

from api.cli.processes import list_processes
from referral.logs import SECURITY, set_up_logging
from referral.settings import ROOT
from tests.postgres import find_free_port


@pytest.fixture
def log(monkeypatch):
    """What is logged, as text; the logging of before is back afterwards."""
    kept = logging.root.handlers[:], logging.root.level
    out = io.StringIO()
    monkeypatch.setattr("sys.stderr", out)
    set_up_logging("door")
    yield out
    logging.captureWarnings(False)
    logging.root.handlers[:], level = kept
    logging.root.setLevel(level)
    SECURITY.setLevel(logging.NOTSET)


@pytest.fixture
def start_real(make_settings):
    """Starts the door by the command of `omdehoek run` and returns its address."""
    running = []

    def start(**changes):
        settings = make_settings(port=find_free_port(), **changes)
        (command,) = [one.command for one in list_processes(settings) if one.name == "api"]
        said = {
            "STATE_DIR": settings.state_dir,
            "DATABASE_URL": "",
            "READS_PER_MINUTE": settings.reads_per_minute,
            "PORT": settings.port,
            "TRUSTED_PROXIES": settings.trusted_proxies,
        }
        environment = {f"OMDEHOEK_{name}": str(value) for name, value in said.items()}
        # What uvicorn would believe by itself.
        environment |= {"FORWARDED_ALLOW_IPS": "*"}
        running.append(subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}))
        url = f"http://127.0.0.1:{settings.port}"
        deadline = time.monotonic() + 60
        while not is_up(url):
            assert running[-1].poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.2)
        return url

    yield start
    for process in running:
        process.terminate()
        process.wait()


def is_up(url):
    try:
        return httpx.get(f"{url}/health/live").status_code == 200
    except httpx.TransportError:
        return False
