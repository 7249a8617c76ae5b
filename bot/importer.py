"""Turns the topic folders into what Rasa trains on, so that a topic is one folder and nothing else.

Derived: an intent with examples for each topic and dialogue intent; the slot `topic`; `utter_<key>` for each text that
a rule says; a rule for each topic. Emergencies get a rule that only says "urgent: id": no action, no question.
"""

from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import dump_obj_as_yaml_to_string

from bot.content import Topic, read_dialogue_intents, read_said_keys, read_topics


class TopicImporter(RasaFileImporter):
    """Reads `domain.yml` and `data/dialogue/` as Rasa does, and adds what the topic folders say."""

    def get_domain(self) -> Domain:
        topics = read_topics()
        return super().get_domain().merge(Domain.from_dict(derive_domain(topics)))

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        written = super().get_stories(exclusion_percentage)
        rules = dump_obj_as_yaml_to_string({"version": "3.1", "rules": derive_rules(read_topics())})
        derived = YAMLStoryReader(self.get_domain()).read_from_string(rules)
        return written.merge(StoryGraph(derived))

    def get_nlu_data(self, language: str | None = "nl") -> TrainingData:
        examples = {topic.id: topic.examples for topic in read_topics()} | read_dialogue_intents()
        return TrainingData(
            [Message({TEXT: text, INTENT: intent}) for intent, texts in examples.items() for text in texts]
        )


def derive_domain(topics: list[Topic]) -> dict[str, Any]:
    """Return the part of the domain that follows from the topics and the text keys."""
    ordinary = [topic.id for topic in topics if topic.signal is None]
    responses = {f"utter_{key}": [{"custom": {"say": key}}] for key in read_said_keys()}
    responses |= {
        f"utter_urgent_{topic.id}": [{"custom": {"urgent": topic.signal}}] for topic in topics if topic.signal
    }
    return {
        "intents": [topic.id for topic in topics] + list(read_dialogue_intents()),
        "slots": {
            "topic": {
                "type": "text",
                "influence_conversation": False,
                "mappings": [{"type": "from_intent", "intent": topic, "value": topic} for topic in ordinary],
            }
        },
        "responses": responses,
    }


def derive_rules(topics: list[Topic]) -> list[dict[str, Any]]:
    """Return one rule a topic."""
    return [
        {
            "rule": f"topic {topic.id}",
            "steps": [
                {"intent": topic.id},
                {"action": f"utter_urgent_{topic.id}" if topic.signal else "action_refer"},
            ],
        }
        for topic in topics
    ]
