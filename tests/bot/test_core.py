"""The dialogue paths, by `rasa test core`; and that every topic ends in a referral whatever was asked before."""

import json
import sys
from pathlib import Path

import pytest
import yaml
from rasa.__main__ import main
from rasa.shared.core.events import UserUttered

from bot.channels.door import start_tracker
from bot.content import ROOT, read_dialogue_intents, read_topics

STORIES = Path(__file__).parent / "stories"
WRONG = """
version: "3.1"
stories:
  - story: an emergency is answered with a referral
    steps: [{intent: nood_112}, {action: action_refer}]
"""
TOPICS = read_topics()


def run_test_core(monkeypatch, model, stories, out):
    """Run `python -m rasa test core` in this process, where Rasa is imported already, and return its exit code."""
    monkeypatch.chdir(ROOT)
    arguments = ["test", "core", "-m", str(model), "-s", str(stories), "--out", str(out), "--no-plot"]
    monkeypatch.setattr(sys, "argv", ["rasa", *arguments, "--fail-on-prediction-errors"])
    try:
        main()
    except SystemExit as end:
        return end.code
    return 0


def read_stories():
    return [
        story for path in STORIES.glob("*.yml") for story in yaml.safe_load(path.read_text(encoding="utf-8"))["stories"]
    ]


def list_turns(story):
    """Return (intent, what was asked) of each turn of a story."""
    asked, turns = None, []
    for step in story["steps"]:
        if "intent" in step:
            turns.append((step["intent"], asked))
        for slot in step.get("slot_was_set", []):
            asked = slot.get("asked", asked)
    return turns


def predict(agent, intent, asked):
    """Return the action that Rasa would run first in a turn."""
    tracker = start_tracker("turn", {"awaiting": asked}, agent.processor)
    tracker.update(UserUttered(f"/{intent}", {"name": intent, "confidence": 1.0}))
    scores = agent.predict_next_with_tracker(tracker)["scores"]
    return max(scores, key=lambda row: row["score"])["action"]


def test_the_assistant_takes_every_path_of_the_stories(monkeypatch, trained_model, tmp_path):
    assert run_test_core(monkeypatch, trained_model, STORIES, tmp_path) == 0
    report = json.loads((tmp_path / "story_report.json").read_text(encoding="utf-8"))
    walked = report["conversation_accuracy"]
    assert (walked["correct"], walked["total"]) == (len(read_stories()), len(read_stories()))


def test_a_wrong_story_makes_the_command_fail(monkeypatch, capsys, trained_model, tmp_path):
    (tmp_path / "test_wrong.yml").write_text(WRONG, encoding="utf-8")
    assert run_test_core(monkeypatch, trained_model, tmp_path / "test_wrong.yml", tmp_path / "out") == 1
    assert "WrongPredictionException" in capsys.readouterr().out


@pytest.mark.parametrize("asked", [None, "place"])
def test_the_stories_hold_every_dialogue_intent_with_and_without_the_place_asked(asked):
    told = {intent for story in read_stories() for intent, before in list_turns(story) if before == asked}
    assert {*read_dialogue_intents(), "nlu_fallback", "none_of_these"} <= told


def test_the_stories_hold_every_emergency():
    told = {intent for story in read_stories() for intent, _ in list_turns(story)}
    assert {topic.id for topic in TOPICS if topic.signal} <= told


@pytest.mark.parametrize("asked", [None, "place", "helped"])
@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_a_topic_ends_in_a_referral_and_an_emergency_in_its_numbers(agent, topic, asked):
    expected = f"utter_urgent_{topic.id}" if topic.signal else "action_refer"
    assert predict(agent, topic.id, asked) == expected
