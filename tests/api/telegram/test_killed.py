"""The real process is killed while people talk: nothing is lost, and only what was just leaving comes twice."""

import os
import subprocess
import sys
from collections import Counter

import pytest
from sqlalchemy import select

from referral.db import Database
from referral.models.conversation import Conversation
from referral.models.telegram import TelegramUpdate
from tests.api.telegram.bot_api import TOKEN
from tests.processes import ROOT, find_free_port

pytestmark = pytest.mark.slow

CHATS = range(1, 5)
# Said by each, with what its answer holds.
SAID = {
    "/start": "Hallo. Ik ben een computer.",
    "/help": "Ik zoek wie u kan helpen",
    "/privacy": "Wij bewaren geen namen",
    "/taal": "Welke taal",
}
# How many messages have left when it is killed: in the middle of the first answers.
KILLED_AT = 3
# Seconds for a whole process to come up and answer.
PATIENCE = 90.0


class Process:
    """`omdehoek telegram run`, until it is killed."""

    def __init__(self, settings, url):
        ports = {f"OMDEHOEK_{name}_PORT": str(find_free_port()) for name in ("RASA", "ACTIONS")}
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("OMDEHOEK_")},
            "OMDEHOEK_STATE_DIR": str(settings.state_dir),
            "OMDEHOEK_DATABASE_URL": settings.database_url,
            "OMDEHOEK_TELEGRAM_TOKEN": TOKEN,
            "OMDEHOEK_TELEGRAM_API_URL": url,
            **ports,
        }
        self._running = None

    def start(self):
        command = [sys.executable, "-m", "api.cli.main", "telegram", "run"]
        self._running = subprocess.Popen(command, cwd=ROOT, env=self._environment, stderr=subprocess.DEVNULL)

    def kill(self):
        if self._running is not None:
            self._running.kill()
            self._running.wait()
            self._running = None


@pytest.fixture
def settings(make_settings):
    return make_settings()


@pytest.fixture
def process(settings, bot_api):
    made = Process(settings, bot_api.url)
    yield made
    made.kill()


@pytest.fixture
def database(settings):
    made = Database(settings.get_database_url())
    yield made
    made.dispose()


def test_after_a_kill_everybody_gets_every_answer_in_order(process, bot_api, database):
    for text in SAID:
        last = [bot_api.say(text, chat) for chat in CHATS]
    process.start()
    bot_api.wait_until(lambda: len(bot_api.sent) >= KILLED_AT, PATIENCE)
    process.kill()
    assert bot_api.confirmed <= max(last), "it was to be killed with work in hand"
    process.start()
    bot_api.wait_until(lambda: bot_api.confirmed > max(last), PATIENCE)
    for chat in CHATS:
        heard = [next(text for text, part in SAID.items() if part in said) for said in bot_api.list_texts(chat)]
        assert list(dict.fromkeys(heard)) == list(SAID)
        # Of each chat one answer at most was on its way when it was killed.
        assert sum(Counter(heard).values()) <= len(SAID) + 1
    bot_api.wait_for(bot_api.press("English", CHATS[0]))
    assert bot_api.read_last(CHATS[0]).startswith("Hello. I am a computer.")
    with database.read() as session:
        assert all(update.is_done for update in session.scalars(select(TelegramUpdate)))
        assert len(session.scalars(select(Conversation)).all()) == len(CHATS)
