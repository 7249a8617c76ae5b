"""What is counted and timed while it runs, for Prometheus; each process tells its own, on a port of its own.

No label has more values than we wrote down ourselves, and none tells what somebody asked: no topic, no place, no text.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import REGISTRY, Counter, Histogram, start_http_server
from prometheus_client.registry import Collector

from referral.settings import Settings

logger = logging.getLogger(__name__)

# Seconds. 0.3 is the goal for a turn (docs/benchmarks/load.md), 5 the deadline of Rasa.
TIMES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 5.0)
TENTHS = tuple(number / 10 for number in range(1, 11))

TURN_SECONDS = Histogram("omdehoek_turn_seconds", "Seconds of a turn, by stage.", ["stage"], buckets=TIMES)
TURNS = Counter("omdehoek_turns", "Turns, by how they ended (api/chat/gateway.py).", ["ended"])
CONFIDENCE = Histogram("omdehoek_triage_confidence", "How sure the triage was of a message, 0 to 1.", buckets=TENTHS)
REQUEST_SECONDS = Histogram(
    "omdehoek_request_seconds", "Seconds of a request.", ["route", "method", "status"], buckets=TIMES
)
SHED = Counter("omdehoek_shed", "Requests that found no place (api/web/room.py).")


@contextmanager
def timed(stage: str) -> Iterator[None]:
    """Add what takes place within to the times of a stage, also when it fails."""
    started = perf_counter()
    try:
        yield
    finally:
        TURN_SECONDS.labels(stage).observe(perf_counter() - started)


def serve_metrics(settings: Settings, collectors: Iterable[Collector] = ()) -> None:
    """Tell the figures of this process on `metrics_port`, where one is set; never keep the process from its work."""
    for collector in collectors:
        REGISTRY.register(collector)
    if not settings.metrics_port:
        return
    try:
        start_http_server(settings.metrics_port, settings.metrics_host)
    except OSError as error:
        logger.error("no metrics on port %d: %s", settings.metrics_port, error.strerror)
