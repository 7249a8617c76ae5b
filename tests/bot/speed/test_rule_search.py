"""The rules that fit are the same, searched among all or among those of the intent."""

import random

import pytest
from rasa.core.policies.rule_policy import RULES, RulePolicy

from bot.speed.rule_search import index_rules, sort_by_intent

STOCK = RulePolicy._get_possible_keys


@pytest.fixture(scope="module")
def policy(agent):
    nodes = agent.processor.graph_runner._instantiated_nodes.values()
    return next(node._component for node in nodes if isinstance(node._component, RulePolicy))


@pytest.fixture
def indexed(monkeypatch):
    monkeypatch.setattr(RulePolicy, "_get_possible_keys", STOCK)  # taken back afterwards
    index_rules()


def make_states(policy):
    """Yield conversations: those of every rule, and mixtures of two with intents, actions and slots from anywhere."""
    rules = [RulePolicy._rule_key_to_state(key) for key in policy.lookup[RULES]]
    yield from rules
    yield []
    yield [{}]
    draw = random.Random(20261122)  # noqa: S311
    parts = [part for states in rules for state in states for part in state.items()]
    for _ in range(500):
        yield [*draw.choice(rules)[:-1], dict(draw.sample(parts, k=draw.randint(1, 3)))]
        yield draw.choice(rules) + draw.choice(rules)


def test_the_same_rules_fit(policy, indexed):
    lookup = policy.lookup[RULES]
    conversations = list(make_states(policy))
    found = [policy._get_possible_keys(lookup, states) for states in conversations]
    assert found == [STOCK(policy, lookup, states) for states in conversations]
    assert sum(map(bool, found)) > len(lookup)


def test_most_rules_are_never_compared(policy):
    index = sort_by_intent(policy.lookup[RULES])
    assert sum(map(len, index.values())) == len(policy.lookup[RULES])
    assert max(map(len, index.values())) < len(policy.lookup[RULES]) / 2
