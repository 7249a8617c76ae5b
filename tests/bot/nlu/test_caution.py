"""Better a false alarm: an emergency wins when it is likely enough, though another intent is likelier."""

import pytest
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.caution import EmergencyCaution

CAUTION = EmergencyCaution.create(EmergencyCaution.get_default_config(), None, Resource("caution"), None)


def choose(**shares):
    ranking = sorted(({"name": n, "confidence": s} for n, s in shares.items()), key=lambda row: -row["confidence"])
    message = Message({INTENT: ranking[0], "intent_ranking": ranking})
    CAUTION.process([message])
    return message.get(INTENT)


@pytest.mark.parametrize(
    ("shares", "intent", "confidence"),
    [
        ({"mentaal": 0.6, "suicide": 0.35}, "suicide", 0.35),
        ({"scheiding": 0.7, "huiselijk_geweld": 0.2, "nood_112": 0.1}, "huiselijk_geweld", 0.3),
        ({"nlu_fallback": 0.35, "energie": 0.3, "nood_112": 0.3}, "nood_112", 0.3),
        ({"nood_112": 0.9, "medisch": 0.1}, "nood_112", 0.9),
    ],
)
def test_an_emergency_that_is_likely_enough_wins(shares, intent, confidence):
    chosen = choose(**shares)
    assert chosen["name"] == intent
    assert chosen["confidence"] == pytest.approx(confidence)


@pytest.mark.parametrize(
    ("shares", "intent"),
    [
        ({"mentaal": 0.7, "suicide": 0.19}, "mentaal"),
        ({"schulden": 0.6, "deurwaarder": 0.4}, "schulden"),
        ({"medisch": 0.9, "suicide": 0.09, "nood_112": 0.09}, "medisch"),
    ],
)
def test_an_emergency_that_is_unlikely_changes_nothing(shares, intent):
    assert choose(**shares)["name"] == intent


def test_a_message_without_a_ranking_is_left_as_it_is():
    message = Message({INTENT: {"name": None, "confidence": 0.0}})
    CAUTION.process([message])
    assert message.get(INTENT)["name"] is None
