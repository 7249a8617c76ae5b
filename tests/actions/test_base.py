"""One run is one transaction, and an error is a sentence and never silence."""

import asyncio
import logging
import warnings

import pytest
import yaml
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker
from sqlalchemy import select

from actions.__main__ import PACKAGE, DomainlessExecutor
from actions.base import ReferralAction, read_tracker
from actions.unsure import Human
from referral.db import Database
from referral.errors import DatabaseUnavailable
from referral.journal import service as journal
from referral.models.visit import Visit
from referral.referring.telling import say, tell
from referral.settings import ROOT
from tests.actions.heard import LIBRARY
from tests.clock import TUESDAY

TYPED = "mijn bsn is 111222333"
MESSAGE = {
    "text": TYPED,
    "intent": {"name": "huurtoeslag", "confidence": 0.8},
    "intent_ranking": [{"name": "huurtoeslag", "confidence": 0.8}, {"name": "greet", "confidence": 0.1}],
}


class OpenVisit(ReferralAction):
    """Writes a row, and then does what it is told to do."""

    def __init__(self, error=None):
        self.error = error

    def name(self):
        return "action_open_visit"

    def decide(self, session, heard, knowledge):
        journal.open_visit(session, channel="web", library_id=LIBRARY, language="nl", now=TUESDAY)
        if self.error:
            raise self.error
        return tell(say("helped"), {"human": LIBRARY}, awaiting=None, misses=2)


def make_tracker(slots=None, message=MESSAGE):
    return Tracker("turn-0001", {"library_id": LIBRARY, **(slots or {})}, message, [], False, None, {}, "action_listen")


def run(action, tracker):
    """Run as the action server does; return the payloads and the slots that were set."""
    dispatcher = CollectingDispatcher()
    events = asyncio.run(action.run(dispatcher, tracker, {}))
    return [message["custom"] for message in dispatcher.messages], {event["name"]: event["value"] for event in events}


@pytest.fixture
def own_database(database, monkeypatch):
    """The database of the test in the place of the one that the settings name."""
    monkeypatch.setattr("actions.base.get_database", lambda: database)
    return database


def count_visits(database):
    with database.read() as session:
        return len(session.scalars(select(Visit)).all())


def test_a_run_says_in_order_sets_the_slots_and_commits(own_database):
    payloads, slots = run(OpenVisit(), make_tracker())
    assert payloads == [{"say": "helped"}, {"human": LIBRARY}]
    assert slots == {"awaiting": None, "misses": 2}
    assert count_visits(own_database) == 1


@pytest.mark.parametrize("error", [KeyError(TYPED), DatabaseUnavailable(TYPED), RuntimeError(TYPED)])
def test_an_error_is_said_honestly_leaves_nothing_and_is_logged_without_the_message(own_database, caplog, error):
    with caplog.at_level(logging.DEBUG):
        payloads, slots = run(OpenVisit(error), make_tracker())
    assert (payloads, slots) == ([{"say": "error"}], {})
    assert count_visits(own_database) == 0
    ours = [record.getMessage() for record in caplog.records if record.name == "actions.base"]
    assert ours == [f"action_open_visit failed: {type(error).__name__}"]
    assert "111222333" not in caplog.text


def test_a_database_that_is_gone_is_said_too(monkeypatch, tmp_path):
    lost = Database(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.db'}")
    monkeypatch.setattr("actions.base.get_database", lambda: lost)
    assert run(OpenVisit(), make_tracker())[0] == [{"say": "error"}]
    lost.dispose()


def test_an_action_reads_the_slots_the_intent_and_the_ranking():
    heard = read_tracker(make_tracker({"topic": "huurtoeslag", "place": None}))
    assert heard.get("topic") == "huurtoeslag"
    assert heard.get("place") is None
    assert heard.get("no_such_slot") is None
    assert heard.intent == "huurtoeslag"
    assert heard.ranking == (("huurtoeslag", 0.8), ("greet", 0.1))


@pytest.mark.parametrize("message", [None, {}, {"intent": None, "intent_ranking": None}, {"text": "", "intent": {}}])
def test_a_message_without_an_intent_is_no_error(message):
    heard = read_tracker(make_tracker(message=message))
    assert (heard.intent, heard.ranking) == ("", ())


@pytest.fixture
def server():
    """What `python -m actions` serves."""
    executor = DomainlessExecutor()
    executor.register_package(PACKAGE)
    return executor


def test_the_action_server_has_exactly_the_actions_of_the_domain(server):
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    # Registering finds every class there is, also the one of this test.
    ours = [name for name, run in server.actions.items() if type(run.__self__).__module__.startswith(f"{PACKAGE}.")]
    assert sorted(ours) == sorted(domain["actions"])


def test_the_action_server_answers_a_call_of_rasa(server, own_database):
    call = {
        "version": "3.6.21",
        "next_action": Human().name(),
        "sender_id": "turn-0001",
        "tracker": {
            "sender_id": "turn-0001",
            "slots": {"library_id": LIBRARY},
            "latest_message": MESSAGE,
            "events": [],
            "paused": False,
            "followup_action": None,
            "active_loop": {},
            "latest_action_name": "action_listen",
        },
    }
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Your versions of rasa")
        result = asyncio.run(server.run(call))
    assert [response["custom"] for response in result.responses] == [{"door": "meet_person"}]
    assert result.events == []
