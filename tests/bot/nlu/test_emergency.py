"""Better a false alarm: an emergency wins from a margin on that few other messages reach."""

import asyncio

import numpy as np
import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.emergency import EmergencyClassifier, choose_threshold

CONFIG = EmergencyClassifier.get_default_config()
# Neither net has these words in this order among its examples; a crisis worker would not hesitate.
EMERGENCIES = [
    ("mijn man heeft mij weer geslagen en ik durf niet naar huis", "huiselijk_geweld"),
    ("I want to end my life tonight", "suicide"),
    ("mijn vader ligt op de grond en ademt niet meer", "nood_112"),
]
HARMLESS = [
    "ik wil liever bellen",
    "ik snap het allemaal niet meer",
    "ik heb schulden en kom er niet meer uit",
    "ik lach me dood om die brief van de belastingdienst",
    "deze eindbaas maakt mij steeds dood in het spel",
    "die rekening is moordend hoog",
    "ik wil graag nederlands leren",
]


@pytest.mark.parametrize("share", [0.0, 0.01, 0.1, 0.5])
def test_no_more_of_the_other_messages_than_allowed_reach_the_threshold(share):
    random = np.random.default_rng(20261122)
    margins, is_emergency = random.normal(size=5000), random.random(5000) < 0.1
    threshold = choose_threshold(margins, is_emergency, share)
    assert (margins[~is_emergency] > threshold).mean() <= share + 0.001


def test_an_emergency_is_set_whatever_the_fallback_said(agent):
    for text, topic in EMERGENCIES:
        assert asyncio.run(agent.parse_message(text))["intent"]["name"] == topic


@pytest.mark.parametrize("text", HARMLESS)
def test_a_figure_of_speech_is_no_emergency(agent, text):
    emergencies = {"suicide", "nood_112", "huiselijk_geweld", "seksueel_geweld"}
    assert asyncio.run(agent.parse_message(text))["intent"]["name"] not in emergencies


def test_an_untrained_net_raises_and_never_stays_silent(tmp_path):
    storage = LocalModelStorage.create(tmp_path)
    with pytest.raises(RuntimeError, match="not trained"):
        EmergencyClassifier.create(CONFIG, storage, Resource("net"), None).process([Message({TEXT: "help"})])


def test_a_model_without_the_net_raises_on_loading(tmp_path):
    with pytest.raises(ValueError, match="lost"):
        EmergencyClassifier.load(CONFIG, LocalModelStorage.create(tmp_path), Resource("lost"), None)
