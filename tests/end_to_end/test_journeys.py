"""Whole journeys in the widget (real Chromium) and in Telegram, the real Rasa behind both: the journal has the same."""

import pytest

from referral.settings import Settings
from tests.api.pages.conftest import chromium, let_in  # noqa: F401  (fixtures)
from tests.api.telegram.bot_api import TOKEN, BotApi
from tests.api.telegram.conftest import Running
from tests.clock import set_clock
from tests.end_to_end.journeys import JOURNEYS, Watch
from tests.processes import START_AT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def telegram(assistant):
    """The Bot API server in front of a bot that stands on the assistant's own Rasa, actions and database."""
    server = BotApi()
    settings = Settings(
        state_dir=assistant.folder,
        database_url=assistant.database_url,
        rasa_port=assistant.ports["rasa"],
        actions_port=assistant.ports["actions"],
        turn_deadline=12,
        telegram_token=TOKEN,
        telegram_api_url=server.url,
    )
    with set_clock(START_AT):
        bot = Running(settings)
        bot.start()
        yield server
        bot.stop()
    server.close()
    bot.database.dispose()


@pytest.fixture
def watch(assistant):
    made = Watch(assistant.database_url)
    yield made
    made.close()


@pytest.mark.parametrize("journey", JOURNEYS, ids=str)
def test_a_citizen_is_helped_alike_in_the_widget_and_in_telegram(watch, telegram, let_in, journey):  # noqa: F811
    before = watch.look().signals.get(journey.signal, 0)
    visitor = let_in(viewport={"width": 390, "height": 800})
    visitor.come_in("/" if journey.language == "nl" else f"/?lang={journey.language}")
    for text in journey.says:
        visitor.say(text)
    on_the_web = watch.look()
    chat = 100 + JOURNEYS.index(journey)
    telegram.wait_for(telegram.say("/start", chat, journey.language))
    for text in journey.says:
        telegram.wait_for(telegram.say(text, chat, journey.language))
    in_telegram = watch.look()
    assert (in_telegram.questions, in_telegram.referrals) == (on_the_web.questions, on_the_web.referrals)
    if journey.signal:
        assert visitor.last_reply.locator(".urgent-text").count() == 1
        assert "112" in telegram.read_last(chat)
        assert (on_the_web.questions, in_telegram.signals[journey.signal]) == ([], before + 2)
    else:
        assert visitor.last_reply.locator(".card").count() == 1
        assert [topic for topic, _, _ in on_the_web.questions] == [journey.topic]
        assert [is_shown for _, _, is_shown in on_the_web.referrals] == [True]
