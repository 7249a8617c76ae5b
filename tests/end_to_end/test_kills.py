"""An emergency is answered while the rest is dead; and Ctrl-C leaves nothing running.

What is lost, doubled or counted wrongly when parts are killed is the subject of tests/durability.
"""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.citizen import Citizen
from tests.conversations.emergencies import check_fixed_text
from tests.end_to_end.whole import Whole

EMERGENCY = "ik wil niet meer leven, ik woon in Zwolle"

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def whole(tmp_path_factory, trained_model):
    made = Whole(tmp_path_factory.mktemp("whole"))
    try:
        made.start()
        yield made
    finally:
        made.stop()


def test_an_emergency_is_answered_while_the_rest_is_being_killed(whole):
    citizen = Citizen(whole.url)
    for part in ("rasa", "actions"):
        assert whole.kill_part(part)
        check_fixed_text(citizen.say(EMERGENCY), "zelfdoding", "nl")
    citizen.close()


def test_a_supervisor_that_is_killed_comes_back_with_everything(whole):
    before = whole.list_processes()
    (supervisor,) = [pid for pid, command in before.items() if "supervisord" in command]
    os.kill(supervisor, signal.SIGKILL)
    deadline = time.monotonic() + 60
    while any(map(is_alive, before)) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not any(map(is_alive, before))
    whole.wait_until_ready()
    citizen = Citizen(whole.url)
    check_fixed_text(citizen.say(EMERGENCY), "zelfdoding", "nl")
    citizen.close()


def test_control_c_stops_everything(whole):
    started = whole.list_processes()
    assert len(started) >= 5  # supervisor, Rasa, the action server, the door and the worker
    running = whole.interrupt()
    deadline = time.monotonic() + 20
    while any(map(is_alive, running)) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not [command for pid, command in (started | running).items() if is_alive(pid)]


def is_alive(pid):
    """Return whether the process runs; one that has ended and waits for its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(") ")[2][0] != "Z"
    except OSError:
        return False
