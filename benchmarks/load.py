"""How many conversations at once, on this machine, with everything on it: PostgreSQL, Rasa, the door and who comes.

    .venv/bin/python -m benchmarks.load [--citizens 50 100 150 200 300] [--seconds 30] [--soak 10] [--no-overload]

First with one process of each part, then with two of each, on the same kind of database: a crowd that grows, in which
each thinks ten seconds between two messages; beside them somebody looks things up twice a second, and twice a second
somebody cries for help. Then everybody at once without thinking (overload), and the soak. Prints Markdown.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import read_megabytes, take_percentile
from benchmarks.traffic import THINKING, Seen, Traffic
from tests.end_to_end.whole import PARTS, Whole
from tests.postgres import Postgres

GOAL_MS = 300.0
# When turns take so many times the goal there is no need to let more come.
ENOUGH = 2.0
OVERLOAD = 128
PER_KIND = {"one of each": 1, "two of each": 2}
NO_LIMIT = "1000000"


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--citizens", type=int, nargs="+", default=[50, 100, 150, 200, 250, 300, 400])
    parser.add_argument("--seconds", type=float, default=30, help="seconds of each crowd")
    parser.add_argument("--soak", type=float, default=10, help="minutes of the soak; 0: none")
    parser.add_argument("--overload", action=argparse.BooleanOptionalAction, default=True)
    return parser.parse_args()


def start(folder: Path, server: Postgres, processes: int) -> Whole:
    count = str(processes)
    whole = Whole(
        folder,
        OMDEHOEK_DATABASE_URL=f"{server.url}postgres",
        OMDEHOEK_API_PROCESSES=count,
        OMDEHOEK_RASA_PROCESSES=count,
        OMDEHOEK_ACTIONS_PROCESSES=count,
        OMDEHOEK_READS_PER_MINUTE=NO_LIMIT,
        OMDEHOEK_CONVERSATIONS_PER_HOUR=NO_LIMIT,
        OMDEHOEK_TURN_DEADLINE="5",
    )
    whole.start()
    return whole


def describe(seen: Seen, kind: str) -> str:
    """Return median and p95 in milliseconds, and what was not answered with 200."""
    seconds = seen.seconds[kind]
    if len(seconds) < 2:
        return "– | –"
    return f"{1000 * take_percentile(seconds, 50):.0f} | {1000 * take_percentile(seconds, 95):.0f}"


def count_others(seen: Seen) -> str:
    others = {status: sum(counted[status] for counted in seen.statuses.values()) for status in (0, 429, 500, 503)}
    return ", ".join(f"{count} × {status or 'no answer'}" for status, count in others.items() if count) or "none"


def write_row(name: str, seconds: float, seen: Seen) -> str:
    turns = len(seen.seconds["turn"])
    return (
        f"| {name} | {turns / seconds:.1f} | {describe(seen, 'turn')} | {describe(seen, 'reading')} |"
        f" {describe(seen, 'emergency')} | {seen.wrong_texts} | {count_others(seen)} |"
    )


COLUMNS = (
    "citizens", "turns/s", "turn median (ms)", "p95", "reading median", "p95", "emergency median", "p95",
    "without its text", "other answers",
)  # fmt: skip


def write_head(*columns: str) -> str:
    """Return the head of a table; all figures stand to the right."""
    return f"| {' | '.join(columns)} |\n|{'---:|' * len(columns)}"


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def grow(whole: Whole, options: argparse.Namespace) -> int:
    """Print a row for each crowd; return the largest that kept to the goal."""
    best = 0
    for citizens in options.citizens:
        seen = Traffic(whole.url, citizens=citizens, seconds=options.seconds).run()
        say(write_row(str(citizens), options.seconds, seen))
        p95 = 1000 * take_percentile(seen.seconds["turn"], 95)
        if p95 <= GOAL_MS:
            best = citizens
        if p95 > GOAL_MS * ENOUGH:
            break
    return best


def measure_memory(whole: Whole) -> dict[str, float]:
    return {part: sum(map(read_megabytes, whole.find_pids(part))) for part in PARTS}


def soak(whole: Whole, citizens: int, minutes: float) -> None:
    """Print latency and memory of each minute, so that growth would show."""
    parts = [f"{part} (MB)" for part in PARTS]
    say(f"\n### Soak: {citizens} citizens, {minutes:.0f} minutes\n")
    say(write_head("minute", "turns/s", "turn median (ms)", "p95", *parts))
    for minute in range(1, int(minutes) + 1):
        seen = Traffic(whole.url, citizens=citizens, seconds=60).run()
        memory = " | ".join(f"{megabytes:.0f}" for megabytes in measure_memory(whole).values())
        say(f"| {minute} | {len(seen.seconds['turn']) / 60:.1f} | {describe(seen, 'turn')} | {memory} |")


def main() -> None:
    options = read_options()
    say(
        f"## Load: {os.cpu_count()} cores, PostgreSQL, everything on one machine, {THINKING:.0f} s between two messages"
    )
    for name, processes in PER_KIND.items():
        server = Postgres()
        server.start()
        with tempfile.TemporaryDirectory() as folder:
            whole = None
            try:
                whole = start(Path(folder), server, processes)
                Traffic(whole.url, citizens=4, seconds=10, thinking=0).run()
                say(f"\n### {name.capitalize()}\n\n{write_head(*COLUMNS)}")
                best = grow(whole, options)
                say(f"\np95 within {GOAL_MS:.0f} ms: {best} conversations at once.")
                if processes > 1:
                    if options.overload:
                        seen = Traffic(whole.url, citizens=OVERLOAD, seconds=options.seconds, thinking=0).run()
                        say(f"\n### Overload: {OVERLOAD} who never think\n\n{write_head(*COLUMNS)}")
                        say(write_row(str(OVERLOAD), options.seconds, seen))
                    if options.soak:
                        soak(whole, max(20, best // 2), options.soak)
            finally:
                if whole:
                    whole.stop()
                server.stop()


if __name__ == "__main__":
    main()
