"""A private PostgreSQL server for the tests: started in a folder of its own, on loopback, stopped at the end.

Imported by `conftest`, so also by the tests that run in Rasa's environment: only the standard library here.
"""

import glob
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

START_TRIES = 3


class NoPostgres(Exception):
    """There is no PostgreSQL on this machine that we can run; the message says why."""


def find_programs():
    """Return the folder with the newest `initdb` and `pg_ctl`, or raise `NoPostgres`."""
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[-2]), reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(str(Path(on_path).resolve().parent))
    for folder in folders:
        if all(os.access(f"{folder}/{program}", os.X_OK) for program in ("initdb", "pg_ctl", "postgres")):
            return Path(folder)
    raise NoPostgres("no initdb and pg_ctl in /usr/lib/postgresql/*/bin or on the path")


def find_account():
    """Return the account to run as: PostgreSQL refuses root. None: this one will do."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgres("running as root, and there is no other account to run PostgreSQL as")


class Postgres:
    """One server; `url` reaches its database `postgres` as a superuser without a password, from this machine only."""

    # What is lost when the machine stops is of no interest here.
    speed = "-F -c synchronous_commit=off -c full_page_writes=off"

    def __init__(self):
        self._programs = find_programs()
        self._account = find_account()
        self._folder = Path(tempfile.mkdtemp(prefix="omdehoek-pg-"))
        if self._account:
            os.chown(self._folder, self._account.pw_uid, self._account.pw_gid)
        self._data = self._folder / "data"
        self.url = ""

    def start(self):
        self._run("initdb", "-D", self._data, "-U", "omdehoek", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        for attempt in range(1, START_TRIES + 1):
            port = find_free_port()
            options = f"-h 127.0.0.1 -p {port} -k '' {self.speed}"
            try:
                self._launch(options)
            except NoPostgres:
                if attempt == START_TRIES:  # else somebody took the port between finding it and using it
                    raise
            else:
                self.url = f"postgresql+psycopg://omdehoek@127.0.0.1:{port}/"
                return self
        raise NoPostgres("did not start")

    def _launch(self, options):
        self._run("pg_ctl", "-D", self._data, "-l", self._folder / "log", "-o", options, "-w", "-t", "60", "start")

    def stop(self):
        try:
            if (self._data / "postmaster.pid").exists():
                self._run("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program, *arguments):
        account = {}
        if self._account:
            account = {"user": self._account.pw_uid, "group": self._account.pw_gid, "extra_groups": []}
        done = subprocess.run(
            [str(self._programs / program), *map(str, arguments)],
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # the server inherits it: a pipe would never close
            stderr=subprocess.DEVNULL,
            timeout=120,
            check=False,
            **account,
        )
        if done.returncode != 0:
            log = self._folder / "log"
            tail = log.read_text(encoding="utf-8", errors="replace")[-500:] if log.exists() else ""
            raise NoPostgres(f"{program} failed with {done.returncode} {tail}")


def find_free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
