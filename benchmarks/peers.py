"""What the peers make of the same messages: stock Rasa and a spaCy text classifier, trained on the same examples.

Both run in Rasa's environment, get the messages masked as the door would, and know all intents; like for ours, what is
no topic counts as out of scope. Training is done once for each content (`benchmarks/.cache/`).
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from api.cli.triage import prepare_line
from benchmarks import stock
from benchmarks.figures import Judgement
from referral.catalogue.service import OUT_OF_SCOPE, load_catalogue
from referral.settings import get_settings
from tests.processes import BOT_PYTHON, ROOT


def judge_peers(rows: Sequence[Mapping[str, Any]], *, epochs: int) -> dict[str, list[Judgement]]:
    """Return the judgements of each peer; stock Rasa is trained with this number of epochs (its default is 100)."""
    texts = [prepare_line(row["text"], get_settings()) for row in rows]
    model = stock.train(epochs) / "model.tar.gz"
    return {
        f"stock Rasa, DIET, {epochs} epochs": judge(rows, ask("benchmarks.parse_stock", [str(model)], texts)),
        "spaCy textcat": judge(rows, ask("benchmarks.parse_spacy", [], texts)),
    }


def ask(module: str, arguments: Sequence[str], texts: Sequence[str]) -> list[list[list[Any]]]:
    """Run a module in Rasa's environment: texts in, one ranking of [intent, confidence] a line out."""
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    done = subprocess.run(
        [str(BOT_PYTHON), "-W", "ignore", "-m", module, *arguments],
        input=lines,
        stdout=subprocess.PIPE,
        stderr=sys.stderr,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[[")]


def judge(rows: Sequence[Mapping[str, Any]], rankings: Sequence[Sequence[Sequence[Any]]]) -> list[Judgement]:
    topics = set(load_catalogue(ROOT / "data").topics) | {OUT_OF_SCOPE}
    judgements = []
    for row, ranking in zip(rows, rankings, strict=True):
        kept = [(name, share) for name, share in ranking if name in topics]
        judgements.append(
            Judgement(
                text=row["text"],
                topic=row["topic"],
                style=row.get("style", "–"),
                said=ranking[0][0] if ranking[0][0] in topics else OUT_OF_SCOPE,
                confidence=float(ranking[0][1]),
                ranking=tuple(name for name, _ in kept[:3]),
                margin=float(kept[0][1] - kept[1][1]),
            )
        )
    return judgements
