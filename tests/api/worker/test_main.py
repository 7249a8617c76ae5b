"""The worker goes on until it is told to stop, also while the database is down."""

import os
import signal
import subprocess
import sys
import time

from referral.settings import ROOT


def test_the_worker_stops_when_it_is_told_to(tmp_path):
    environment = {**os.environ, "OMDEHOEK_STATE_DIR": str(tmp_path), "OMDEHOEK_DATABASE_URL": ""}
    # Without a database at first: it must not die of that.
    worker = subprocess.Popen(
        [sys.executable, "-m", "api.worker"], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        said = worker.stderr.readline()
        assert worker.poll() is None
        started = time.monotonic()
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(10) == 0
        assert time.monotonic() - started < 10
        assert "later again: database_unavailable" in said
    finally:
        worker.kill()
        worker.communicate()
