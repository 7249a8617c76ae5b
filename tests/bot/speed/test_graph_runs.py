"""The graph of the model gives the same, whoever orders its nodes."""

import asyncio

import pytest
from rasa.engine.exceptions import GraphComponentException
from rasa.engine.runner.dask import DaskGraphRunner

from bot.speed.graph_runs import order_nodes, run_graphs_in_order

STOCK = DaskGraphRunner.run
MESSAGES = ["ik heb een brief van de deurwaarder", "I cannot pay my rent", "😀", "Zwolle", "/not_an_intent"]


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(DaskGraphRunner, "run", STOCK)  # taken back afterwards
    return run_graphs_in_order


@pytest.mark.parametrize("text", MESSAGES)
def test_a_message_is_understood_alike(agent, quick, text):
    by_dask = asyncio.run(agent.parse_message(text))
    quick()
    assert asyncio.run(agent.parse_message(text)) == by_dask


def test_an_error_in_a_component_is_the_same_error(agent, quick):
    for _ in range(2):
        with pytest.raises(GraphComponentException, match="FallbackClassifier"):
            asyncio.run(agent.parse_message(""))
        quick()


def test_every_node_stands_behind_those_that_it_needs(agent):
    schema = agent.processor.graph_runner._graph_schema
    order = order_nodes(schema, tuple(schema.target_names))
    assert len(order) == len(set(order))
    for place, name in enumerate(order):
        needed = {need for need in schema.nodes[name].needs.values() if need in schema.nodes}
        assert needed <= set(order[:place])
