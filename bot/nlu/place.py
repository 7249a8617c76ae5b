"""Finds the place where the citizen lives or is: a municipality, town or village, or four digits of a postcode.

A name counts when the message uses it as a place: after a word like "in" or "te", written with a capital, or when it is
no ordinary word ("Best", "Houten" and "Huizen" are). Of several the one where the citizen lives wins. A name that
exists more than once stays the plain name, unless its municipality stands behind it: then it is "Elst (Rhenen)".
"""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.place_finder import PlaceFinder


# Rasa runs an extractor over what people say only. As a "featurizer" it is run over the examples too: the classifier
# must learn from the same wording as it will read, with the places taken out.
@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER],
    is_trainable=False,
)
class PlaceExtractor(GraphComponent, EntityExtractorMixin):
    """Adds at most one `place` to a message; its content is part of the model's fingerprint (bot/models.py)."""

    def __init__(self, finder: PlaceFinder) -> None:
        self._finder = finder

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "PlaceExtractor":
        return cls(PlaceFinder())

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            found = self._finder.find(message.get(TEXT) or "")
            if found:
                place = {"entity": "place", "value": found.value, "start": found.start, "end": found.end}
                entities = [*message.get(ENTITIES, []), *self.add_extractor_name([place])]
                message.set(ENTITIES, entities, add_to_output=True)
        return messages
