"""Finds who sent the letter: an organisation by one of the names that people use for it (`data/senders.yml`)."""

import re
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.content import DATA, read_yaml


class SenderNames:
    """One pattern over all names, the longest first; the value is the organisation's id."""

    def __init__(self, data: Path = DATA) -> None:
        senders: dict[str, list[str]] = read_yaml(data / "senders.yml")["senders"]
        self._ids = {name.lower(): sender for sender, names in senders.items() for name in names}
        names = sorted(self._ids, key=len, reverse=True)
        self._pattern = re.compile(r"\b(" + "|".join(map(re.escape, names)) + r")\b", re.IGNORECASE)

    def find(self, text: str) -> list[dict[str, Any]]:
        """Return the entities of a message: every organisation once, where it is named first."""
        found: dict[str, dict[str, Any]] = {}
        for match in self._pattern.finditer(text):
            sender = self._ids[match.group().lower()]
            entity = {"entity": "sender", "value": sender, "start": match.start(), "end": match.end()}
            found.setdefault(sender, entity)
        return list(found.values())


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class SenderExtractor(GraphComponent, EntityExtractorMixin):
    """Adds a `sender` for each organisation named in a message."""

    def __init__(self, names: SenderNames) -> None:
        self._names = names

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SenderExtractor":
        return cls(SenderNames())

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            found = self.add_extractor_name(self._names.find(message.get(TEXT) or ""))
            if found:
                message.set(ENTITIES, [*message.get(ENTITIES, []), *found], add_to_output=True)
        return messages
