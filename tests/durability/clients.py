"""Those who use the assistant while it is being killed: citizens, a colleague at the desk, partners.

Each sends the very same again until there is an answer, as the widget and a patient person do.
"""

import random
import re
import threading
import time
import uuid

import httpx
from sqlalchemy import select

from referral.conversations.service import make_turn_key
from referral.errors import DatabaseUnavailable
from referral.models.referral import Referral
from referral.proposals.links import Use, load_key, make_token
from tests.api.account.colleague import PASSWORD, read_hidden
from tests.conversations.emergencies import EMERGENCIES, check_fixed_text
from tests.conversations.seen import find_label
from tests.processes import START_AT

# Seconds between two things that one client does, so that what was killed has room to start.
PACE = 0.1
GIVE_UP = 120.0
# Answers after which the same may be sent again: still busy, too fast, a part is down. A bare 500 is none of them.
COME_BACK = (409, 429, 503)
EMERGENCY = "emergency"
# What is said, or pressed where there is such a button; then a new conversation.
SCRIPT = (
    ("say", "mijn DigiD werkt niet, ik woon in Zwolle"),
    ("press", "button_another"),
    ("press", "button_keep"),
    ("say", "ik heb schulden"),
    ("press", "button_another"),
    (EMERGENCY, ""),
    ("say", "ik wil zorgtoeslag aanvragen"),
    ("press", "zorgtoeslag"),
    ("press", "button_skip"),
    ("press", "button_yes"),
)
TOPICS = ("boete", "digid", "zorgtoeslag")
DESK_ANSWERS = {"kind": "anders", "organisation": "cjib", "help_given": "information", "resolved": "yes"}
CODE = re.compile(r'<span class="secret">([0-9A-Z]{4}-[0-9A-Z]{4})</span>')


class Client(threading.Thread):
    """Does `act` again and again until it is stopped, and then ends what it had begun."""

    def __init__(self, url, ledger, stopped, *, seed):
        super().__init__()
        self.ledger, self.stopped, self.dice = ledger, stopped, random.Random(seed)  # noqa: S311
        self.http = httpx.Client(base_url=url, timeout=20, headers={"Sec-Fetch-Site": "same-origin"})

    def run(self):
        try:
            while not self.stopped.is_set():
                self.act()
        except AssertionError as error:
            self.ledger.wrong.append(f"{type(self).__name__}: {error}")
        finally:
            self.http.close()

    def insist(self, method, path, *, fine=(200, 201, 303), **content):
        """Send the same until the answer is one of `fine`, and return that."""
        deadline = time.monotonic() + GIVE_UP
        while True:
            time.sleep(PACE)
            try:
                answer = self.http.request(method, path, **content)
            except httpx.HTTPError:
                self.ledger.answers[0] += 1
            else:
                self.ledger.answers[answer.status_code] += 1
                if answer.status_code in fine:
                    return answer
                assert answer.status_code in COME_BACK, f"{path}: {answer.status_code} {answer.text[:300]}"
            assert time.monotonic() < deadline, f"{path}: no answer in {GIVE_UP} s"


class Talker(Client):
    """A citizen in the chat."""

    def act(self):
        opened = self.insist("POST", "/v1/conversations", json={"language": "nl"}).json()
        path = f"/v1/conversations/{opened['conversationId']}/messages"
        reply = opened["replies"][0]
        for act, what in SCRIPT:
            signal, language, cry = self.dice.choice(EMERGENCIES)
            said = {"say": {"text": what}, "press": find_button(reply, what), EMERGENCY: {"text": cry}}[act]
            if said is None:
                continue
            turn_id = uuid.UUID(int=self.dice.getrandbits(128)).hex
            self.ledger.turn_keys.append(make_turn_key(opened["conversationId"], turn_id))
            reply = self.insist("POST", path, json={"turnId": turn_id, **said}).json()
            self.ledger.cards += [message["card"]["code"] for message in reply["messages"] if message["card"]]
            if act == EMERGENCY:
                check_fixed_text(reply, signal, language)
                self.ledger.emergencies.append(signal)


def find_button(reply, name):
    buttons = [*reply["menu"], *reply["buttons"]]
    return next(({"buttonId": one["id"]} for one in buttons if one["label"] == find_label(name, "nl")), None)


class Colleague(Client):
    """Somebody at the desk, who signs in once and refers one visitor after the other."""

    def __init__(self, *others, email, seed):
        super().__init__(*others, seed=seed)
        self._email = email

    def act(self):
        if not self.http.cookies:
            self.insist("POST", "/account/sign-in", data={"email": self._email, "password": PASSWORD}, fine=(303,))
        path = f"/desk/topics/{self.dice.choice(TOPICS)}"
        page = self.insist("GET", path).text
        partners = re.findall(r'name="partner" value="([^"]+)"', page)
        form = {**dict(read_hidden(page)), **DESK_ANSWERS, "duration": "short", "partner": partners[0], "way": "cold"}
        done = self.insist("POST", path, data=form, fine=(303,))
        self.ledger.slips += CODE.findall(self.insist("GET", done.headers["location"]).text)


class Partner(Client):
    """A partner who opens the link of its letter and says what became of it: once that somebody came, then the end."""

    def __init__(self, *others, database, settings, seed):
        super().__init__(*others, seed=seed)
        self._database, self._key = database, load_key(settings)
        self._done = 0

    def act(self):
        codes = list(self.ledger.slips)
        if self._done == len(codes):
            time.sleep(PACE)
            return
        code = codes[self._done]
        self._done += 1
        path = f"/verwijzing/{make_token(self._key, self._find_id(code), now=START_AT, days=60, use=Use.REPLY)}"
        for answer in ("came", self.dice.choice(("helped", "no_show"))):
            # 409: it stands there already, and the door's first answer was lost on the way.
            self.insist("POST", path, data={"act": answer}, fine=(303, 409))
            self.ledger.replies.append((code, answer))

    def _find_id(self, code):
        deadline = time.monotonic() + GIVE_UP
        while True:
            try:
                with self._database.read() as session:
                    return session.scalars(select(Referral.id).where(Referral.code == code)).one()
            except DatabaseUnavailable:
                assert time.monotonic() < deadline, "no database"
                time.sleep(PACE)
