"""Better a false alarm: what all emergencies have together counts, also where something else is likelier."""

import asyncio

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.emergency import EmergencyNet

CONFIG = EmergencyNet.get_default_config()
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


def make_message(shares, **metadata):
    ranking = [{"name": name, "confidence": share} for name, share in shares.items()]
    return Message(
        {TEXT: "help", INTENT: ranking[0] if ranking else None, "intent_ranking": ranking, "metadata": metadata}
    )


@pytest.mark.parametrize(
    ("shares", "metadata", "expected"),
    [
        ({"mentaal": 0.6, "suicide": 0.2, "nood_112": 0.1}, {}, "suicide"),
        ({"mentaal": 0.8, "suicide": 0.1, "nood_112": 0.1}, {}, "mentaal"),
        ({"voedselhulp": 0.6, "nood_112": 0.3}, {"signal": "geen_eten"}, "voedselhulp"),
        ({"voedselhulp": 0.3, "nood_112": 0.6}, {"signal": "geen_eten"}, "nood_112"),
        ({"mentaal": 0.6, "suicide": 0.3}, {"signal": None}, "suicide"),
    ],
)
def test_what_emergencies_have_together_decides(shares, metadata, expected):
    message = make_message(shares, **metadata)
    EmergencyNet(CONFIG).process([message])
    assert message.get(INTENT)["name"] == expected


def test_a_message_without_intents_stays_as_it_is():
    message = make_message({})
    EmergencyNet(CONFIG).process([message])
    assert message.get(INTENT) is None


def test_an_emergency_is_set_whatever_the_fallback_said(agent):
    for text, topic in EMERGENCIES:
        assert asyncio.run(agent.parse_message(text))["intent"]["name"] == topic


@pytest.mark.parametrize("text", HARMLESS)
def test_a_figure_of_speech_is_no_emergency(agent, text):
    emergencies = {"suicide", "nood_112", "huiselijk_geweld", "seksueel_geweld"}
    assert asyncio.run(agent.parse_message(text))["intent"]["name"] not in emergencies
