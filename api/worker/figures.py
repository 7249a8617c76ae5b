"""What the worker tells Prometheus: what waits to leave, what lies on disk, and the gaps of today."""

from collections.abc import Callable, Iterator
from datetime import datetime

from prometheus_client import Gauge, Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from referral.clock import to_local
from referral.db import Database
from referral.errors import OmDeHoekError
from referral.journal.queries import count_gaps
from referral.journal.spool import UrgentSpool
from referral.outbox import queries as outbox
from referral.outbox.sinks import list_targets
from referral.settings import Settings

LAST_ROUND = Gauge("omdehoek_worker_round_timestamp_seconds", "When the worker last ended a round, in Unix time.")


class WorkerFigures(Collector):
    """Reads the database when asked; while that is away, `omdehoek_database_up` is 0 and the rest is not there."""

    def __init__(
        self, settings: Settings, database: Database, spool: UrgentSpool, clock: Callable[[], datetime]
    ) -> None:
        self._settings = settings
        self._database = database
        self._spool = spool
        self._clock = clock

    def describe(self) -> list[Metric]:
        """Return nothing: prometheus_client would otherwise collect once to learn the names."""
        return []

    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily(
            "omdehoek_spooled_emergencies", "Emergencies that wait on disk to be counted.", self._spool.count()
        )
        try:
            found = list(self._read())
        except OmDeHoekError:
            found = []
        yield GaugeMetricFamily("omdehoek_database_up", "1: the database answers.", bool(found))
        yield from found

    def _read(self) -> Iterator[Metric]:
        now = self._clock()
        waiting = GaugeMetricFamily("omdehoek_outbox_waiting", "Events that a sink has yet to get.", labels=["sink"])
        lag = GaugeMetricFamily("omdehoek_outbox_lag_seconds", "How long the oldest of them waits.", labels=["sink"])
        gaps = GaugeMetricFamily("omdehoek_gaps_today", "Questions of today without a local partner.", labels=["kind"])
        with self._database.read() as session:
            for target in list_targets(self._settings):
                count, oldest = outbox.count_waiting(session, target.name)
                waiting.add_metric([target.name], count)
                lag.add_metric([target.name], (now - oldest).total_seconds() if oldest else 0)
            for kind, count in count_gaps(session, to_local(now).date()):
                gaps.add_metric([kind], count)
            dead = len(outbox.list_dead(session))
        yield from (waiting, lag, gaps)
        yield GaugeMetricFamily("omdehoek_outbox_given_up", "Events that were given up (omdehoek outbox list).", dead)
