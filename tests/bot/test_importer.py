"""A topic is one folder: the importer makes its intent, its examples and its rule, and nothing else."""

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.nlu.constants import INTENT, TEXT

from bot.content import ROOT, Topic, read_dialogue_intents, read_said_keys, read_topics
from bot.importer import TopicImporter, derive_domain, derive_rules

TOPICS = read_topics()
EMERGENCIES = [topic for topic in TOPICS if topic.signal]
ORDINARY = [topic for topic in TOPICS if not topic.signal]
# Intents that no rule answers would leave the citizen with "not sure", whatever they said.
RASAS_OWN = {"back", "restart", "session_start", "out_of_scope"}


@pytest.fixture(scope="module")
def importer():
    return TopicImporter(
        config_file=str(ROOT / "config.yml"),
        domain_path=str(ROOT / "domain.yml"),
        training_data_paths=[str(ROOT / "data" / "dialogue")],
    )


@pytest.fixture(scope="module")
def domain(importer):
    return importer.get_domain()


@pytest.fixture(scope="module")
def paths(importer):
    """The actions after each intent, a list for each rule that begins with it."""
    paths = {}
    for step in importer.get_stories().story_steps:
        (intent,) = (event.intent_name for event in step.events if isinstance(event, UserUttered))
        actions = [event.action_name for event in step.events if isinstance(event, ActionExecuted)]
        paths.setdefault(intent, []).append([name for name in actions if name and name not in {"action_listen", "..."}])
    return paths


@pytest.fixture(scope="module")
def examples(importer):
    examples = {}
    for message in importer.get_nlu_data().intent_examples:
        examples.setdefault(message.get(INTENT), []).append(message.get(TEXT))
    return examples


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_every_topic_is_an_intent_with_its_examples(domain, examples, topic):
    assert topic.id in domain.intents
    assert topic.examples
    assert examples[topic.id] == list(topic.examples)


@pytest.mark.parametrize("topic", ORDINARY, ids=lambda topic: topic.id)
def test_every_topic_has_one_path_and_it_ends_in_a_referral(paths, topic):
    assert paths[topic.id] == [["action_refer"]]


@pytest.mark.parametrize("topic", EMERGENCIES, ids=lambda topic: topic.id)
def test_an_emergency_has_only_its_urgent_response(domain, paths, topic):
    assert paths[topic.id] == [[f"utter_urgent_{topic.id}"]]
    assert domain.responses[f"utter_urgent_{topic.id}"] == [{"custom": {"urgent": topic.signal}}]


def test_there_are_emergencies_and_ordinary_topics():
    """The tables above come from the content: an empty one would pass."""
    assert len(EMERGENCIES) >= 4
    assert len(ORDINARY) >= 50


def test_an_emergency_never_becomes_the_topic_of_a_referral(domain):
    (topic_slot,) = (slot for slot in domain.slots if slot.name == "topic")
    assert {mapping["intent"] for mapping in topic_slot.mappings} == {topic.id for topic in ORDINARY}


@pytest.mark.parametrize("intent", sorted(read_dialogue_intents()))
def test_every_dialogue_intent_has_examples_and_a_path(examples, paths, intent):
    assert examples[intent]
    assert paths[intent]


def test_every_intent_has_a_path_and_every_path_an_intent(domain, paths):
    assert set(paths) == set(domain.intents) - RASAS_OWN


def test_every_action_of_a_path_exists_and_every_action_is_on_a_path(domain, paths):
    taken = {action for rules in paths.values() for actions in rules for action in actions}
    assert taken <= set(domain.action_names_or_texts)
    own = {action for action in domain.user_actions if not action.startswith("utter_")}
    assert own | set(domain.responses) == taken


def test_a_text_that_a_rule_says_is_said_by_its_key(domain):
    for key in read_said_keys():
        assert domain.responses[f"utter_{key}"] == [{"custom": {"say": key}}]


def test_no_form_and_no_slot_check_stands_between_a_citizen_and_an_emergency_number(domain):
    """An active form beats every rule (TRAPS.md), and the slot check costs a call a message."""
    assert not domain.forms
    assert "action_validate_slot_mappings" not in domain.user_actions


def test_no_example_stands_under_two_intents(examples):
    seen = {}
    for intent, texts in examples.items():
        for text in texts:
            seen.setdefault(text.casefold().strip(" .!?"), set()).add(intent)
    assert {text: intents for text, intents in seen.items() if len(intents) > 1} == {}


def test_a_new_topic_needs_nothing_but_its_folder():
    topics = [Topic("hondenbelasting", None, ("wat kost mijn hond",)), Topic("brand", "vuur", ("er is brand",))]
    derived = Domain.from_dict(derive_domain(topics))
    assert {"hondenbelasting", "brand"} <= set(derived.intents)
    assert derived.responses["utter_urgent_brand"] == [{"custom": {"urgent": "vuur"}}]
    assert derive_rules(topics) == [
        {"rule": "topic hondenbelasting", "steps": [{"intent": "hondenbelasting"}, {"action": "action_refer"}]},
        {"rule": "topic brand", "steps": [{"intent": "brand"}, {"action": "utter_urgent_brand"}]},
    ]
