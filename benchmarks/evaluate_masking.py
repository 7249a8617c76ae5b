"""Measures the masking of personal data against labelled messages.

Run from the project's root, with any file of JSON Lines of the form
`{"text": "...", "spans": [{"start": 0, "end": 3, "type": "NAME"}]}` (offsets in characters of the text):

    .venv/bin/python -m benchmarks.evaluate_masking FILE

Prints, per type and together, recall and precision twice: by exact span (start, end and type), and by overlap (a
labelled span counts as found when any span of ours covers a part of it, whatever its type; one of ours counts as right
when it touches a labelled one). `clean` is the share of messages without labels that came through unchanged. Prints no
text, so that a kept-apart set stays unread.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from referral.privacy.mask import Span, mask


@dataclass
class Tally:
    """Counts per type of what was labelled, what we found, and how much of each the other side has too."""

    labelled: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    exact: Counter[str] = field(default_factory=Counter)
    covered: Counter[str] = field(default_factory=Counter)
    touching: Counter[str] = field(default_factory=Counter)
    empty: int = 0
    unchanged: int = 0

    def add(self, expected: Iterable[Span], found: Iterable[Span]) -> None:
        """Count one message."""
        ours, theirs = set(found), set(expected)
        self.labelled.update(span.type for span in theirs)
        self.found.update(span.type for span in ours)
        self.exact.update(span.type for span in ours & theirs)
        self.covered.update(span.type for span in theirs if touches(span, ours))
        self.touching.update(span.type for span in ours if touches(span, theirs))
        self.empty += not theirs
        self.unchanged += not theirs and not ours


def touches(span: Span, others: Iterable[Span]) -> bool:
    """Tell whether `span` shares a character with any of the others."""
    return any(other.start < span.end and span.start < other.end for other in others)


def read_labelled(path: Path) -> Iterable[tuple[str, list[Span]]]:
    """Yield each message of a file with its labels."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            message = json.loads(line)
            yield message["text"], [Span(span["start"], span["end"], span["type"]) for span in message["spans"]]


def share(part: int, whole: int) -> str:
    """Return a percentage, or a dash when there is nothing to share."""
    return f"{100 * part / whole:6.1f}" if whole else "     -"


def main() -> None:
    """Measure one file and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="JSON Lines with text and spans")
    tally = Tally()
    messages = list(read_labelled(parser.parse_args().file))
    for text, expected in messages:
        tally.add(expected, mask(text).spans)
    print(f"{'':22}      exact            overlap")
    print(f"{'type':22}{'recall':>7}{'prec.':>7}   {'recall':>7}{'prec.':>7}{'labels':>8}{'found':>7}")
    for kind in [*sorted(tally.labelled | tally.found), "all"]:
        labelled, found, exact, covered, touching = (
            counter.total() if kind == "all" else counter[kind]
            for counter in (tally.labelled, tally.found, tally.exact, tally.covered, tally.touching)
        )
        print(
            f"{kind:22} {share(exact, labelled)} {share(exact, found)}    {share(covered, labelled)}"
            f" {share(touching, found)}{labelled:8}{found:7}"
        )
    print(f"clean {share(tally.unchanged, tally.empty).strip()} % of {tally.empty} messages without labels")
    print(f"{len(messages)} messages")


if __name__ == "__main__":
    main()
