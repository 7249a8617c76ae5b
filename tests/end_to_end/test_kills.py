"""The whole product under SIGKILL: no card unseen in the journal, none twice, and it comes back by itself."""

import itertools
import threading
import time
import uuid
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from referral.db import Database
from referral.journal.statuses import Status, can_go
from referral.models.referral import Referral, ReferralEvent
from tests.citizen import Citizen
from tests.end_to_end.whole import Whole

CITIZENS = 4
KILLS = ("rasa", "actions", "api", "rasa", "actions")
PAUSE = 6.0
PATIENCE = 180.0
QUESTIONS = (
    "ik heb een brief van de deurwaarder, ik woon in Zwolle",
    "mijn digid werkt niet, ik woon in Zwolle",
    "hulp bij de huurtoeslag in Ommen graag",
    "ik kan mijn rekeningen niet betalen, ik woon in Ommen",
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory, trained_model):
    made = Whole(tmp_path_factory.mktemp("whole"))
    try:
        made.start()
        yield made
    finally:
        made.stop()


class Visitor(threading.Thread):
    """A citizen who asks and asks again; sends a turn with the same id until it is answered, as a client does."""

    def __init__(self, url, question, stopped):
        super().__init__(daemon=True)
        self.url, self.question, self.stopped = url, question, stopped
        self.codes, self.failure = [], None

    def run(self):
        try:
            while not self.stopped.is_set():
                citizen = self.open()
                self.see(self.send(citizen, {"text": self.question}), citizen)
                another = [button["id"] for button in citizen.reply["buttons"] if button["label"] == "Een ander adres"]
                if another:
                    self.see(self.send(citizen, {"buttonId": another[0]}), citizen)
                citizen.close()
        except Exception as error:  # a thread tells the test
            self.failure = error

    def open(self):
        return self.insist(lambda: Citizen(self.url))

    def send(self, citizen, said):
        turn = {"turnId": uuid.uuid4().hex, **said}

        def try_once():
            answer = citizen.send(turn)
            answer.raise_for_status()
            return answer.json()

        return self.insist(try_once)

    @staticmethod
    def insist(attempt):
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return attempt()
            except httpx.HTTPError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.3)

    def see(self, reply, citizen):
        citizen.reply = reply
        self.codes += [card["code"] for card in citizen.cards]


def test_every_card_that_was_seen_is_in_the_journal_once_whatever_is_killed(whole):
    stopped = threading.Event()
    visitors = [Visitor(whole.url, QUESTIONS[number % len(QUESTIONS)], stopped) for number in range(CITIZENS)]
    for visitor in visitors:
        visitor.start()
    killed = []
    for part in KILLS:
        time.sleep(PAUSE)
        if whole.kill_part(part):
            killed.append(part)
    whole.wait_until_ready()
    time.sleep(PAUSE)
    stopped.set()
    for visitor in visitors:
        visitor.join(PATIENCE)
    assert [visitor.failure for visitor in visitors] == [None] * CITIZENS
    assert len(killed) == len(KILLS)
    check_journal(whole.database_url, [code for visitor in visitors for code in visitor.codes])


def check_journal(url, seen):
    database = Database(url)
    with database.read() as session:
        referrals = list(session.scalars(select(Referral)))
        events = list(
            session.scalars(select(ReferralEvent).order_by(ReferralEvent.referral_id, ReferralEvent.sequence))
        )
    database.dispose()
    assert len(seen) >= CITIZENS
    assert len(set(seen)) == len(seen)
    shown = {referral.code for referral in referrals if referral.shown_at is not None}
    assert set(seen) == shown
    assert len({referral.turn_id for referral in referrals}) == len(referrals)
    for before, after in itertools.pairwise(events):
        if before.referral_id == after.referral_id:
            assert after.sequence == before.sequence + 1
            assert can_go(Status(before.to_status), Status(after.to_status))


def test_an_emergency_is_answered_while_everything_else_is_being_killed(whole):
    citizen = Citizen(whole.url)
    for part in ("rasa", "actions"):
        assert whole.kill_part(part)
        reply = citizen.say("ik wil niet meer leven, ik woon in Zwolle")
        assert reply["urgent"]["signal"] == "zelfdoding"
        assert reply["messages"] == []
    citizen.close()
    whole.wait_until_ready()


def test_ctrl_c_stops_everything(whole):
    running = whole.interrupt()
    assert len(running) >= 5  # supervisor and its four
    deadline = time.monotonic() + 20
    alive = set(running)
    while alive and time.monotonic() < deadline:
        alive = {pid for pid in alive if is_alive(pid)}
        time.sleep(0.2)
    assert not alive


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
