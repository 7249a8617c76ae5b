"""Takes in no more than can be done: beyond that, who comes is told at once to come back in a moment.

So those who are inside get their answer in time. A thread is always left for an emergency, which gets its text before
any place is asked for (api/chat/routes.py): places are those of one process, which has 40 threads (anyio's default).
"""

import secrets
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from fastapi import Request

from api.web.metrics import SHED
from referral.errors import Overloaded

# Requests at once that are no turn of a conversation.
PLACES = 16
# Seconds after which to come back: not everybody at the same moment.
SOONEST, LATEST = 2, 5
# Routes with places of their own, or that have to answer whatever happens.
ALWAYS = frozenset({"/v1/conversations/{conversationId}/messages", "/health/live"})


class Room:
    """So many at once; used by many threads."""

    def __init__(self, places: int) -> None:
        self._places = threading.BoundedSemaphore(places)

    @contextmanager
    def take(self) -> Iterator[None]:
        """Hold a place; raises `Overloaded` when there is none."""
        if not self._places.acquire(blocking=False):
            SHED.inc()
            raise Overloaded(SOONEST + secrets.randbelow(LATEST - SOONEST + 1))
        try:
            yield
        finally:
            self._places.release()


async def take_place(request: Request) -> AsyncIterator[None]:
    """Hold a place for as long as a request takes. Not in a thread: those are what there are too few of."""
    if request.scope["route"].path in ALWAYS:
        yield
        return
    with request.app.state.limits.places.take():
        yield
