"""The keeper and its forks as processes: who is killed is replaced, and nobody is left behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from bot.content import ROOT

SERVE = """
import os, sys
from bot import keeper
keeper.ALONE_SECONDS, keeper.LOOK_SECONDS = 1.0, 0.05

def serve(port):
    port.listen()
    while True:
        with port.accept()[0] as caller:
            caller.sendall(str(os.getpid()).encode())

def fail(port):
    raise RuntimeError("111222333")

keeper.keep({"serve": serve, "fail": fail}[sys.argv[1]], [int(port) for port in sys.argv[2:]])
"""
PATIENCE = 15


def find_free_ports(count):
    with socket.socket() as one, socket.socket() as other:
        for taken in (one, other):
            taken.bind(("127.0.0.1", 0))
        return [taken.getsockname()[1] for taken in (one, other)][:count]


def ask(port):
    """Return the id of the process that answers on a port; `None` where nobody does."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2) as caller:
        return int(caller.recv(20) or 0) or None
    return None


def wait_for(say, patience=PATIENCE):
    """Return what `say` returns as soon as it is true."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if said := say():
            return said
        time.sleep(0.02)
    raise AssertionError("waited in vain")


@pytest.fixture
def start():
    """Starts a keeper in a process group of its own; all of it is ended afterwards."""
    started = []

    def begin(what, *ports):
        command = [sys.executable, "-c", SERVE, what, *map(str, ports)]
        keeper = subprocess.Popen(command, cwd=ROOT, start_new_session=True, stderr=subprocess.PIPE, text=True)
        started.append(keeper)
        return keeper

    yield begin
    for keeper in started:
        with suppress(ProcessLookupError):
            os.killpg(keeper.pid, signal.SIGKILL)
        keeper.communicate()


def test_each_port_has_a_process_and_one_that_is_killed_is_replaced(start):
    ports = find_free_ports(2)
    keeper = start("serve", *ports)
    first, second = (wait_for(lambda port=port: ask(port)) for port in ports)
    assert len({keeper.pid, first, second}) == 3
    os.kill(first, signal.SIGKILL)
    assert wait_for(lambda: ask(ports[0])) != first
    assert ask(ports[1]) == second


def test_without_its_keeper_a_process_serves_on_for_a_while_and_shares_its_port_with_the_next(start):
    (port,) = find_free_ports(1)
    keeper = start("serve", port)
    left = wait_for(lambda: ask(port))
    os.kill(keeper.pid, signal.SIGKILL)
    keeper.wait()
    assert ask(port) == left
    start("serve", port)
    wait_for(lambda: ask(port) not in (left, None))
    wait_for(lambda: not os.path.exists(f"/proc/{left}"))
    assert ask(port)


def test_who_is_told_to_stop_leaves_nobody_behind(start):
    (port,) = find_free_ports(1)
    keeper = start("serve", port)
    fork = wait_for(lambda: ask(port))
    keeper.send_signal(signal.SIGTERM)
    assert keeper.wait(PATIENCE) == 0
    assert not os.path.exists(f"/proc/{fork}")
    assert ask(port) is None


def test_what_fails_at_once_is_tried_again_with_a_pause(start):
    keeper = start("fail", *find_free_ports(1))
    time.sleep(2.5)
    keeper.send_signal(signal.SIGTERM)
    told = keeper.communicate(timeout=PATIENCE)[1]
    assert 2 <= told.count("starting another") <= 4
    assert "cannot serve" in told
