"""Events reach a real receiver: in order, signed, at least once, whatever dies."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest

from referral.errors import InvalidInput
from referral.journal import service as journal
from referral.outbox import queries
from referral.outbox.service import LEASE, LONGEST_WAIT, MOST_REFUSALS, deliver, make_wait
from referral.outbox.sinks import LONGEST_SEND, FileTarget, Webhook, list_targets, sign
from referral.settings import ROOT, Settings
from tests.referral.journal.conftest import NOW, refer_once
from tests.referral.outbox.conftest import KEY, SECRET
from tests.referral.outbox.receiver import Dripper


class Clock:
    """A clock that somebody sets."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def live(database, count=3, *, first=0):
    """Let something happen: per referral a question, a referral, and that it is taken up."""
    for number in range(first, first + count):
        with database.begin() as session:
            referral = refer_once(session, f"turn-{number}")
            journal.mark_shown(session, referral.id, NOW)
        with database.begin() as session:
            journal.take_up(session, referral.id, "kept", NOW)


def check_order(events):
    """Check that every subject's sequence grows, once what came twice is left out."""
    seen, last = set(), {}
    for event in events:
        if event["id"] in seen:
            continue
        seen.add(event["id"])
        assert int(event["sequence"]) > last.get(event["subject"], 0)
        last[event["subject"]] = int(event["sequence"])
    return seen


def test_events_arrive_in_order_and_signed(database, services, publishes, receiver, clock):
    live(database)
    assert deliver(database, publishes, clock) == 9
    assert deliver(database, publishes, clock) == 0
    assert len(check_order(receiver.events)) == 9
    event, headers, body = receiver.events[1], receiver.headers[1], receiver.bodies[1]
    assert event["specversion"] == "1.0"
    assert event["type"] == "nl.omdehoek.referral.created"
    assert event["source"] == "urn:nld:test"
    assert headers["webhook-id"] == event["id"]
    assert headers["Content-Type"].startswith("application/cloudevents+json")
    assert headers["webhook-signature"] == sign(KEY, event["id"], headers["webhook-timestamp"], body)


def test_a_receiver_that_is_gone_for_a_day_loses_nothing(database, services, publishes, receiver, clock):
    receiver.stop()
    live(database)
    assert deliver(database, publishes, clock) == 0
    with database.read() as session:
        (sink,) = queries.list_sinks(session)
        assert sink.failures == 1
        assert NOW <= sink.next_at <= NOW + LONGEST_WAIT
    receiver.start()
    clock.now = NOW + timedelta(days=1)
    assert deliver(database, publishes, clock) == 9
    check_order(receiver.events)


def test_a_sink_that_fails_is_left_alone_for_a_while(database, services, publishes, receiver, clock, monkeypatch):  # noqa: PLR0917
    monkeypatch.setattr("referral.outbox.service.random.random", lambda: 1.0)
    live(database)
    receiver.answers = [204, 503]
    assert deliver(database, publishes, clock) == 1
    clock.now += timedelta(seconds=14)
    assert deliver(database, publishes, clock) == 0
    clock.now += timedelta(seconds=1)
    assert deliver(database, publishes, clock) == 8
    assert [event["sequence"] for event in receiver.events] == sorted(
        (event["sequence"] for event in receiver.events), key=int
    )


def test_the_waits_grow_and_end(monkeypatch):
    monkeypatch.setattr("referral.outbox.service.random.random", lambda: 1.0)
    waits = [make_wait(failures).total_seconds() for failures in (1, 2, 3, 9, 1000)]
    assert waits == [15, 30, 60, 3600, 3600]


def test_an_event_that_is_refused_is_given_up_and_can_be_tried_anew(database, services, publishes, receiver, clock):
    live(database, count=1)
    receiver.answers = [400] * MOST_REFUSALS
    for _ in range(MOST_REFUSALS):
        deliver(database, publishes, clock)
        clock.now += LONGEST_WAIT
    assert len(receiver.events) == 2
    with database.begin() as session:
        ((delivery, event),) = queries.list_dead(session)
        assert (delivery.answer, event.type) == ("HTTP 400", "nl.omdehoek.question.created")
        assert queries.revive(session) == 1
    assert deliver(database, publishes, clock) == 1
    assert len({event["id"] for event in receiver.events}) == 3


def test_each_sink_goes_its_own_way(database, services, publishes, receiver, clock, tmp_path):  # noqa: PLR0917
    receiver.stop()
    live(database)
    file = FileTarget(tmp_path / "here" / "events.ndjson", "urn:nld:test")
    assert deliver(database, publishes, clock) == 0
    assert deliver(database, file, clock) == 9
    assert len(file.path.read_text(encoding="utf-8").splitlines()) == 9


