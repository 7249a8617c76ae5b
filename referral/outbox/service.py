"""Delivers what waits in the outbox: to each sink in order, at least once, with the same id however often.

A sink that fails is left alone for a while, ever longer, and misses nothing: its events wait. An event that a sink
refuses is tried again, then given up ("dead"), so that the others get through; `omdehoek outbox retry` tries it anew.
Here, other than elsewhere, transactions begin and end: nobody holds one while a sink thinks.
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from referral.db import Database
from referral.models.outgoing import Delivery, Outgoing
from referral.outbox import queries
from referral.outbox.sinks import EventRefused, SinkFails, Target

AT_ONCE = 20
# A slow sink does not keep the worker from its other work; what is left waits for the next round.
LONGEST_ROUND = timedelta(seconds=30)
# Longer than one event can take (`LONGEST_SEND`, and before it a name that is looked up); who dies with a sink in hand
# keeps the others from it no longer than this.
LEASE = timedelta(seconds=60)
# The waits double from the first to the longest, each somewhere below (exponential back-off with full jitter,
# https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(hours=1)
MOST_REFUSALS = 5
LONGEST_ANSWER = 200


def deliver(database: Database, target: Target, read_clock: Callable[[], datetime]) -> int:
    """Send what waits for a sink until it is done, fails or half a minute is over; return how many arrived."""
    sent = 0
    end = read_clock() + LONGEST_ROUND
    if not _claim(database, target.name, read_clock()):
        return sent
    try:
        while batch := _list_waiting(database, target.name):
            for event in batch:
                arrived = _send(database, target, event, read_clock)
                sent += arrived
            if read_clock() > end:
                break
    except SinkFails as error:
        _postpone(database, target.name, str(error), read_clock())
        return sent
    _release(database, target.name)
    return sent


def make_wait(failures: int) -> timedelta:
    """Return how long a sink is left alone after so many failures in a row."""
    longest = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(failures - 1, 20))
    return longest * random.random()  # noqa: S311  (no secret)


def _claim(database: Database, name: str, now: datetime) -> bool:
    with database.begin() as session:
        sink = queries.lock_sink(session, name)
        if not queries.is_due(sink, now):
            return False
        sink.leased_until = now + LEASE
        return True


def _list_waiting(database: Database, name: str) -> list[Outgoing]:
    with database.read() as session:
        return list(queries.list_waiting(session, name, AT_ONCE))


def _send(database: Database, target: Target, event: Outgoing, read_clock: Callable[[], datetime]) -> bool:
    """Send one; what became of it is written before the next is sent, and the lease begins anew."""
    refused = ""
    try:
        target.send(event, read_clock())
    except EventRefused as error:
        refused = str(error)
    now = read_clock()
    with database.begin() as session:
        sink = queries.lock_sink(session, target.name)
        sink.leased_until = now + LEASE
        sink.failures, sink.answer = 0, None
        delivery = queries.find_delivery(session, target.name, event.id)
        if delivery is None:
            delivery = Delivery(sink=target.name, event_id=event.id, refusals=0, is_dead=False)
            session.add(delivery)
        if not refused:
            delivery.delivered_at = now
            return True
        delivery.refusals += 1
        delivery.answer = refused[:LONGEST_ANSWER]
        delivery.is_dead = delivery.refusals >= MOST_REFUSALS
    if not delivery.is_dead:
        raise SinkFails(refused)  # later again, and nothing goes before it
    return False


def _postpone(database: Database, name: str, answer: str, now: datetime) -> None:
    with database.begin() as session:
        sink = queries.lock_sink(session, name)
        sink.leased_until = None
        sink.failures += 1
        sink.next_at = now + make_wait(sink.failures)
        sink.answer = answer[:LONGEST_ANSWER]


def _release(database: Database, name: str) -> None:
    with database.begin() as session:
        sink = queries.lock_sink(session, name)
        sink.leased_until = sink.next_at = None
