"""Tables of messages, in many voices: what must raise which signal, and what must raise none."""

from pathlib import Path

import pytest
import yaml

from referral.urgency.detector import Detector
from referral.urgency.signals import load_signals

from .conftest import DATA

TABLES = Path(__file__).parent / "tables"
P0_TABLES = ("p0_first", "p0_more", "p0_voices", "p0_situations")
ALL_TABLES = (*P0_TABLES, "p1_p2")
SIGNALS = load_signals(DATA / "urgent.yml")
EMERGENCIES = sorted(signal.id for signal in SIGNALS.values() if signal.level == "P0")


def read_table(name: str) -> dict[str, list[str]]:
    content: dict[str, list[str]] = yaml.safe_load((TABLES / f"{name}.yml").read_text("utf-8"))
    return content


def read_positives(signal: str) -> list[str]:
    return [text for name in ALL_TABLES for text in read_table(name).get(signal, [])]


@pytest.mark.parametrize("signal", sorted(SIGNALS))
def test_a_citizen_with_an_urgent_signal_gets_its_text(detector: Detector, signal: str):
    missed = []
    for text in read_positives(signal):
        found = detector.detect(text)
        if found is None or found.signal.id != signal:
            missed.append((text, found and (found.signal.id, found.reason)))
    assert missed == []


@pytest.mark.parametrize("group", sorted(read_table("none")))
def test_an_alarming_word_in_an_ordinary_message_raises_nothing(detector: Detector, group: str):
    raised = {text: found.reason for text in read_table("none")[group] if (found := detector.detect(text))}
    assert raised == {}


def test_an_alarming_word_in_a_near_miss_hardly_ever_raises_an_emergency(detector: Detector):
    near_misses: dict[str, list[str]] = yaml.safe_load((DATA / "near_misses.yml").read_text("utf-8"))
    texts = [text for texts in near_misses.values() for text in texts]
    raised = [text for text in texts if (found := detector.detect(text)) and found.signal.level == "P0"]
    # Half of them were written as the harmless half of a pair with an emergency; the goal is 2 % of all.
    assert len(raised) <= 0.025 * len(texts), raised


def test_the_tables_are_large_enough_to_mean_something():
    for signal in SIGNALS.values():
        assert len(set(read_positives(signal.id))) >= (25 if signal.level == "P0" else 12), signal.id
    assert sum(map(len, read_table("none").values())) >= 200


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_the_sets_that_were_once_held_out_are_kept(detector: Detector, number: int):
    """What they said at first sight, before anything was mended: recall of P0, false P0.

    1 (indirect, hard): 23/60, 2/60.   2 (mixed): 36/60, 3/60.   3 (plain): 49/60, 3/60.   4 (plain): 47/55, 1/40.
    """
    table = yaml.safe_load((TABLES / f"heldout_{number}.yml").read_text("utf-8"))
    for signal, texts in table["p0"].items():
        for text in texts:
            found = detector.detect(text)
            assert found is not None, text
            assert found.signal.id == signal, text
    for text in table["near"]:
        found = detector.detect(text)
        assert found is None or found.signal.level != "P0", text


def test_the_examples_of_ordinary_topics_hardly_ever_raise_an_emergency(detector: Detector):
    topics = {signal.topic for signal in SIGNALS.values() if signal.level == "P0"}
    texts = []
    for path in sorted((DATA / "topics").glob("*/examples.yml")):
        if path.parent.name not in topics:
            for group in yaml.safe_load(path.read_text("utf-8")).values():
                texts += [text for text in group if isinstance(text, str)]
    if not texts:
        pytest.skip("no examples yet")
    texts = texts[::4]
    alarms = [text for text in texts if (found := detector.detect(text)) and found.signal.level == "P0"]
    assert len(alarms) <= 0.004 * len(texts), alarms
