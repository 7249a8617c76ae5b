"""Takes the time of conversations: one after another, and with several citizens at once."""

import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import httpx

from benchmarks.citizens import CONVERSATION, Citizen

MakeCitizen = Callable[[httpx.Client], Citizen]
TIMEOUT = 60.0


@dataclass
class Crowd:
    """Turns that citizens took at once: seconds each, how many got the answer they are for, seconds of talk."""

    turns: list[float] = field(default_factory=list)
    meant: int = 0
    seconds: float = 0.0

    @property
    def turns_per_second(self) -> float:
        return len(self.turns) / self.seconds


@dataclass
class Measured:
    """What was measured of one side: seconds, megabytes, and turns that got the answer they are for."""

    citizen: MakeCitizen
    url: str
    start_seconds: float = 0.0
    megabytes: float = 0.0
    conversations: list[float] = field(default_factory=list)
    turns: list[list[float]] = field(default_factory=lambda: [[] for _ in CONVERSATION])
    meant: list[int] = field(default_factory=lambda: [0 for _ in CONVERSATION])
    crowds: dict[int, Crowd] = field(default_factory=dict)
    growth: float = 0.0

    def list_turns(self) -> list[float]:
        return [seconds for turn in self.turns for seconds in turn]

    def open_http(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=TIMEOUT, trust_env=False)


def take_percentile(values: Sequence[float], percent: int) -> float:
    """Return the value that this percentage of the values does not exceed (of two values or more)."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def warm_up(side: Measured, conversations: int) -> None:
    """Hold conversations that do not count: the first ones load what is loaded lazily."""
    with side.open_http() as http:
        for _ in range(conversations):
            citizen = side.citizen(http)
            for turn in CONVERSATION:
                citizen.take(turn)


def take_turns_between(sides: Sequence[Measured], conversations: int) -> None:
    """Hold this many conversations at each side, the sides in turn, so that noise of the machine meets all alike."""
    clients = [side.open_http() for side in sides]
    for _ in range(conversations):
        for side, http in zip(sides, clients, strict=True):
            hold_conversation(side, http)
    for http in clients:
        http.close()


def hold_conversation(side: Measured, http: httpx.Client) -> None:
    """Hold one conversation and note the time of each turn, and of the whole with its opening."""
    began = time.perf_counter()
    citizen = side.citizen(http)
    for number, turn in enumerate(CONVERSATION):
        turn_began = time.perf_counter()
        names = citizen.take(turn)
        side.turns[number].append(time.perf_counter() - turn_began)
        side.meant[number] += turn.expects in names
    side.conversations.append(time.perf_counter() - began)


def crowd(side: Measured, *, citizens: int, seconds: float) -> None:
    """Let this many citizens hold conversations at once, for so many seconds; only turns finished by then count."""
    deadline = 0.0

    def start_clock() -> None:
        nonlocal deadline
        deadline = time.perf_counter() + seconds

    everybody_is_here = threading.Barrier(citizens, action=start_clock)

    def keep_talking() -> list[tuple[float, bool]]:
        done: list[tuple[float, bool]] = []
        with side.open_http() as http:
            everybody_is_here.wait()
            while True:
                citizen = side.citizen(http)
                for turn in CONVERSATION:
                    began = time.perf_counter()
                    names = citizen.take(turn)
                    now = time.perf_counter()
                    if now > deadline:
                        return done
                    done.append((now - began, turn.expects in names))

    with ThreadPoolExecutor(citizens) as pool:
        talks = [pool.submit(keep_talking) for _ in range(citizens)]
        done = [turn for talk in talks for turn in talk.result()]
    busy = side.crowds.setdefault(citizens, Crowd())
    busy.turns += [took for took, _ in done]
    busy.meant += sum(is_meant for _, is_meant in done)
    busy.seconds += seconds


def measure_growth(side: Measured, *, conversations: int) -> None:
    """Note by how much a turn takes longer after a hundred: the same six turns over and over in one conversation.

    The median of the first round but one (turns 7 to 12) against that of the rounds after turn 96.
    """
    early: list[float] = []
    late: list[float] = []
    with side.open_http() as http:
        for _ in range(conversations):
            citizen = side.citizen(http)
            rounds = [_time_round(citizen) for _ in range(18)]
            early += rounds[1]
            late += rounds[-1]
    side.growth = statistics.median(late) / statistics.median(early)


def _time_round(citizen: Citizen) -> list[float]:
    took = []
    for turn in CONVERSATION:
        began = time.perf_counter()
        citizen.take(turn)
        took.append(time.perf_counter() - began)
    return took


def read_megabytes(pid: int) -> float:
    """Return the resident memory of a process in MB (10⁶ bytes)."""
    shown = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True)  # noqa: S607
    return int(shown.stdout) * 1024 / 1e6
