"""A card that a citizen saw is in the journal, exactly once, whatever is killed when (DESIGN §6.1)."""

import itertools
import threading
import time
import uuid
from collections import Counter
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from api.worker.jobs import run_jobs
from referral.conversations.service import make_turn_key
from referral.db import Database
from referral.journal.spool import UrgentSpool
from referral.journal.statuses import Status, can_go
from referral.models.referral import Referral, ReferralEvent
from referral.settings import Settings
from tests.citizen import Citizen
from tests.conversations.emergencies import check_fixed_text
from tests.conversations.seen import find_label
from tests.end_to_end.whole import Whole
from tests.processes import START_AT

CITIZENS = 4
EMERGENCY = "ik wil niet meer leven, ik woon in Zwolle"
# What is said, or pressed where there is such a button; then a new conversation.
SCRIPT = (
    ("say", "mijn DigiD werkt niet, ik woon in Zwolle"),
    ("press", "button_another"),
    ("press", "button_keep"),
    ("say", "ik heb schulden"),
    ("press", "button_another"),
    ("say", EMERGENCY),
    ("say", "ik wil zorgtoeslag aanvragen"),
    ("press", "zorgtoeslag"),
    ("press", "button_skip"),
    ("press", "button_yes"),
)
# What is killed, one after the other, before everything has to be up again; Rasa takes longest, a quarter of a minute.
ROUNDS = ((["rasa"], ["actions"], ["api"], ["actions"]), (["api", "rasa", "actions"],))
TALK_BETWEEN = 2.0
# Seconds between two turns of a citizen, who must not be so fast that nothing can start.
PACE = 0.1
GIVE_UP = 120.0

pytestmark = pytest.mark.timeout(600)


class Talker(threading.Thread):
    """A client that sends a turn again, with the same id, until it has a reply."""

    def __init__(self, url: str, stopped: threading.Event) -> None:
        super().__init__()
        self._http = httpx.Client(base_url=url, timeout=20)
        self._stopped = stopped
        self.codes: list[str] = []
        self.turn_keys: list[str] = []
        self.sent_again = 0
        self.wrong: list[str] = []

    def run(self) -> None:
        try:
            while not self._stopped.is_set():
                self._talk()
        except AssertionError as error:
            self.wrong.append(str(error))
        finally:
            self._http.close()

    def _talk(self) -> None:
        opened = self._insist("/v1/conversations", {"language": "nl"})
        path = f"/v1/conversations/{opened['conversationId']}/messages"
        reply = opened["replies"][0]
        for act, what in SCRIPT:
            turn = {"text": what} if act == "say" else find_button(reply, what)
            if turn is None:
                continue
            time.sleep(PACE)
            turn_id = uuid.uuid4().hex
            reply = self._insist(path, {"turnId": turn_id, **turn})
            self.turn_keys.append(make_turn_key(opened["conversationId"], turn_id))
            self.codes += [message["card"]["code"] for message in reply["messages"] if message["card"]]
            if what == EMERGENCY:
                check_fixed_text(reply, "zelfdoding", "nl")

    def _insist(self, path: str, body: dict[str, str]) -> dict:
        deadline = time.monotonic() + GIVE_UP
        while True:
            try:
                answer = self._http.post(path, json=body)
                if answer.is_success:
                    return answer.json()
                assert answer.status_code in (409, 500, 503), f"{answer.status_code}: {answer.text}"
            except httpx.HTTPError:
                pass
            assert time.monotonic() < deadline, f"no reply in {GIVE_UP} s"
            self.sent_again += 1
            time.sleep(0.1)


def find_button(reply: dict, name: str) -> dict[str, str] | None:
    buttons = [*reply["menu"], *reply["buttons"]]
    return next(({"buttonId": one["id"]} for one in buttons if one["label"] == find_label(name, "nl")), None)


@pytest.fixture(scope="module")
def whole(tmp_path_factory, trained_model):
    made = Whole(tmp_path_factory.mktemp("whole"))
    try:
        made.start()
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="module")
def talkers(whole):
    """Citizens who have talked on through all the kills."""
    stopped = threading.Event()
    talking = [Talker(whole.url, stopped) for _ in range(CITIZENS)]
    for talker in talking:
        talker.start()
    try:
        for kills in ROUNDS:
            for parts in kills:
                time.sleep(TALK_BETWEEN)
                for part in parts:
                    whole.kill_part(part)
            whole.wait_until_ready()
        time.sleep(TALK_BETWEEN)
    finally:
        stopped.set()
        for talker in talking:
            talker.join()
    return talking


@pytest.fixture(scope="module")
def database(whole):
    made = Database(whole.database_url)
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def referrals(talkers, database):
    with database.read() as session:
        return session.scalars(select(Referral)).all()


def test_every_citizen_got_a_reply_to_every_turn(talkers):
    assert [talker.wrong for talker in talkers] == [[]] * CITIZENS
    assert sum(talker.sent_again for talker in talkers) > 0, "the kills were not felt"
    assert sum(len(talker.codes) for talker in talkers) > 20


def test_every_card_that_was_seen_is_in_the_journal_once_as_shown(talkers, referrals):
    seen = {code for talker in talkers for code in talker.codes}
    shown = Counter(referral.code for referral in referrals if referral.shown_at)
    assert set(shown) == seen
    assert set(shown.values()) == {1}


def test_no_turn_has_two_referrals(talkers, referrals):
    turns = Counter(referral.turn_id for referral in referrals)
    assert set(turns.values()) == {1}
    assert set(turns) <= {key for talker in talkers for key in talker.turn_keys}


def test_every_status_was_reached_by_legal_steps(database, referrals):
    with database.read() as session:
        for referral in referrals:
            of_this = select(ReferralEvent).where(ReferralEvent.referral_id == referral.id)
            events = session.scalars(of_this.order_by(ReferralEvent.sequence)).all()
            assert [event.sequence for event in events] == list(range(1, len(events) + 1))
            assert (events[0].from_status, events[0].to_status) == (None, Status.REQUESTED)
            for before, after in itertools.pairwise(events):
                assert after.from_status == before.to_status
                assert can_go(Status(after.from_status), Status(after.to_status))
            assert events[-1].to_status == referral.status


def test_what_nobody_saw_is_swept_and_nothing_else(whole, database, referrals):
    settings = Settings(state_dir=whole.folder)
    spool = UrgentSpool(whole.folder / "spool")
    run_jobs(settings, database, spool, START_AT + timedelta(hours=2))
    with database.read() as session:
        for before in referrals:
            after = session.get_one(Referral, before.id)
            assert after.status == (before.status if before.shown_at else Status.ENTERED_IN_ERROR)


def test_an_emergency_is_answered_while_the_rest_is_being_killed(whole, talkers):
    citizen = Citizen(whole.url)
    for part in ("rasa", "actions"):
        assert whole.kill_part(part)
        check_fixed_text(citizen.say(EMERGENCY), "zelfdoding", "nl")
    citizen.close()
    whole.wait_until_ready()


def test_control_c_stops_everything(whole, talkers, referrals):
    started = whole.list_processes()
    assert len(started) >= 5  # supervisor, Rasa, the action server, the door and the worker
    running = whole.interrupt()
    deadline = time.monotonic() + 20
    while any(map(is_alive, running)) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not [command for pid, command in (started | running).items() if is_alive(pid)]


def is_alive(pid):
    """Return whether the process runs; one that has ended and waits for its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(") ")[2][0] != "Z"
    except OSError:
        return False
