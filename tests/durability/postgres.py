"""A PostgreSQL server that keeps what it said it kept, and can be killed, started again and cut off."""

import os
import signal
import time

import psycopg
from sqlalchemy import make_url

from tests.end_to_end.whole import list_children
from tests.postgres import Postgres


class MortalPostgres(Postgres):
    speed = "-F"  # the machine stays up: only what a killed server has not yet given to it can be lost

    def kill(self):
        """End the server and all that it started as a power cut would; return whether it ran."""
        try:
            server = int((self._data / "postmaster.pid").read_text(encoding="ascii").split()[0])
        except FileNotFoundError:
            return False
        pids = [server, *(pid for pid, _ in list_children(server))]
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        while any(os.path.exists(f"/proc/{pid}") for pid in pids):
            time.sleep(0.02)
        return True

    def revive(self):
        """Start it again where it was, as whoever keeps it would."""
        self._launch(f"-h 127.0.0.1 -p {make_url(self.url).port} -k '' {self.speed}")

    def cut(self):
        """Close every connection of others; return how many there were."""
        with psycopg.connect(self.url.replace("+psycopg", "") + "postgres", autocommit=True) as connection:
            statement = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            return connection.execute(statement + " AND backend_type = 'client backend'").fetchone()[0]
