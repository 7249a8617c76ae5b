"""The second net for emergencies (DESIGN §2.1): a classifier of its own, which would rather raise a false alarm.

It stands last in the pipeline, behind the fallback: an emergency is never "not sure". It asks one thing only, whether a
message is one of the emergencies, with the emergencies weighing more than all else. From which margin on it says so is
read off margins of folds that it had not seen: the lowest at which only a small, fixed share of all other examples
would be taken for an emergency. Those others hold 600 figures of speech and near misses (data/near_misses.yml). And the
intent classifier must think of an emergency too: that takes half of the false alarms away ("ik wil liever bellen") for
5 % of the emergencies; how little is left to gain beside it stands in docs/decisions/0008-understanding.md. Where the
door's net found a lesser signal ("geen eten") it knows why the message is alarming: then the intent classifier must be
surer than not.
"""

from typing import Any

import joblib
import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import vstack
from sklearn.svm import LinearSVC

from bot.content import read_topics
from bot.nlu.features import DutchFeaturizer, read_row
from bot.nlu.margins import Margins, measure_unseen, shrink

FILE_NAME = "emergency.joblib"
NONE = ""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class EmergencyClassifier(IntentClassifier, GraphComponent):
    """Sets the intent to an emergency when its margin is high enough; otherwise it changes nothing."""

    @classmethod
    def required_components(cls) -> list[type]:
        return [DutchFeaturizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`false_alarms`: the share of other examples that may reach the margin; `weight`: of an emergency in training.

        `share`: what the intent classifier must give emergencies together; `share_beside_signal`: the same when the
        door found a lesser signal, which it tells in the message's metadata.
        """
        return {
            "false_alarms": 0.01,
            "share": 0.35,
            "share_beside_signal": 0.5,
            "weight": 3.0,
            "regularisation": 0.5,
            "folds": 4,
            "seed": 20261122,
        }

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._svm: LinearSVC | None = None
        self._threshold = float("inf")

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "EmergencyClassifier":
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "EmergencyClassifier":
        """Load what was trained; missing files are an error, never an untrained component (TRAPS.md)."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._svm, component._threshold = joblib.load(folder / FILE_NAME)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        emergencies = {topic.id for topic in read_topics() if topic.signal}
        rows = vstack([read_row(message) for message in training_data.intent_examples]).tocsr()
        intents = [message.get(INTENT) for message in training_data.intent_examples]
        labels = np.array([intent if intent in emergencies else NONE for intent in intents])
        weights = np.where(labels == NONE, 1.0, self._config["weight"])
        svm = LinearSVC(C=self._config["regularisation"], random_state=self._config["seed"])
        unseen = measure_unseen(
            svm, rows, labels, folds=self._config["folds"], seed=self._config["seed"], weights=weights
        )
        self._threshold = choose_threshold(unseen[:, 1:].max(axis=1), labels != NONE, self._config["false_alarms"])
        self._svm = shrink(svm.fit(rows, labels, sample_weight=weights))
        with self._model_storage.write_to(self._resource) as folder:
            joblib.dump((self._svm, self._threshold), folder / FILE_NAME)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        if self._svm is None:
            raise RuntimeError("the emergency classifier is not trained")
        for message in messages:
            row = read_row(message)
            if row is None:
                continue
            margins = self._svm.decision_function(row)[0][1:]
            emergencies = self._svm.classes_[1:]
            ranking = message.get("intent_ranking") or []
            share = sum(intent["confidence"] for intent in ranking if intent["name"] in emergencies)
            if margins.max() >= self._threshold and share >= self._get_needed_share(message):
                name = str(emergencies[margins.argmax()])
                message.set(INTENT, {"name": name, "confidence": share}, add_to_output=True)
        return messages

    def _get_needed_share(self, message: Message) -> float:
        has_signal = (message.get("metadata") or {}).get("signal")
        return float(self._config["share_beside_signal" if has_signal else "share"])


def choose_threshold(margins: Margins, is_emergency: NDArray[np.bool_], false_alarms: float) -> float:
    """Return the margin that no more than this share of the other messages reach."""
    return float(np.quantile(margins[~is_emergency], 1 - false_alarms))
