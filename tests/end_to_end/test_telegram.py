"""A question in Telegram becomes the same in the journal as on the web, with the real Rasa behind both."""

import httpx
import pytest
from sqlalchemy import select

from referral.db import Database
from referral.models import Question, Referral, Visit
from referral.settings import Settings
from tests.api.telegram.bot_api import TOKEN, BotApi
from tests.api.telegram.conftest import Running
from tests.clock import set_clock
from tests.processes import START_AT

pytestmark = pytest.mark.slow

SAID = ("ik heb een boete van het CJIB", "Zwolle")


def read_outcome(assistant, channel):
    """Return what the journal has of the last visit by a channel."""
    database = Database(assistant.database_url)
    with database.read() as session:
        visit = session.scalars(select(Visit).where(Visit.channel == channel)).all()[-1]
        questions = session.scalars(select(Question).where(Question.visit_id == visit.id)).all()
        ids = [question.id for question in questions]
        referrals = session.scalars(select(Referral).where(Referral.question_id.in_(ids))).all()
        outcome = (
            [(one.topic, one.municipality, one.kind) for one in questions],
            sorted((one.service_id, one.status) for one in referrals),
        )
    database.dispose()
    return outcome


def test_a_fine_in_zwolle_is_the_same_in_telegram_as_on_the_web(assistant):
    with httpx.Client(base_url=assistant.url, timeout=30) as door:
        opened = door.post("/v1/conversations", json={}).json()["conversationId"]
        for number, text in enumerate(SAID):
            turn = {"turnId": f"turn-000{number}", "text": text}
            door.post(f"/v1/conversations/{opened}/messages", json=turn).raise_for_status()
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
        for text in SAID:
            server.wait_for(server.say(text))
        bot.stop()
    server.close()
    bot.database.dispose()
    questions, referrals = read_outcome(assistant, "telegram")
    assert questions
    assert referrals
    assert (questions, referrals) == read_outcome(assistant, "web")
