"""Which model runs: that of the present content, or an older one that somebody turned back to (docs/decisions/0024).

Beside each model stands its record, `<fingerprint>.json`: what it was trained for and how it was judged (bot/proof.py).
"""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.content import ROOT, read_said_keys, read_topics

MODELS = Path(os.environ.get("OMDEHOEK_MODELS_DIR") or ROOT / "bot" / "models")
CHOSEN = "chosen"
# A model is not let in that understands fewer of the proof than this, or so much less than the one before.
LEAST_SHARE = 0.9
WORSE_SHARE = 0.02


class NotUsable(ValueError):
    """A model that cannot run with the program and the content as they are."""


@dataclass(frozen=True, slots=True)
class Record:
    """`program`: digest of our components (bot/models.py). `at`: ISO 8601. Counts are of messages of the proof.

    `topics` and `said` are the ids and text keys that the model can come up with.
    """

    fingerprint: str
    program: str
    at: str
    topics: tuple[str, ...]
    said: tuple[str, ...]
    messages: int
    right: int
    emergencies: int
    emergencies_seen: int
    false_alarms: int
    wrong_topics: tuple[str, ...]

    @property
    def share(self) -> float:
        return self.right / self.messages


def write_record(record: Record) -> None:
    path = MODELS / f"{record.fingerprint}.json"
    path.write_text(json.dumps(asdict(record), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_record(fingerprint: str) -> Record | None:
    """Return the record of a model that is there; `None` for one of before there were records."""
    path = MODELS / f"{fingerprint}.json"
    if not path.exists() or not (MODELS / f"{fingerprint}.tar.gz").exists():
        return None
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    told |= {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
    return Record(**told)


def list_records() -> list[Record]:
    """Return the records of the models that are there, the newest first."""
    found = (read_record(path.name.removesuffix(".tar.gz")) for path in MODELS.glob("*.tar.gz"))
    return sorted((one for one in found if one), key=lambda one: one.at, reverse=True)


def find_obstacles(record: Record, program: str) -> list[str]:
    """Return why a model cannot run now: its components are others, or it knows what the content does not."""
    obstacles = [] if record.program == program else ["it was trained by another program: take the checkout of then"]
    for what, known, present in (
        ("topics", record.topics, (topic.id for topic in read_topics())),
        ("texts", record.said, read_said_keys()),
    ):
        if gone := _subtract(known, present):
            obstacles.append(f"its {what} are gone: {', '.join(gone)}")
    return obstacles


def list_faults(new: Record, before: Record | None) -> list[str]:
    """Return why a new model does not take over; nothing when it does."""
    faults = []
    if new.share < LEAST_SHARE:
        faults.append(f"it understands {new.share:.1%} of the proof, and {LEAST_SHARE:.0%} is the least")
    if before and new.share < before.share - WORSE_SHARE:
        faults.append(f"it understands {new.share:.1%} of the proof, the one before {before.share:.1%}")
    if before and new.emergencies_seen / new.emergencies < before.emergencies_seen / before.emergencies:
        faults.append("it sees fewer emergencies than the one before")
    return faults


def choose(fingerprint: str, program: str) -> None:
    """Let a model run from the next start on, whatever the content is; raise `NotUsable`."""
    record = read_record(fingerprint)
    if record is None:
        raise NotUsable(f"there is no model {fingerprint} with a record")
    if obstacles := find_obstacles(record, program):
        raise NotUsable("; ".join(obstacles))
    (MODELS / CHOSEN).write_text(f"{fingerprint}\n", encoding="utf-8")


def unchoose() -> None:
    """Let the model of the present content run again."""
    (MODELS / CHOSEN).unlink(missing_ok=True)


def find_chosen(program: str) -> Record | None:
    """Return the model that somebody chose, if it can still run."""
    path = MODELS / CHOSEN
    record = read_record(path.read_text(encoding="utf-8").strip()) if path.exists() else None
    return record if record and not find_obstacles(record, program) else None


def find_before(fingerprint: str, program: str) -> Record | None:
    """Return the newest model but this one that can run now."""
    others: Sequence[Record] = [one for one in list_records() if one.fingerprint != fingerprint]
    return next((one for one in others if not find_obstacles(one, program)), None)


def _subtract(some: Iterable[str], others: Iterable[str]) -> list[str]:
    return sorted(set(some) - set(others))
