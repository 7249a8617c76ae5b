"""Tells how often the examples of a topic name it: people often do not know the official word, so most should not.

    .venv/bin/python -m benchmarks.report_examples

Prints, per topic, the number of examples and the share in which one of the topic's `words` stands (anywhere, also
inside a longer word, as in the fallback of the chat), the highest share first.
"""

from collections.abc import Iterable
from pathlib import Path

from referral.catalogue.service import load_catalogue
from referral.learning.examples import read_examples
from referral.settings import ROOT

DATA = ROOT / "data"


def measure_share(examples: Iterable[str], words: Iterable[str]) -> float:
    """Return the share (0–1) of the examples in which at least one of the words stands."""
    wanted = [word.lower() for word in words]
    hits = [any(word in example.lower() for word in wanted) for example in examples]
    return sum(hits) / len(hits) if hits else 0.0


def measure_topics(data: Path = DATA) -> dict[str, tuple[int, float]]:
    """Return of each topic the number of its examples and the share of them that hold its words."""
    found = {}
    for topic in load_catalogue(data).topics.values():
        examples = read_examples(data / "topics" / topic.id / "examples.yml")
        found[topic.id] = (len(examples), measure_share(examples, topic.words))
    return found


def main() -> None:
    print("| topic | examples | with its word |\n|---|---:|---:|")
    for topic, (count, share) in sorted(measure_topics().items(), key=lambda row: -row[1][1]):
        print(f"| {topic} | {count} | {share:.0%} |")


if __name__ == "__main__":
    main()
