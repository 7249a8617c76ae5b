"""Chooses the intent: words and parts of words, a linear SVM, and probabilities that mean what they say.

TF-IDF over words (1–2) and characters (2–5) with a linear SVM gives most of what is to be had without pretrained
weights (CLINC150 92.4 %, BANKING77 90.7 %; TRAPS.md). The margins become probabilities by a softmax with one
temperature, fitted on margins of folds that the SVM had not seen (Guo et al. 2017, "On Calibration of Modern Neural
Networks": temperature scaling).
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
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import FeatureUnion, Pipeline, make_union
from sklearn.svm import LinearSVC

from bot.nlu.tokenizer import DutchTokenizer
from bot.nlu.wording import normalise_wording

FILE_NAME = "intent.joblib"
Margins = NDArray[np.float64]
# Not one part of a word was ever seen (only emoji, another script): the fallback takes it.
NOTHING_KNOWN: dict[str, Any] = {"name": None, "confidence": 0.0}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(RasaIntentClassifier, GraphComponent):
    """Trained on the examples of all topics and dialogue intents together."""

    @classmethod
    def required_components(cls) -> list[type]:
        return [DutchTokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`regularisation` is the SVM's C; `folds` are for calibration; `ranking_length` intents are reported."""
        return {"regularisation": 1.0, "folds": 5, "ranking_length": 10, "seed": 20261122}

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model: Pipeline | None = None
        self._temperature = 1.0

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
            component._model, component._temperature = joblib.load(folder / FILE_NAME)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        messages = training_data.intent_examples
        texts = [_read_wording(message) for message in messages]
        intents = np.array([message.get(INTENT) for message in messages])
        self._model = Pipeline([("features", _make_features()), ("svm", self._make_svm())])
        folds = StratifiedKFold(self._config["folds"], shuffle=True, random_state=self._config["seed"])
        unseen = cross_val_predict(self._model, texts, intents, cv=folds, method="decision_function")
        self._temperature = fit_temperature(unseen, np.unique(intents, return_inverse=True)[1])
        self._model.fit(texts, intents)
        with self._model_storage.write_to(self._resource) as folder:
            joblib.dump((self._model, self._temperature), folder / FILE_NAME)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        if self._model is None:
            raise RuntimeError("the intent classifier is not trained")
        readable = [message for message in messages if message.get(TEXT)]
        if not readable:
            return messages
        features = self._model[:-1].transform([_read_wording(message) for message in readable])
        shares = softmax(self._model[-1].decision_function(features) / self._temperature, axis=1)
        for message, row, known in zip(readable, shares, features.getnnz(axis=1), strict=True):
            ranking = self._rank(row, self._model.classes_) if known else [NOTHING_KNOWN]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking if known else [], add_to_output=True)
        return messages

    def _rank(self, shares: Margins, intents: NDArray[np.str_]) -> list[dict[str, Any]]:
        best = np.argsort(-shares)[: self._config["ranking_length"]]
        return [{"name": str(intents[i]), "confidence": float(shares[i])} for i in best]

    def _make_svm(self) -> LinearSVC:
        return LinearSVC(C=self._config["regularisation"], random_state=self._config["seed"])


def fit_temperature(margins: Margins, labels: NDArray[np.int64]) -> float:
    """Return the temperature at which the softmax of `margins` (n × classes) makes `labels` (n) most likely."""

    def loss(log_temperature: float) -> float:
        likelihood = log_softmax(margins / np.exp(log_temperature), axis=1)
        return float(-likelihood[np.arange(len(labels)), labels].mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-4.0, 2.0), method="bounded").x))


def _make_features() -> FeatureUnion:
    return make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\w+"),  # noqa: S106
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
    )


def _read_wording(message: Message) -> str:
    return normalise_wording(message.get(TEXT), message.get(ENTITIES, []))
