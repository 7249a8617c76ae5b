"""The whole assistant with clients that use it, blows that fall on it, and rest at the end."""

import math
import threading
import time
from contextlib import ExitStack, contextmanager

from sqlalchemy import update

from referral.db import Database
from referral.models.location import Location
from referral.models.organization import Organization
from referral.models.service import Service
from referral.settings import Settings
from tests.api.account.colleague import add_person
from tests.durability.chaos import Chaos
from tests.durability.clients import Colleague, Partner, Talker
from tests.durability.ledger import Ledger
from tests.durability.postgres import MortalPostgres
from tests.end_to_end.whole import Whole

LINK_KEY = "a key for the links of partners, of this test only"
LIBRARY = "bibliotheek-zwolle-voorbeeld"
CITIZENS, COLLEAGUES, PARTNERS = 4, 2, 1


class Stage:
    """`kind`: sqlite or postgresql. A clock that stands at `START_AT` makes everybody open."""

    def __init__(self, folder, kind):
        self.ledger, self.kind, self.events_file = Ledger(), kind, folder / "events.jsonl"
        self._folder = folder

    @contextmanager
    def open(self):
        """Start everything; stop it at the end, whatever happened."""
        with ExitStack() as stack:
            url = {}
            self.server = MortalPostgres() if self.kind == "postgresql" else None
            if self.server:
                stack.callback(self.server.stop)
                url["OMDEHOEK_DATABASE_URL"] = self.server.start().url + "postgres"
            self.whole = Whole(
                self._folder,
                OMDEHOEK_EVENTS_FILE=str(self.events_file),
                OMDEHOEK_LINK_KEY=LINK_KEY,
                OMDEHOEK_SIGN_INS_PER_MINUTE="1000",
                OMDEHOEK_RASA_PROCESSES="2",
                **url,
            )
            self.settings = Settings(
                state_dir=self._folder,
                database_url=self.whole.database_url,
                events_file=self.events_file,
                link_key=LINK_KEY,
            )
            stack.callback(self.whole.stop)
            self.whole.start()
            self.database = Database(self.whole.database_url)
            stack.callback(self.database.dispose)
            self._people_it()
            yield self

    def _people_it(self):
        """Add the colleagues, and let the partners count: of an example nothing leaves."""
        for number in range(COLLEAGUES):
            add_person(self, make_email(number), f"staff library:{LIBRARY}")
        with self.database.begin() as session:
            for kind in (Organization, Service, Location):
                session.execute(update(kind).values(is_example=False))

    def play(self, kills, *, rasa, seed, seconds=math.inf):
        """Let the clients work through the blows, and until each has ended what it began; return the `Chaos`.

        When the seconds are over no other blow falls, however many were planned.
        """
        stopped = threading.Event()
        common = (self.whole.url, self.ledger, stopped)
        clients = [
            *(Talker(*common, seed=seed + number) for number in range(CITIZENS)),
            *(Colleague(*common, email=make_email(number), seed=seed + number) for number in range(COLLEAGUES)),
            *(
                Partner(*common, database=self.database, settings=self.settings, seed=seed + number)
                for number in range(PARTNERS)
            ),
        ]
        chaos = Chaos(self.whole, self.server, seed=seed)
        for client in clients:
            client.start()
        try:
            end = time.monotonic() + seconds
            for group in chaos.plan(kills, rasa=rasa):
                if time.monotonic() < end:
                    chaos.strike(group)
            self.whole.wait_until_ready()
            time.sleep(1)
        finally:
            stopped.set()
            for client in clients:
                client.join()
            self.whole.stop()
        return chaos


def make_email(number):
    return f"collega{number}@bibliotheek.example"
