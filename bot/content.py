"""Reads what Rasa needs from `data/`: topic ids and examples, dialogue intents, text keys, urgent signals."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
EMERGENCY_DOMAIN = "nood"
OUT_OF_SCOPE = "buiten_bereik"


class Topic(NamedTuple):
    """A topic folder, as far as Rasa is concerned; `signal` only for emergencies."""

    id: str
    signal: str | None
    examples: tuple[str, ...]


def read_yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def read_topics(data: Path = DATA) -> list[Topic]:
    """Read every folder under `data/topics/`, in order of its name."""
    signals: dict[str, str] = {}
    for signal in read_yaml(data / "urgent.yml")["urgent"]:
        signals.setdefault(signal["topic"], signal["id"])
    near_misses = read_near_misses(data)
    topics = []
    for folder in sorted(path.parent for path in data.glob("topics/*/topic.yml")):
        declared = read_yaml(folder / "topic.yml")
        is_emergency = declared["domain"] == EMERGENCY_DOMAIN
        topics.append(
            Topic(
                id=declared["id"],
                signal=signals[declared["id"]] if is_emergency else None,
                examples=(*_flatten(read_yaml(folder / "examples.yml")), *near_misses.get(declared["id"], ())),
            )
        )
    return topics


def read_dialogue_intents(data: Path = DATA) -> dict[str, tuple[str, ...]]:
    """Read the examples of every intent that is no topic, by intent."""
    near_misses = read_near_misses(data)
    files = sorted((data / "dialogue" / "intents").glob("*.yml"))
    return {path.stem: (*_flatten(read_yaml(path)), *near_misses.get(path.stem, ())) for path in files}


def read_near_misses(data: Path = DATA) -> dict[str, list[str]]:
    """Read the messages with alarming words that are no emergency, by the intent that they belong to."""
    found: dict[str, list[str]] = read_yaml(data / "near_misses.yml")
    return found


def read_said_keys(data: Path = DATA) -> list[str]:
    """Return the text keys that rules say themselves (`utter_<key>`); the other texts do not concern Rasa."""
    texts = read_yaml(data / "texts" / "nl.yml")
    said = {
        str(step.get("action", "")).removeprefix("utter_")
        for path in sorted((data / "dialogue").glob("*.yml"))
        for rule in read_yaml(path).get("rules", [])
        for step in rule["steps"]
    }
    return sorted(said & set(texts))


def _flatten(groups: dict[str, list[str]]) -> Iterator[str]:
    """Yield the examples of a file: lists of messages by style or language."""
    for messages in groups.values():
        yield from messages
