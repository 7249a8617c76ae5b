"""`make bench`: the speed of one referral conversation, with stock Rasa beside it in the same run; prints Markdown.

    .venv/bin/python benchmarks/conversation.py [--epochs 100] [--conversations 100] [--citizens 8] [--seconds 20]

Both sides run as their real processes on loopback, each with an SQLite database of its own, and both are up during the
whole run. First they take conversations in turn, one citizen at a time; then a crowd talks to one, and to the other,
twice. Ours is measured at the door, over HTTP; stock Rasa at its REST channel (benchmarks/stock.py tells what differs).
A turn is `as meant` when it got the answer it is for: the place asked, a card, what to bring, phone numbers.
"""

import argparse
import os
import platform
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # `make bench` starts this file itself, not the module

from benchmarks import stock  # noqa: E402
from benchmarks.citizens import CONVERSATION, OurCitizen, StockCitizen  # noqa: E402
from benchmarks.measure import (  # noqa: E402
    Measured,
    crowd,
    read_megabytes,
    take_percentile,
    take_turns_between,
    warm_up,
)
from tests.processes import Assistant  # noqa: E402

WARM_UP = 3
ROUNDS = 2


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=100, help="epochs of stock Rasa's training (its default: 100)")
    parser.add_argument("--conversations", type=int, default=100, help="conversations one after another, each side")
    parser.add_argument("--citizens", type=int, default=8, help="citizens at once")
    parser.add_argument("--seconds", type=float, default=20, help="seconds that they talk, each side")
    return parser.parse_args()


def start(whole: Assistant, side: Measured, others: tuple[str, ...]) -> None:
    """Fill the database and start the processes, Rasa first and alone, so that its start can be timed."""
    whole.folder.mkdir()
    whole.prepare()
    began = time.perf_counter()
    whole.start("rasa")
    side.start_seconds = time.perf_counter() - began
    whole.start(*others)


def measure(ours: Measured, theirs: Measured, *, trained: Path, options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        wholes: list[tuple[Assistant, Measured]] = []
        try:
            wholes.append((Assistant(Path(folder) / "ours"), ours))
            wholes.append((stock.Stock(Path(folder) / "stock", trained), theirs))
            for (whole, side), others in zip(wholes, (("actions", "api"), ("actions",)), strict=True):
                side.url = whole.url
                start(whole, side, others)
                warm_up(side, WARM_UP)
            report_progress(f"{options.conversations} conversations each, one after another")
            take_turns_between([ours, theirs], options.conversations)
            for _ in range(ROUNDS):
                for side in (ours, theirs):
                    report_progress(f"{options.citizens} citizens at once")
                    crowd(side, citizens=options.citizens, seconds=options.seconds / ROUNDS)
            for whole, side in wholes:
                side.megabytes = read_megabytes(whole._running["rasa"].pid)
        finally:
            for whole, _ in wholes:
                whole.stop()


def report_progress(text: str) -> None:
    print(text, file=sys.stderr)


def print_figures(ours: Measured, theirs: Measured, options: argparse.Namespace) -> None:
    print("| | ours | stock | ratio |\n|---|---:|---:|---:|")
    for percent, label in ((50, "median"), (95, "p95")):
        turns = [take_percentile(side.list_turns(), percent) * 1e3 for side in (ours, theirs)]
        print_row(f"turn, {label} (ms)", *turns)
    for percent, label in ((50, "median"), (95, "p95")):
        wholes = [take_percentile(side.conversations, percent) * 1e3 for side in (ours, theirs)]
        print_row(f"conversation, {label} (ms)", *wholes)
    mine, stocks = ours.turns_per_second, theirs.turns_per_second
    print(f"| turns per second, {options.citizens} citizens | {mine:.1f} | {stocks:.1f} | {mine / stocks:.1f} |")
    print_row("memory of Rasa after the run (MB)", ours.megabytes, theirs.megabytes)
    print_row("start of Rasa (s)", ours.start_seconds, theirs.start_seconds)
    print(f"| turns as meant, one citizen | {share_meant(ours)} | {share_meant(theirs)} | |")
    crowds = [f"{side.busy_meant / side.busy_turns:.0%}" for side in (ours, theirs)]
    print(f"| turns as meant, {options.citizens} citizens | {crowds[0]} | {crowds[1]} | |")


def print_row(name: str, mine: float, stocks: float) -> None:
    """Print a row of a figure of which less is better."""
    print(f"| {name} | {mine:.0f} | {stocks:.0f} | {stocks / mine:.1f} |")


def share_meant(side: Measured) -> str:
    return f"{sum(side.meant) / len(side.list_turns()):.0%}"


def print_turns(ours: Measured, theirs: Measured) -> None:
    print("\n| turn, median (ms) | ours | stock | ratio | as meant: ours | stock |\n|---|---:|---:|---:|---:|---:|")
    for number, turn in enumerate(CONVERSATION):
        mine, stocks = (take_percentile(side.turns[number], 50) * 1e3 for side in (ours, theirs))
        meant = [f"{side.meant[number] / len(side.turns[number]):.0%}" for side in (ours, theirs)]
        label = turn.label if turn.text else f"[{turn.label}]"
        print(f"| {label} | {mine:.0f} | {stocks:.0f} | {stocks / mine:.1f} | {' | '.join(meant)} |")


def main() -> None:
    options = read_options()
    trained = stock.train(options.epochs)
    ours, theirs = Measured(OurCitizen, ""), Measured(StockCitizen, "")
    measure(ours, theirs, trained=trained, options=options)
    print(f"## One referral conversation of {len(CONVERSATION)} turns\n")
    print(
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.machine()}, load {os.getloadavg()[0]:.1f}."
        f" {options.conversations} conversations each, one after another; then {options.citizens} citizens"
        f" for {options.seconds:.0f} s each. Stock Rasa's default pipeline was trained with {options.epochs} epochs."
        " Ratio: how many times less time or memory, or more turns, ours has.\n"
    )
    print_figures(ours, theirs, options)
    print_turns(ours, theirs)


if __name__ == "__main__":
    main()
