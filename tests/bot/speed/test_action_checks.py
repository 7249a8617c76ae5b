"""The quick check of an action's answer says what Rasa's own check says."""

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

from bot.speed.action_checks import check_answers_once

STOCK = RemoteAction._validate_action_result
GOOD = [
    {"events": [], "responses": []},
    {"events": [{"event": "slot", "name": "topic", "value": "boete", "timestamp": None}], "responses": [{"text": "a"}]},
    {
        "events": [{"event": "slot", "name": "misses", "value": {"deep": [1, 2]}}],
        "responses": [{"custom": {"say": "a"}}],
    },
]
BAD = [
    {"events": "none", "responses": []},
    {"events": [{"name": "topic"}], "responses": []},
    {"events": [{"event": "slot", "value": 1}], "responses": []},
    {"events": [], "responses": {"text": "a"}},
    {"events": [{"event": "slot", "name": 7, "value": 1}], "responses": []},
    ["not", "an", "object"],
]


@pytest.fixture
def action(monkeypatch):
    monkeypatch.setattr(RemoteAction, "_validate_action_result", STOCK)  # taken back afterwards
    check_answers_once()
    return RemoteAction("action_refer", None)


@pytest.mark.parametrize("answer", GOOD)
def test_a_good_answer_passes_both(action, answer):
    assert STOCK(action, answer)
    assert action._validate_action_result(answer)


@pytest.mark.parametrize("answer", BAD)
def test_a_bad_answer_is_refused_by_both_with_the_same_error(action, answer):
    with pytest.raises(ValidationError) as ours:
        action._validate_action_result(answer)
    with pytest.raises(ValidationError) as stock:
        STOCK(action, answer)
    assert ours.value.message == stock.value.message
