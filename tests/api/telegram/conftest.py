"""The bot with python-telegram-bot, in a thread, in front of a Bot API server of our own; Rasa is away."""

import asyncio
import threading

import pytest

from api.cli.telegram import make_door
from referral.clock import read_clock
from referral.db import Database
from tests.api.telegram.bot_api import TOKEN, BotApi


class Running:
    """A bot that runs until it is stopped. `database` is for looking into."""

    def __init__(self, settings):
        self.settings = settings
        self.now = read_clock()
        self.database = Database(settings.get_database_url())
        self._thread = None

    def start(self):
        ready = threading.Event()

        def run():
            async def main():
                try:
                    self.door = make_door(self.settings, clock=lambda: self.now, look_every=0.05)
                    self._loop = asyncio.get_running_loop()
                finally:
                    ready.set()
                await self.door.run()

            asyncio.run(main())

        self._thread = threading.Thread(target=run, daemon=True)
        self._thread.start()
        assert ready.wait(60)

    def stop(self):
        if self._thread is not None:
            self._loop.call_soon_threadsafe(self.door.stop)
            self._thread.join(30)
            self._thread = None


@pytest.fixture
def bot_api():
    server = BotApi()
    yield server
    server.close()


@pytest.fixture
def make_bot(make_settings, bot_api):
    """A function that starts a bot with changed settings."""
    bots = []

    def make(**changes):
        settings = make_settings(telegram_token=TOKEN, telegram_api_url=bot_api.url, turn_deadline=1, **changes)
        bots.append(Running(settings))
        bots[-1].start()
        return bots[-1]

    yield make
    for made in bots:
        made.stop()
        made.database.dispose()


@pytest.fixture
def bot(make_bot):
    return make_bot()
