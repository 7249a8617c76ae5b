"""The whole product as `omdehoek run` brings it up, with a supervisor that restarts what dies; and ways to kill it."""

import os
import signal
import subprocess
import sys
import time

import httpx

from tests.processes import ROOT, Assistant

PARTS = {"rasa": "bot.server", "actions": "-m actions", "api": "api.server", "worker": "api.worker"}


class Whole(Assistant):
    """Uses the ports, state folder and clock of `Assistant`, but starts everything with one command."""

    def __init__(self, folder, **settings):
        super().__init__(folder, **settings)
        self._run = None

    def start(self):
        command = [sys.executable, "-m", "api.cli.main", "run"]
        with (self.folder / "run.out").open("wb") as log:
            self._run = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        self.wait_until_ready()

    def wait_until_ready(self, patience=180.0):
        deadline = time.monotonic() + patience
        while not self.is_ready():
            if time.monotonic() > deadline or self._run.poll() is not None:
                raise RuntimeError((self.folder / "run.out").read_text(errors="replace")[-2000:])
            time.sleep(0.3)

    def is_ready(self):
        try:
            return httpx.get(f"{self.url}/health/ready", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def list_processes(self):
        """Return {pid: command line} of everything that this run started, and of that only."""
        found, parents = {}, [self._run.pid]
        while parents:
            for pid, command in list_children(parents.pop()):
                found[pid] = command
                parents.append(pid)
        return found

    def find_pids(self, name):
        """Return the processes of one part."""
        return [pid for pid, command in self.list_processes().items() if PARTS[name] in command]

    def kill_part(self, name):
        """End one part as a power cut would; return whether it was running."""
        pids = self.find_pids(name)
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        return bool(pids)

    def interrupt(self):
        """Press Ctrl-C; return the processes that were running then."""
        running = self.list_processes()
        self._run.send_signal(signal.SIGINT)
        self._run.wait(60)
        return running

    def stop(self):
        if self._run is not None and self._run.poll() is None:
            self.interrupt()


def list_children(parent):
    """Yield (pid, command line) of the direct children of a process."""
    with_parent = ["ps", "-o", "pid=,args=", "--ppid", str(parent)]
    for line in subprocess.run(with_parent, capture_output=True, text=True, check=False).stdout.splitlines():
        pid, _, command = line.strip().partition(" ")
        yield int(pid), command
