"""Asks, for as long as the bot runs, who agreed to it whether they were helped: each once at most."""

import asyncio
import contextlib
import logging
from collections.abc import Callable

import httpx
from telegram import Chat
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from api.telegram.follow_ups import Due, FollowUps
from api.telegram.sender import Sender
from referral.errors import Unavailable

logger = logging.getLogger(__name__)

# Where not even a connection was made nothing can have arrived; after anything else it may have.
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout)


class Asker:
    """`forget` erases all that is kept of a chat (its hash); `pause`: seconds between two looks."""

    def __init__(self, follow_ups: FollowUps, sender: Sender, *, forget: Callable[[str], None], pause: float) -> None:
        self._follow_ups = follow_ups
        self._sender = sender
        self._forget = forget
        self._pause = pause

    async def run(self, stopped: asyncio.Event) -> None:
        """Ask whoever is due, and look again, until we are stopped."""
        while not stopped.is_set():
            try:
                while not stopped.is_set() and await self._ask_next():
                    pass
            except Unavailable as error:
                logger.warning("nobody can be asked whether it helped: %s", error.code)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopped.wait(), self._pause)

    async def _ask_next(self) -> bool:
        """Ask the next one; return whether to go on at once."""
        due = await asyncio.to_thread(self._follow_ups.claim)
        if due is None:
            return False
        try:
            await self._sender.send(Chat(due.chat_id, ChatType.PRIVATE), due.question)
        except TelegramError as error:
            logger.warning("somebody could not be asked whether it helped: %s", type(error).__name__)
            return await asyncio.to_thread(self._settle, due, error)
        return True

    def _settle(self, due: Due, error: TelegramError) -> bool:
        """Return whether to go on with the next. A `BadRequest` is a `NetworkError`: there is no such chat any more."""
        if isinstance(error, Forbidden | BadRequest):
            self._forget(due.chat_key)
            return True
        if isinstance(error, RetryAfter) or isinstance(error.__cause__, NOT_SENT):
            self._follow_ups.give_back(due.chat_key)
        return not isinstance(error, NetworkError | RetryAfter)
