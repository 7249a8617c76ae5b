"""Keeps processes alive that are forks of this one: a new one is there in milliseconds, and shares its memory.

Rasa takes half a minute to start, most of it to import TensorFlow and to load the model. That is done once, here; what
serves is a fork. When a fork dies the next takes its port at once. When the keeper itself is killed its forks go on
serving until whoever started the keeper has started another, whose forks share the ports with them for that while.
"""

import gc
import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from types import FrameType
from typing import NoReturn

logger = logging.getLogger(__name__)

# Seconds that a fork goes on without its keeper; as long as `omdehoek run` waits for everything to start.
ALONE_SECONDS = 180.0
LOOK_SECONDS = 1.0
# A fork that died sooner than this after its start would die again.
SOON_SECONDS = 1.0
Serve = Callable[[socket.socket], None]


class Stopped(Exception):
    """We were told to end."""


def keep(serve: Serve, ports: Sequence[int]) -> None:
    """Run `serve` in a process for each port of loopback, and again when it ends, until SIGTERM or SIGINT."""
    forks: dict[int, tuple[int, float]] = {}
    gc.collect()
    gc.freeze()  # else the next collection writes in every object, and nothing would be shared any more
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    try:
        for port in ports:
            forks[_fork(serve, port)] = port, time.monotonic()
        while True:
            pid, status = os.wait()
            if pid not in forks:  # as the first process of a container we get the orphans of others
                continue
            port, started = forks.pop(pid)
            logger.warning("the process on port %d ended with status %d; starting another", port, status)
            if time.monotonic() - started < SOON_SECONDS:
                time.sleep(SOON_SECONDS)
            forks[_fork(serve, port)] = port, time.monotonic()
    except Stopped:
        for pid in forks:
            os.kill(pid, signal.SIGTERM)
        for pid in forks:
            os.waitpid(pid, 0)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, signal.SIG_IGN)
    raise Stopped


def _fork(serve: Serve, port: int) -> int:
    """Return the id of a new process that serves; it never returns from here."""
    keeper = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        threading.Thread(target=_end_when_alone, args=(keeper,), daemon=True).start()
        serve(bind(port))
        code = 0
    except BaseException:
        logger.exception("the process on port %d cannot serve", port)
    finally:
        logging.shutdown()
        os._exit(code)


def _end_when_alone(keeper: int) -> None:
    while os.getppid() == keeper:
        time.sleep(LOOK_SECONDS)
    time.sleep(ALONE_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


def bind(port: int) -> socket.socket:
    """Return a socket on loopback whose port those may share that a former keeper left."""
    bound = socket.socket()
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    bound.bind(("127.0.0.1", port))
    return bound
