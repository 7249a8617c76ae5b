"""Chooses the intent: a linear SVM over the features of a message, and probabilities that mean what they say.

TF-IDF over words (1–2) and characters (2–5) with a linear SVM gives most of what is to be had without pretrained
weights (CLINC150 92.4 %, BANKING77 90.7 %; TRAPS.md); what else was tried and what it brought is in
docs/decisions/0008-understanding.md. The margins become probabilities by a softmax with one temperature, fitted on
margins of folds that the SVM had not seen.
"""

from typing import Any

import joblib
import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import vstack
from scipy.special import softmax
from sklearn.svm import LinearSVC

from bot.content import read_topics
from bot.nlu.features import DutchFeaturizer, read_halves, read_row
from bot.nlu.margins import Margins, fit_temperature, measure_unseen, shrink
from bot.nlu.second import find_second

FILE_NAME = "intent.joblib"
# Not one part of a word was ever seen (only emoji, another script): the fallback takes it.
NOTHING_KNOWN: dict[str, Any] = {"name": None, "confidence": 0.0}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(RasaIntentClassifier, GraphComponent):
    """Trained on the examples of all topics and dialogue intents together."""

    @classmethod
    def required_components(cls) -> list[type]:
        return [DutchFeaturizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`regularisation` is the SVM's C; `folds` are for calibration; `ranking_length` intents are reported."""
        return {"regularisation": 1.0, "folds": 4, "ranking_length": 10, "seed": 20261122}

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._svm: LinearSVC | None = None
        self._temperature = 1.0
        self._topics = frozenset(topic.id for topic in read_topics() if topic.signal is None)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "IntentClassifier":
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "IntentClassifier":
        """Load what was trained; missing files are an error, never an untrained component (TRAPS.md)."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._svm, component._temperature = joblib.load(folder / FILE_NAME)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        rows = vstack([read_row(message) for message in training_data.intent_examples]).tocsr()
        intents = np.array([message.get(INTENT) for message in training_data.intent_examples])
        svm = LinearSVC(C=self._config["regularisation"], random_state=self._config["seed"])
        unseen = measure_unseen(svm, rows, intents, folds=self._config["folds"], seed=self._config["seed"])
        self._temperature = fit_temperature(unseen, np.unique(intents, return_inverse=True)[1])
        self._svm = shrink(svm.fit(rows, intents))
        with self._model_storage.write_to(self._resource) as folder:
            joblib.dump((self._svm, self._temperature), folder / FILE_NAME)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        if self._svm is None:
            raise RuntimeError("the intent classifier is not trained")
        for message in messages:
            row = read_row(message)
            if row is None:
                continue
            shares = softmax(self._svm.decision_function(row)[0] / self._temperature)
            ranking = self._rank(shares, self._svm.classes_) if row.nnz else []
            message.set("intent", ranking[0] if ranking else NOTHING_KNOWN, add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
            self._add_second(message, [(row["name"], row["confidence"]) for row in ranking])
        return messages

    def _add_second(self, message: Message, ranking: list[tuple[str, float]]) -> None:
        """Add a second topic, if the message is surely about two, as the entity `second_topic`."""
        halves = read_halves(message)
        if self._svm is None or halves is None or not ranking:
            return
        shares = softmax(self._svm.decision_function(halves) / self._temperature, axis=1)
        second = find_second(ranking, shares, self._svm.classes_)
        if second in self._topics and ranking[0][0] in self._topics:
            entity = {"entity": "second_topic", "value": second, "start": 0, "end": len(message.get(TEXT))}
            message.set(ENTITIES, [*message.get(ENTITIES, []), entity], add_to_output=True)

    def _rank(self, shares: Margins, intents: NDArray[np.str_]) -> list[dict[str, Any]]:
        best = np.argsort(-shares)[: self._config["ranking_length"]]
        return [{"name": str(intents[i]), "confidence": float(shares[i])} for i in best]
