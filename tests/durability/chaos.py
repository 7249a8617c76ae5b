"""Who is killed, cut off or left without room, and when: by a seed, so that a run can be done again."""

import os
import random
import resource
import signal
import time
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import httpx

from tests.end_to_end.whole import PARTS

KILLS = ("api", "actions", "worker", "rasa", "database")
# The rest does not kill: every connection to the database is cut; no file can grow.
CUT, NO_ROOM = "cut", "no room"
AT_ONCE = [set(pair) for pair in combinations(KILLS, 2) if set(pair) != {"api", "database"}]
MOST_AT_ONCE = 3
HELD = (NO_ROOM, "database")
SECONDS_WITHOUT_ROOM = 1.5
# Seconds that the assistant is left alone between two blows.
REST = (0.3, 2.0)
GIVE_UP = 240.0
# How /proc/net/tcp says that a socket listens.
LISTEN = "0A"


@dataclass(frozen=True)
class Blow:
    """What was hit, the seconds until somebody answered again, and until it was as strong as before."""

    what: str
    seconds: float
    whole: float


class Chaos:
    """Hits the parts of one `Whole`, and the server of its database when that is PostgreSQL."""

    def __init__(self, whole, server, *, seed):
        self._whole, self._server, self._dice = whole, server, random.Random(seed)  # noqa: S311
        self.blows, self._killed, self._strength = [], {}, {part: self._count(part) for part in ("api", "actions")}

    def plan(self, kills, *, rasa):
        """Return groups of what to hit at once, in order: so many kills, `rasa` of them of Rasa, and other blows."""
        parts = ["api", "actions", "worker"] + (["database"] if self._server else [])
        planned = ["rasa"] * rasa + [parts[number % len(parts)] for number in range(kills - rasa)]
        planned += [NO_ROOM] * max(1, kills // 20) + [CUT] * (max(1, kills // 20) if self._server else 0)
        self._dice.shuffle(planned)
        groups = []
        for what in planned:
            # Not the database with the door: through which it is seen that it is back.
            if groups and len(groups[-1]) < MOST_AT_ONCE and all({what, one} in AT_ONCE for one in groups[-1]):
                groups[-1].append(what)
            else:
                groups.append([what])
        return groups

    def strike(self, group):
        """Hit all of a group, wait until each is as strong as before, rest a little."""
        hit, back = {}, {}
        for what in group:
            self._killed[what] = self._whole.find_pids(what) if what in PARTS else []
            self._dice.shuffle(self._killed[what])
            hit[what] = time.monotonic()
            {CUT: self._cut, NO_ROOM: self._take_room, "database": self._kill_database}.get(what, self._kill)(what)
            if what in HELD:  # the harness itself held it down
                hit[what] = time.monotonic()
        while hit:
            for what in [one for one in hit if one not in back and self._is_back(one)]:
                back[what] = time.monotonic() - hit[what]
            for what in [one for one in back if one in hit and self._is_whole(one)]:
                self.blows.append(Blow(what, back[what], time.monotonic() - hit.pop(what)))
            late = [one for one, began in hit.items() if time.monotonic() - began > GIVE_UP]
            if late:
                raise AssertionError(f"{late} not back after {GIVE_UP} s")
            time.sleep(0.05)
        time.sleep(self._dice.uniform(*REST))

    def _kill(self, part):
        """Kill one process: two of a kind do not fall at once."""
        if not self._killed[part]:
            raise AssertionError(f"{part} was not there to kill")
        os.kill(self._killed[part][0], signal.SIGKILL)

    def _kill_database(self, _):
        if not self._server.kill():
            raise AssertionError("the database was not there to kill")
        time.sleep(self._dice.uniform(*REST))
        self._server.revive()

    def _cut(self, _):
        self._server.cut()

    def _take_room(self, _):
        """Let no process of ours write a byte more to any file, for a moment."""
        limited = [(pid, resource.prlimit(pid, resource.RLIMIT_FSIZE)) for pid in self._list_writers()]
        for pid, (_, most) in limited:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, most))
        time.sleep(SECONDS_WITHOUT_ROOM)
        for pid, limits in limited:
            if os.path.exists(f"/proc/{pid}"):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)

    def _list_writers(self):
        return [pid for part in ("api", "actions", "worker") for pid in self._whole.find_pids(part)]

    def _is_back(self, what):
        ports = self._whole.ports
        if what == "worker":
            return bool(set(self._whole.find_pids("worker")) - set(self._killed[what]))
        if what == "rasa":
            return answers(f"http://127.0.0.1:{ports['rasa']}/webhooks/door/")
        if what == "actions":
            return answers(f"http://127.0.0.1:{ports['actions']}/health")
        if what == "api":
            return answers(f"{self._whole.url}/health/live")
        return can_write(self._whole.url)

    def _is_whole(self, what):
        return what not in self._strength or self._count(what) >= self._strength[what]

    def _count(self, part):
        """Return how many processes listen on the port of a part."""
        port = f":{self._whole.ports[part]:04X} "
        listening = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()
        return sum(port in line and line.split()[3] == LISTEN for line in listening)


def answers(url):
    try:
        return httpx.get(url, timeout=2).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def can_write(url):
    """Return whether a conversation can begin: that is a row in the database."""
    try:
        return httpx.post(f"{url}/v1/conversations", json={"language": "nl"}, timeout=5).is_success
    except httpx.HTTPError:
        return False