@pytest.mark.parametrize("half", [b'{"id": "ha', b"x" * 20_000])
def test_half_a_line_of_who_died_takes_no_other_with_it(  # noqa: PLR0917
    database, services, publishes, clock, tmp_path, half
):
    file = FileTarget(tmp_path / "events.ndjson", "urn:nld:test")
    file.path.write_bytes(half)
    live(database, 1)
    assert deliver(database, file, clock) == 3
    with file.path.open("ab") as stream:
        stream.write(half)
    live(database, 1, first=1)
    assert deliver(database, file, clock) == 3
    lines = file.path.read_text(encoding="utf-8").splitlines()
    assert len({json.loads(line)["id"] for line in lines}) == len(lines) == 6


def test_two_workers_do_not_send_the_same(database, services, publishes, receiver, clock):
    live(database)
    with database.begin() as session:
        queries.lock_sink(session, publishes.name).leased_until = NOW + LEASE
    assert deliver(database, publishes, clock) == 0
    clock.now += LEASE  # who had it is dead
    assert deliver(database, publishes, clock) == 9


@pytest.fixture
def drip():
    """A function that starts a receiver which begins its answer so, and never ends it."""
    started = []

    def start(answer):
        started.append(Dripper(answer))
        return started[-1]

    yield start
    for one in started:
        one.stop()


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 204 No Content\r\nX-Slow: "])
def test_a_receiver_that_drips_its_answer_is_left_within_the_lease(database, services, publishes, clock, drip, start):  # noqa: PLR0917
    live(database, count=1)
    dripper = drip(start)
    slow = Webhook(dripper.url, KEY, "urn:nld:test", longest=timedelta(seconds=0.2))
    assert deliver(database, slow, clock) == 0
    assert dripper.hung_up.wait(30)
    with database.read() as session:
        (sink,) = queries.list_sinks(session)
        assert (sink.failures, sink.answer, sink.leased_until) == (1, "TimeoutError", None)
    clock.now += LONGEST_WAIT
    assert deliver(database, publishes, clock) == 3


def test_an_event_has_arrived_when_its_status_is_there_however_long_the_rest_takes(
    database, services, publishes, clock, drip
):
    live(database, count=1)
    dripper = drip(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    (event, *_) = list_first(database, publishes)
    Webhook(dripper.url, KEY, "urn:nld:test").send(event, NOW)
    assert dripper.hung_up.wait(30)


def list_first(database, target):
    with database.read() as session:
        return queries.list_waiting(session, target.name, 1)


class SlowTarget:
    """Takes an event for as long as one may take."""

    name = "slow"

    def __init__(self, database, clock):
        self.database, self.clock, self.left = database, clock, []

    def send(self, event, now):
        self.clock.now += LONGEST_SEND
        with self.database.read() as session:
            (sink,) = queries.list_sinks(session)
            self.left.append(sink.leased_until - self.clock.now)


def test_nobody_else_takes_a_sink_while_an_event_takes_as_long_as_it_may(database, services, publishes, clock):
    live(database, count=1)
    slow = SlowTarget(database, clock)
    assert deliver(database, slow, clock) == 3
    assert min(slow.left) == LEASE - LONGEST_SEND


SEND = """
import sys
from referral.clock import read_clock
from referral.db import Database
from referral.outbox.service import deliver
from referral.outbox.sinks import list_targets
from referral.settings import get_settings
database = Database(sys.argv[1])
(target,) = list_targets(get_settings())
print(deliver(database, target, read_clock))
"""


def test_a_worker_that_is_killed_again_and_again_loses_nothing(database, services, publishes, receiver):
    live(database, count=40)
    url = database.engine.url.render_as_string(hide_password=False)
    shift = 0
    for _ in range(4):
        environment = {**os.environ, "OMDEHOEK_CLOCK_SHIFT": str(shift)}
        before = len(receiver.events)
        worker = subprocess.Popen([sys.executable, "-c", SEND, url], env=environment, cwd=ROOT)
        while worker.poll() is None and len(receiver.events) < before + 10:
            time.sleep(0.01)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        shift += LEASE.total_seconds() + LONGEST_WAIT.total_seconds()
    environment = {**os.environ, "OMDEHOEK_CLOCK_SHIFT": str(shift)}
    subprocess.run([sys.executable, "-c", SEND, url], env=environment, cwd=ROOT, check=True)
    assert len(check_order(receiver.events)) == 120
    assert len(receiver.events) <= 120 + 4  # what was on its way when somebody died came twice


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_%%%", "niks!"])
def test_a_webhook_needs_a_secret(secret):
    with pytest.raises(InvalidInput, match="OMDEHOEK_EVENTS_SECRET"):
        list_targets(Settings(events_url="http://127.0.0.1:1/", events_secret=secret))


def test_sinks_are_as_they_are_set(tmp_path):
    targets = list_targets(
        Settings(events_url="http://127.0.0.1:1/", events_secret=SECRET, events_file=tmp_path / "f", library="x")
    )
    assert [target.name for target in targets] == ["file", "webhook"]
    assert {target.source for target in targets} == {"urn:nld:x:systeem:omdehoek"}
    assert list_targets(Settings()) == []
