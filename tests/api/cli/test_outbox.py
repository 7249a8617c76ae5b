"""`omdehoek outbox`: what waits for each sink, and what was refused."""

from referral.clock import read_clock
from referral.db import Database
from referral.models.outgoing import Delivery, Outgoing
from referral.settings import get_settings

SINK = {"OMDEHOEK_EVENTS_FILE": "/nowhere/at/all/events"}


def test_what_waits_and_what_was_given_up_is_shown_and_tried_again(omdehoek):
    assert omdehoek("outbox", "list", **SINK).out == "file: 0 waiting\n"
    database = Database(get_settings().get_database_url())
    with database.begin() as session:
        for name in ("one", "two"):
            session.add(Outgoing(id=name, type="nl.omdehoek.gap.created", subject="g", data={}, at=read_clock()))
        session.flush()
        session.add(Delivery(sink="file", event_id="one", refusals=5, is_dead=True, answer="HTTP 400"))
    database.dispose()
    waiting, dead = omdehoek("outbox", "list").out.splitlines()
    assert waiting == "file: 1 waiting"
    assert dead.split() == ["given", "up", "file", "nl.omdehoek.gap.created", "one", "HTTP", "400"]
    assert omdehoek("outbox", "retry").out == "1 events are tried again\n"
    assert omdehoek("outbox", "list").out == "file: 2 waiting\n"
