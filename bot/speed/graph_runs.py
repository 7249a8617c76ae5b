"""Runs of the model's graph: one node after another.

`DaskGraphRunner.run` builds a graph for dask and has it scheduled on every call. The order of the nodes never changes.
"""

from typing import Any
from weakref import WeakKeyDictionary

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner

_orders: WeakKeyDictionary[DaskGraphRunner, dict[tuple[str, ...], list[str]]] = WeakKeyDictionary()


def run_graphs_in_order() -> None:
    DaskGraphRunner.run = _run


def _run(
    runner: DaskGraphRunner, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
) -> dict[str, Any]:
    wanted = tuple(targets or runner._graph_schema.target_names)
    orders = _orders.setdefault(runner, {})
    if wanted not in orders:
        orders[wanted] = order_nodes(runner._graph_schema, wanted)
    outputs = {name: (name, value) for name, value in (inputs or {}).items()}
    try:
        for name in orders[wanted]:
            needs = runner._graph_schema.nodes[name].needs.values()
            # What was not given is left out: the node itself says what it lacks.
            outputs[name] = runner._instantiated_nodes[name](*(outputs[need] for need in needs if need in outputs))
    except RuntimeError as error:
        raise GraphRunError("Error running runner.") from error
    return dict(outputs[target] for target in wanted)


def order_nodes(schema: GraphSchema, targets: tuple[str, ...]) -> list[str]:
    """Return the nodes that the targets need, each behind those that it needs itself; inputs are no nodes."""
    order: list[str] = []

    def visit(name: str) -> None:
        if name in order or name not in schema.nodes:
            return
        for need in schema.nodes[name].needs.values():
            visit(need)
        order.append(name)

    for target in targets:
        visit(target)
    return order
