"""`make evaluate`: how well messages are understood, on a folder of JSON Lines sets; prints Markdown.

Reads dev.jsonl (topic, style), oos.jsonl, crisis.jsonl, crisis_near.jsonl, places.jsonl and privacy.jsonl, whichever
are there, and runs each through `omdehoek triage` or `omdehoek mask`, as a user would. A figure is a share of messages.
"""

import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-m", "api.cli.main")
P0 = {"direct_gevaar", "gaslucht", "levensgevaar_medisch", "zelfdoding", "geweld_thuis", "seksueel_geweld"}
OUT_OF_SCOPE = "buiten_bereik"
CONFUSIONS = 12

Row = dict[str, Any]


def read_set(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def run_command(name: str, rows: Sequence[Row]) -> list[Row]:
    lines = "".join(json.dumps({"text": row["text"]}) + "\n" for row in rows)
    done = subprocess.run([*COMMAND, name], input=lines, capture_output=True, text=True, check=True, cwd=ROOT)
    return [json.loads(line) for line in done.stdout.splitlines()]


def share(hits: Iterable[bool]) -> str:
    found = list(hits)
    return f"{sum(found) / len(found):.1%} ({sum(found)}/{len(found)})" if found else "–"


def print_table(title: str, rows: Mapping[str, str]) -> None:
    print(f"\n### {title}\n\n| | |\n|---|---|")
    for name, value in rows.items():
        print(f"| {name} | {value} |")


def report_topics(rows: list[Row], answers: list[Row]) -> None:
    right = [answer["topic"] == row["topic"] for row, answer in zip(rows, answers, strict=True)]
    top3 = [
        row["topic"] in {answer["topic"], *(one["topic"] for one in answer["ranking"])}
        for row, answer in zip(rows, answers, strict=True)
    ]
    styles: dict[str, list[bool]] = defaultdict(list)
    for row, is_right in zip(rows, right, strict=True):
        styles[row["style"]].append(is_right)
    print_table(
        "Topic",
        {
            "right": share(right),
            "among the three best": share(top3),
            "macro-F1": f"{measure_macro_f1(rows, answers):.3f}",
        },
    )
    print_table("Topic by style", {style: share(hits) for style, hits in sorted(styles.items())})
    pairs = Counter(
        f"{row['topic']} → {answer['topic']}"
        for row, answer in zip(rows, answers, strict=True)
        if row["topic"] != answer["topic"]
    )
    print_table("Confusions", {pair: str(count) for pair, count in pairs.most_common(CONFUSIONS)})


def measure_macro_f1(rows: list[Row], answers: list[Row]) -> float:
    """Return the mean F1 over the topics that occur in the set."""
    scores = []
    for topic in {row["topic"] for row in rows}:
        hits = sum(r["topic"] == topic == a["topic"] for r, a in zip(rows, answers, strict=True))
        said = sum(answer["topic"] == topic for answer in answers)
        meant = sum(row["topic"] == topic for row in rows)
        scores.append(2 * hits / (said + meant))
    return sum(scores) / len(scores)


def report_scope(rows: list[Row], answers: list[Row]) -> None:
    print_table("Out of scope", {"recognised": share(answer["topic"] == OUT_OF_SCOPE for answer in answers)})


def report_crisis(rows: list[Row], answers: list[Row]) -> None:
    print_table(
        "Emergencies (P0), both nets together",
        {
            "caught": share(answer["urgent"] in P0 for answer in answers),
            "with the right topic": share(a["topic"] == r["topic"] for r, a in zip(rows, answers, strict=True)),
        },
    )


def report_near(rows: list[Row], answers: list[Row]) -> None:
    print_table(
        "Alarming words that are none",
        {
            "false alarms": share(answer["urgent"] in P0 for answer in answers),
            "topic right": share(a["topic"] == r["topic"] for r, a in zip(rows, answers, strict=True)),
        },
    )


def report_places(rows: list[Row], answers: list[Row]) -> None:
    right = [answer["place"] == row["place"] for row, answer in zip(rows, answers, strict=True)]
    print_table("Place", {"right": share(right)})


def report_masking(rows: list[Row], answers: list[Row]) -> None:
    meant = {(n, s["start"], s["end"], s["type"]) for n, row in enumerate(rows) for s in row["spans"]}
    said = {(n, s["start"], s["end"], s["type"]) for n, row in enumerate(answers) for s in row["spans"]}
    covered = sum(any(n == m and s < e2 and s2 < e for m, s2, e2, _ in said) for n, s, e, _ in meant)
    print_table(
        "Masking",
        {
            "spans exactly right": f"{len(meant & said)}/{len(meant)}",
            "spans touched": f"{covered}/{len(meant)}",
            "masked for nothing": str(len(said - meant)),
            "messages exactly right": share(
                {x[1:] for x in meant if x[0] == n} == {x[1:] for x in said if x[0] == n} for n in range(len(rows))
            ),
        },
    )


REPORTS: dict[str, tuple[str, Callable[[list[Row], list[Row]], None]]] = {
    "dev": ("triage", report_topics),
    "oos": ("triage", report_scope),
    "crisis": ("triage", report_crisis),
    "crisis_near": ("triage", report_near),
    "places": ("triage", report_places),
    "privacy": ("mask", report_masking),
}


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT.parent / "shared" / "eval")
    found = [(name, folder / f"{name}.jsonl") for name in REPORTS if (folder / f"{name}.jsonl").exists()]
    if not found:
        sys.exit(f"no sets in {folder}: expected one of {', '.join(f'{name}.jsonl' for name in REPORTS)}")
    print(f"## Evaluation on {folder}")
    for name, path in found:
        command, report = REPORTS[name]
        rows = read_set(path)
        report(rows, run_command(command, rows))


if __name__ == "__main__":
    main()
