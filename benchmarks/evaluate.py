"""`make evaluate`: how well messages are understood, on a folder of JSON Lines sets; prints and writes a report.

    make evaluate                      the development set; the report is written to docs/evaluation/, without messages:
                                       the set is not ours to publish
    make evaluate SET=folder           your own messages, in the same format; written to var/evaluation/, with messages
    make evaluate PEERS=20             besides, stock Rasa (so many epochs of DIET) and spaCy, on the same examples

Reads dev.jsonl (text, topic, style), oos.jsonl, crisis.jsonl, crisis_near.jsonl, places.jsonl and privacy.jsonl,
whichever are there, and runs each through `omdehoek triage` or `omdehoek mask`, as a user would.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import sections
from benchmarks.figures import Judgement
from benchmarks.peers import judge_peers
from referral.catalogue.service import load_catalogue
from referral.content import read_yaml
from referral.urgency.signals import load_signals

ROOT = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-m", "api.cli.main")
DEVELOPMENT_SET = ROOT.parent / "shared" / "eval"
TRIAGED = ("dev", "oos", "crisis", "crisis_near", "places")
MASKED = "privacy"
HIGHEST = "P0"

Row = dict[str, Any]


def read_set(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def run_command(name: str, rows: Sequence[Row]) -> list[Row]:
    lines = "".join(json.dumps({"text": row["text"]}) + "\n" for row in rows)
    done = subprocess.run([*COMMAND, name], input=lines, capture_output=True, text=True, check=True, cwd=ROOT)
    return [json.loads(line) for line in done.stdout.splitlines()]


def triage_all(sets: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
    """Answer all sets in one run of the command, which takes its time to start."""
    answers = iter(run_command("triage", [row for rows in sets.values() for row in rows]))
    return {name: [next(answers) for _ in rows] for name, rows in sets.items()}


def judge(row: Row, answer: Row) -> Judgement:
    """Return the judgement of a message; a ranking of one has nothing near it."""
    confidences = [one["confidence"] for one in answer["ranking"]]
    return Judgement(
        text=row["text"],
        topic=row["topic"],
        style=row.get("style", "–"),
        said=answer["topic"],
        confidence=answer["confidence"],
        ranking=tuple(one["topic"] for one in answer["ranking"]),
        margin=confidences[0] - confidences[1] if len(confidences) > 1 else 1.0,
    )


def read_thresholds() -> tuple[float, float]:
    """Return from which confidence and margin on the assistant answers without asking (config.yml)."""
    pipeline = read_yaml(ROOT / "config.yml")["pipeline"]
    fallback = next(part for part in pipeline if part["name"] == "FallbackClassifier")
    return fallback["threshold"], fallback["ambiguity_threshold"]


def write_report(
    folder: Path, sets: Mapping[str, Sequence[Row]], *, out: Path, epochs: int, with_messages: bool
) -> str:
    """Return the report in Markdown; its charts are written beside it."""
    catalogue, signals = load_catalogue(ROOT / "data"), load_signals(ROOT / "data" / "urgent.yml")
    answers = triage_all({name: rows for name, rows in sets.items() if name != MASKED})
    judged = [judge(*pair) for pair in zip(sets.get("dev", []), answers.get("dev", []), strict=True)] or None
    domains = {topic.id: topic.domain for topic in catalogue.topics.values()}
    threshold, margin = read_thresholds()
    text = [f"# Evaluation on {folder.name}/, {datetime.now(UTC):%Y-%m-%d}\n", "Made by `make evaluate`.\n"]
    if judged:
        text.append(sections.write_topics(judged, domains, out, with_messages=with_messages))
        text.append(sections.write_confidence(judged, threshold, margin, out))
    if judged or "oos" in sets:
        text.append(sections.write_scope(answers.get("oos"), judged))
    if "crisis" in sets or "crisis_near" in sets:

        def is_p0(answer: Mapping[str, Any]) -> bool:
            return answer["urgent"] is not None and signals[answer["urgent"]].level == HIGHEST

        text.append(sections.write_urgency(answers.get("crisis"), answers.get("crisis_near"), is_p0))
    if "places" in sets:
        text.append(sections.write_places(sets["places"], answers["places"]))
    if MASKED in sets:
        text.append(sections.write_masking(sets[MASKED], run_command("mask", sets[MASKED])))
    if judged and epochs:
        peers = judge_peers(sets["dev"], epochs=epochs)
        text.append(sections.write_peers({"Om de Hoek": judged, **peers}))
    return "\n".join(text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=DEVELOPMENT_SET)
    parser.add_argument("--peers", type=int, default=0, metavar="EPOCHS", help="stock Rasa and spaCy as well")
    options = parser.parse_args()
    folder: Path = options.folder
    paths = {name: folder / f"{name}.jsonl" for name in (*TRIAGED, MASKED)}
    sets = {name: read_set(path) for name, path in paths.items() if path.exists()}
    if not sets:
        sys.exit(f"no sets in {folder}: expected one of {', '.join(path.name for path in paths.values())}")
    is_own = folder.resolve() != DEVELOPMENT_SET.resolve()
    out = ROOT / ("var" if is_own else "docs") / "evaluation"
    out.mkdir(parents=True, exist_ok=True)
    report = write_report(folder.resolve(), sets, out=out, epochs=options.peers, with_messages=is_own)
    (out / "README.md").write_text(report, encoding="utf-8")
    print(report)
    print(f"written to {out}/README.md", file=sys.stderr)


if __name__ == "__main__":
    main()
