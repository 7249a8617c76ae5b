"""`make bench`: the speed of one referral conversation, with stock Rasa beside it in the same run; prints Markdown.

    .venv/bin/python benchmarks/conversation.py [--epochs 100] [--conversations 100] [--citizens 1 4 16] [--seconds 20]

All run as their real processes on loopback, ours and stock each with an SQLite database of its own, and both are up
during the whole run. First citizens come one at a time, to each in turn; then crowds talk to one after the other,
twice each. Three things are measured over HTTP: our door, with all that it does; our Rasa with its actions,
as the door calls it; and stock Rasa with the same actions, which has no door (benchmarks/stock.py tells what differs).
A turn is `as meant` when it got the answer it is for: the place asked, a card, what to bring, phone numbers, thanks.
"""

import argparse
import os
import platform
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # `make bench` starts this file itself, not the module

from benchmarks import stock  # noqa: E402
from benchmarks.citizens import CONVERSATION, DoorCitizen, RasaCitizen, StockCitizen  # noqa: E402
from benchmarks.measure import (  # noqa: E402
    Measured,
    crowd,
    measure_growth,
    read_megabytes,
    take_percentile,
    take_turns_between,
    warm_up,
)
from tests.processes import Assistant  # noqa: E402

WARM_UP = 3
ROUNDS = 2
LONG_CONVERSATIONS = 5


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=100, help="epochs of stock Rasa's training (its default: 100)")
    parser.add_argument("--conversations", type=int, default=100, help="conversations with each, one at a time")
    parser.add_argument("--citizens", type=int, nargs="+", default=[1, 4, 16], help="citizens at once")
    parser.add_argument("--seconds", type=float, default=20, help="seconds that each crowd talks with each")
    return parser.parse_args()


def measure(trained: Path, options: argparse.Namespace) -> list[Measured]:
    """Return what was measured of the door, of our Rasa and of stock Rasa."""
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Assistant(Path(folder) / "ours"), stock.Stock(Path(folder) / "stock", trained)
        try:
            seconds = [start(ours, "actions", "api"), start(theirs, "actions")]
            rasa_url = f"http://127.0.0.1:{ours.ports['rasa']}"
            door, rasa = Measured(DoorCitizen, ours.url), Measured(RasaCitizen, rasa_url, seconds[0])
            sides = [door, rasa, Measured(StockCitizen, theirs.url, seconds[1])]
            hold_all(sides, options)
            for whole, side in zip((ours, theirs), sides[1:], strict=True):
                side.megabytes = read_megabytes(whole._running["rasa"].pid)
        except httpx.HTTPError:
            report_ended(ours, theirs)
            raise
        finally:
            ours.stop()
            theirs.stop()
    return sides


def report_ended(*wholes: Assistant) -> None:
    """Say which processes are gone, with what code, and what they logged last."""
    for whole in wholes:
        for name, process in whole._running.items():
            if process.poll() is not None:
                report_progress(f"{whole.folder.name} {name} ended with {process.returncode}")
                report_progress(whole.read_logs()[f"{name}.log"][-2000:])


def start(whole: Assistant, *others: str) -> float:
    """Fill the database and start the processes; return the seconds that Rasa took, first and alone."""
    whole.folder.mkdir()
    whole.prepare()
    began = time.perf_counter()
    whole.start("rasa")
    seconds = time.perf_counter() - began
    whole.start(*others)
    return seconds


def hold_all(sides: list[Measured], options: argparse.Namespace) -> None:
    for side in sides:
        warm_up(side, WARM_UP)
    report_progress(f"{options.conversations} conversations each, one citizen at a time")
    take_turns_between(sides, options.conversations)
    for side in sides:
        measure_growth(side, conversations=LONG_CONVERSATIONS)
    for citizens in options.citizens * ROUNDS:
        report_progress(f"{citizens} citizens at once")
        for side in sides:
            crowd(side, citizens=citizens, seconds=options.seconds / ROUNDS)


def report_progress(text: str) -> None:
    print(text, file=sys.stderr)


def print_figures(sides: list[Measured], crowds: list[int]) -> None:
    print("| | ours | our Rasa alone | stock | stock ÷ ours | stock ÷ our Rasa |\n|---|---:|---:|---:|---:|---:|")
    for percent, label in ((50, "median"), (95, "p95")):
        print_row(f"turn, {label} (ms)", [take_percentile(side.list_turns(), percent) * 1e3 for side in sides])
    for percent, label in ((50, "median"), (95, "p95")):
        milliseconds = [take_percentile(side.conversations, percent) * 1e3 for side in sides]
        print_row(f"conversation, {label} (ms)", milliseconds)
    for citizens in crowds:
        busy = [side.crowds[citizens] for side in sides]
        print_row(f"turns per second, {citizens} at once", [one.turns_per_second for one in busy], digits=1)
        print_row(f"turn, p95 (ms), {citizens} at once", [take_percentile(one.turns, 95) * 1e3 for one in busy])
    print_row("turn 103–108 ÷ turn 7–12, medians", [side.growth for side in sides], digits=2)
    print_row("memory of Rasa after the run (MB)", [side.megabytes for side in sides])
    print_row("start of Rasa (s)", [side.start_seconds for side in sides])
    alone = [f"{sum(side.meant) / len(side.list_turns()):.0%}" for side in sides]
    print(f"| turns as meant, one citizen | {' | '.join(alone)} | | |")
    for citizens in crowds:
        shares = [f"{side.crowds[citizens].meant / len(side.crowds[citizens].turns):.0%}" for side in sides]
        print(f"| turns as meant, {citizens} at once | {' | '.join(shares)} | | |")


def print_turns(sides: list[Measured]) -> None:
    print("\n| turn, median (ms) | ours | our Rasa alone | stock | stock ÷ ours | stock ÷ our Rasa |")
    print("|---|---:|---:|---:|---:|---:|")
    for number, turn in enumerate(CONVERSATION):
        label = turn.label if turn.text else f"[{turn.label}]"
        print_row(label, [take_percentile(side.turns[number], 50) * 1e3 for side in sides])


def print_row(name: str, values: list[float], digits: int = 0) -> None:
    """Print a row of the door, our Rasa and stock Rasa; zero: it has no such figure."""
    shown = [f"{value:.{digits}f}" if value else "–" for value in values]
    ratios = [f"{values[2] / value:.2f}" if value else "–" for value in values[:2]]
    print(f"| {name} | {' | '.join([*shown, *ratios])} |")


def main() -> None:
    options = read_options()
    trained = stock.train(options.epochs)
    sides = measure(trained, options)
    print(f"## One referral conversation of {len(CONVERSATION)} turns\n")
    print(
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.machine()}, load {os.getloadavg()[0]:.1f}."
        f" {options.conversations} conversations each, one citizen at a time; then crowds"
        f" for {options.seconds:.0f} s each. Stock Rasa's default pipeline was trained with {options.epochs} epochs.\n"
    )
    print_figures(sides, options.citizens)
    print_turns(sides)


if __name__ == "__main__":
    main()
