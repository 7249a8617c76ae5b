"""Turns a message into numbers: words, parts of words, how it sounds, and concepts of the field.

What each part brings was measured by leaving out one writer of the examples after another
(docs/decisions/0008-understanding.md). The classifiers behind it share the row that it leaves on a message.
"""

from collections.abc import Callable
from typing import Any

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

from bot.nlu.concepts import write_concepts
from bot.nlu.rows import RowMaker
from bot.nlu.second import cut_in_two
from bot.nlu.sound import write_as_heard
from bot.nlu.tokenizer import DutchTokenizer
from bot.nlu.wording import normalise_wording

FILE_NAME = "features.joblib"
ROW = "dutch_features"
HALVES = "dutch_features_of_halves"
# A feature that only one message has teaches nothing about others, and four of five are of that kind.
MIN_MESSAGES = 2
# A message has few concepts, so that each would weigh more than any word: at 1.0 they do harm, at 0.4 they help.
CONCEPT_WEIGHT = 0.4


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class DutchFeaturizer(GraphComponent):
    """Leaves on each message one sparse row of float32 (`read_row`); it is empty when nothing in it was ever seen."""

    @classmethod
    def required_components(cls) -> list[type]:
        return [DutchTokenizer]

    def __init__(self, model_storage: ModelStorage, resource: Resource, union: FeatureUnion) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._union = union
        self._rows: RowMaker | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "DutchFeaturizer":
        return cls(model_storage, resource, make_union())

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "DutchFeaturizer":
        """Load what was trained; missing files are an error, never an untrained component (TRAPS.md)."""
        with model_storage.read_from(resource) as folder:
            component = cls(model_storage, resource, joblib.load(folder / FILE_NAME))
        component._rows = RowMaker(component._union)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        self._union.fit([_read_wording(message) for message in training_data.intent_examples])
        self._rows = RowMaker(self._union)
        with self._model_storage.write_to(self._resource) as folder:
            joblib.dump(self._union, folder / FILE_NAME)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        rows = self._union.transform([_read_wording(message) for message in training_data.intent_examples]).tocsr()
        for number, message in enumerate(training_data.intent_examples):
            message.set(ROW, rows[number])
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        if self._rows is None:
            raise RuntimeError("the features are not trained")
        for message in messages:
            if message.get(TEXT):
                wording = _read_wording(message)
                halves = [half for cut in cut_in_two(wording) for half in cut]
                rows = self._rows.make([wording, *halves])
                message.set(ROW, rows[0])
                message.set(HALVES, rows[1:])
        return messages


def read_row(message: Message) -> csr_matrix | None:
    """Return the features of a message (1 × n), or None when it has no text."""
    row: csr_matrix | None = message.get(ROW)
    return row


def read_halves(message: Message) -> csr_matrix | None:
    """Return the features of the halves of a message, two rows a cut, or None when it was not cut."""
    rows: csr_matrix | None = message.get(HALVES)
    return rows if rows is not None and rows.shape[0] else None


def make_union() -> FeatureUnion:
    """Return the features, untrained; they read messages as `normalise_wording` leaves them."""
    parts = {
        "words": _weigh_words(_keep),
        "letters": _weigh_letters(_keep),
        "sounds": _weigh_letters(write_as_heard),
        "concepts": _weigh_words(write_concepts, longest=1),
    }
    return FeatureUnion(list(parts.items()), transformer_weights={"concepts": CONCEPT_WEIGHT})


def _weigh_words(rewrite: Callable[[str], str], longest: int = 2) -> TfidfVectorizer:
    return TfidfVectorizer(
        preprocessor=rewrite,
        token_pattern=r"\w+",  # noqa: S106
        ngram_range=(1, longest),
        min_df=MIN_MESSAGES,
        sublinear_tf=True,
        dtype=np.float32,
    )


def _weigh_letters(rewrite: Callable[[str], str]) -> TfidfVectorizer:
    return TfidfVectorizer(
        preprocessor=rewrite,
        analyzer="char_wb",
        ngram_range=(2, 5),
        min_df=MIN_MESSAGES,
        sublinear_tf=True,
        dtype=np.float32,
    )


def _keep(text: str) -> str:
    return text


def _read_wording(message: Message) -> str:
    return normalise_wording(message.get(TEXT), message.get(ENTITIES, []))
