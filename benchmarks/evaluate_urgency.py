"""Measures the urgency detector on files of messages: recall of P0 and false alarms.

    .venv/bin/python -m benchmarks.evaluate_urgency FILE.jsonl ... [--show] [--data DIR]

A line is `{"text": ..., "topic": ...}`. A topic that some P0 signal leads to means that the message is an emergency of
that topic; every other topic means that it must give no P0. Misses are printed with `--show` only.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from referral.urgency.detector import Detector, load_detector

DATA = Path(__file__).resolve().parent.parent / "data"


def read_lines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the text and topic of every line."""
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            entry = json.loads(line)
            yield entry["text"], entry["topic"]


def evaluate(detector: Detector, path: Path, *, show: bool) -> None:
    """Print the counts of one file."""
    emergencies = {signal.topic for signal, _ in detector.rules if signal.level == "P0"}
    counts: Counter[str] = Counter()
    started = time.perf_counter()
    for text, topic in read_lines(path):
        found = detector.detect(text)
        alarm = found is not None and found.signal.level == "P0"
        expected = topic in emergencies
        right = alarm and found is not None and found.signal.topic == topic
        counts["emergencies" if expected else "others"] += 1
        counts["recalled"] += expected and alarm
        counts["right topic"] += expected and right
        counts["false alarms"] += alarm and not expected
        if show and (not right if expected else alarm):
            print(f"  {topic}: {text!r} -> {found and f'{found.signal.id}/{found.reason}'}")
    elapsed = 1000 * (time.perf_counter() - started) / max(1, counts["emergencies"] + counts["others"])
    print(f"{path.name}: {elapsed:.2f} ms a message")
    if counts["emergencies"]:
        share = counts["recalled"] / counts["emergencies"]
        recalled = f"{counts['recalled']}/{counts['emergencies']} ({share:.1%})"
        print(f"  P0 recall {recalled}, right topic {counts['right topic']}")
    if counts["others"]:
        share = counts["false alarms"] / counts["others"]
        print(f"  false P0 {counts['false alarms']}/{counts['others']} ({share:.1%})")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the urgency detector on JSONL files.")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true", help="print what was missed or raised wrongly")
    parser.add_argument("--data", type=Path, default=DATA, help="the data directory")
    arguments = parser.parse_args()
    detector = load_detector(arguments.data)
    for path in arguments.files:
        evaluate(detector, path, show=arguments.show)


if __name__ == "__main__":
    main()
