"""What Rasa 3.6 does slowly, done once: each module mends one thing, without changing what comes of it.

Rasa 3.6.21 is the last of its line, so these do not have to follow new versions. docs/decisions/0006 has the figures.
"""

from bot.speed.action_calls import keep_connections
from bot.speed.action_checks import check_answers_once
from bot.speed.graph_runs import run_graphs_in_order
from bot.speed.rule_search import index_rules


def speed_up() -> None:
    """Mend all of them, before Rasa loads a model."""
    check_answers_once()
    keep_connections()
    run_graphs_in_order()
    index_rules()
