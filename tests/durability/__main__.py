"""`make torture`: two hundred kills under load, half on PostgreSQL and half on SQLite; prints the figures.

    .venv/bin/python -m tests.durability [--kills 100] [--rasa 5] [--minutes 30] [--seed 8] [--on postgresql sqlite]

Ends with 1 when anything was lost, doubled or counted wrongly, or came back too late.
"""

import argparse
import math
import sys
import tempfile
from pathlib import Path

from tests.durability.report import list_late, write
from tests.durability.stage import Stage
from tests.durability.verdict import judge


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100, help="kills on each database")
    parser.add_argument("--rasa", type=int, default=5, help="how many of those are of Rasa")
    parser.add_argument("--minutes", type=float, default=math.inf, help="on each database; then no other blow falls")
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--on", nargs="+", default=["postgresql", "sqlite"], choices=["postgresql", "sqlite"])
    options = parser.parse_args()
    is_right = True
    for kind in options.on:
        with tempfile.TemporaryDirectory() as folder, Stage(Path(folder), kind).open() as stage:
            chaos = stage.play(options.kills, rasa=options.rasa, seed=options.seed, seconds=options.minutes * 60)
            verdict = judge(stage) | {"everything is back in time": list_late(chaos.blows)}
        lines = write(kind, options.seed, chaos.blows, stage.ledger, verdict)
        sys.stdout.write("\n".join([*lines, ""]))
        sys.stdout.flush()
        is_right = is_right and not any(verdict.values())
    sys.exit(not is_right)


if __name__ == "__main__":
    main()
