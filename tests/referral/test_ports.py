"""Several processes on one port; one that is alive gets the connection, and nobody else can take the port."""

import socket

import pytest

from referral.ports import bind_shared
from tests.postgres import find_free_port


def test_one_that_listens_gets_the_connection_and_one_that_is_starting_does_not():
    port = find_free_port()
    with bind_shared("127.0.0.1", port) as ready, bind_shared("127.0.0.1", port):
        ready.listen()
        for _ in range(20):
            with socket.create_connection(("127.0.0.1", port), timeout=5), ready.accept()[0]:
                pass


def test_when_one_is_gone_the_other_gets_all():
    port = find_free_port()
    with bind_shared("127.0.0.1", port) as left:
        left.listen()
        gone = bind_shared("127.0.0.1", port)
        gone.listen()
        gone.close()
        for _ in range(20):
            with socket.create_connection(("127.0.0.1", port), timeout=5), left.accept()[0]:
                pass


def test_a_port_of_another_program_is_refused():
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        bind_shared("127.0.0.1", taken.getsockname()[1])
