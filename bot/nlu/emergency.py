"""The second net for emergencies (DESIGN §2.1): what the intents of emergencies have together.

It stands last in the pipeline, behind the fallback: an emergency is never "not sure", and a message that is somewhere
between two emergencies is one. A share that would be far too small for an answer is enough here; the figures behind it
are in docs/decisions/0008-understanding.md. Where the door's net found a lesser signal ("geen eten") it knows why the
message is alarming: then the intents must be surer.
"""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.content import read_topics


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class EmergencyNet(IntentClassifier, GraphComponent):
    """Sets the intent to the likeliest emergency when all together are likely enough; otherwise it changes nothing."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`share`: what the intents of emergencies must have together; `share_beside_signal`: beside a lesser signal.

        That the door found one, it tells in the message's metadata.
        """
        return {"share": 0.3, "share_beside_signal": 0.5}

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config
        self._emergencies = frozenset(topic.id for topic in read_topics() if topic.signal)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "EmergencyNet":
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            ranking = message.get("intent_ranking") or []
            emergencies = [intent for intent in ranking if intent["name"] in self._emergencies]
            share = sum(intent["confidence"] for intent in emergencies)
            if emergencies and share >= self._get_needed_share(message):
                likeliest = max(emergencies, key=lambda intent: intent["confidence"])
                message.set(INTENT, {"name": likeliest["name"], "confidence": share}, add_to_output=True)
        return messages

    def _get_needed_share(self, message: Message) -> float:
        has_signal = (message.get("metadata") or {}).get("signal")
        return float(self._config["share_beside_signal" if has_signal else "share"])
