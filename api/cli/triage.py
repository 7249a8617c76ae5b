"""`omdehoek triage`: what the assistant makes of messages, without a server and without a conversation.

Masks first, exactly as the door does, lets `bot.parse` understand in Rasa's own environment, and takes the union of
the two urgency nets.
"""

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.lines import read_texts, write_line
from api.cli.processes import BOT_PYTHON
from referral.catalogue.service import OUT_OF_SCOPE, Catalogue, load_catalogue
from referral.errors import InvalidInput, TextTooLong, Unavailable
from referral.language.detect import detect_language
from referral.privacy.prepare import prepare
from referral.settings import ROOT, Settings, get_settings
from referral.urgency.detector import Detector, load_detector
from referral.urgency.signals import Signal, load_signals

HIGHEST = "P0"
SURE_OF_TOPIC = "P1"
RANKED = 3
NOT_SURE = "nlu_fallback"
DEFAULT_LANGUAGE = "nl"


def triage(file: Annotated[Path | None, typer.Argument(help="JSON Lines; stdin when left out")] = None) -> None:
    """Read {"text": …} lines, write topic, confidence, ranking, urgent, place and language of each."""
    settings = get_settings()
    texts = list(read_texts(file))
    catalogue = load_catalogue(settings.data_dir)
    signals = load_signals(settings.data_dir / "urgent.yml")
    detector = load_detector(settings.data_dir)
    for text, parsed in zip(texts, parse([prepare_line(text, settings) for text in texts]), strict=True):
        write_line(judge(text, parsed, catalogue=catalogue, detector=detector, signals=signals))


def prepare_line(text: str, settings: Settings) -> str:
    """Mask as the door does; of a message that the door would refuse, its beginning is still understood."""
    limit = settings.message_max_chars
    try:
        return prepare(text, limit=limit).masked
    except TextTooLong:
        return prepare(text[:limit], limit=limit).masked
    except InvalidInput:
        return ""


def parse(texts: Sequence[str]) -> list[dict[str, Any]]:
    """Let `bot.parse` understand the texts; it trains first if there is no model."""
    if not BOT_PYTHON.exists():
        raise Unavailable("Rasa's environment bot/.venv is missing: run `make run` or `make test` once")
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    command = [str(BOT_PYTHON), "-m", "bot.parse"]
    done = subprocess.run(command, cwd=ROOT, input=lines, capture_output=True, text=True, check=False)  # noqa: S603
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode != 0 or len(answers) != len(texts):
        raise Unavailable("bot.parse stopped half-way; run `make train` to see why")
    return answers


def judge(
    text: str, parsed: dict[str, Any], *, catalogue: Catalogue, detector: Detector, signals: Mapping[str, Signal]
) -> dict[str, Any]:
    """Return one row of the answer: topics only, the urgent signal of either net, place and language."""
    topics = set(catalogue.topics) | {OUT_OF_SCOPE}
    ranking = [row for row in parsed["ranking"] if row["name"] in topics]
    topic = choose_topic(parsed, topics)
    detection = detector.detect(text)
    signal = detection.signal if detection else find_second_net(topic, signals)
    if signal and (signal.level == HIGHEST or (signal.level == SURE_OF_TOPIC and topic != OUT_OF_SCOPE)):
        topic = signal.topic
    places = [entity["value"] for entity in parsed["entities"] if entity["entity"] == "place"]
    return {
        "text": text,
        "topic": topic,
        "confidence": next((row["confidence"] for row in ranking if row["name"] == topic), 0.0),
        "ranking": [{"topic": row["name"], "confidence": row["confidence"]} for row in ranking[:RANKED]],
        "urgent": signal.id if signal else None,
        "place": places[0] if places else None,
        "language": detect_language(text) or DEFAULT_LANGUAGE,
    }


def choose_topic(parsed: dict[str, Any], topics: set[str]) -> str:
    """Return the topic that Rasa chose, or, when it was not sure, the likeliest intent if that is a topic."""
    likeliest = parsed["ranking"][0]["name"] if parsed["ranking"] else OUT_OF_SCOPE
    chosen = likeliest if parsed["intent"]["name"] in (None, NOT_SURE) else parsed["intent"]["name"]
    return chosen if chosen in topics else OUT_OF_SCOPE


def find_second_net(topic: str, signals: Mapping[str, Signal]) -> Signal | None:
    """Return the signal that Rasa's own intent of an emergency stands for: the first in `urgent.yml` of that topic."""
    return next((one for one in signals.values() if one.topic == topic and one.level == HIGHEST), None)
