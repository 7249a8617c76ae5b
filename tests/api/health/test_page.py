"""Staff see which part works, and what it means for citizens when one does not."""

from datetime import timedelta

import pytest

from api.health.connections import State, list_connections
from referral.heartbeats import beat
from referral.journal.spool import SpooledUrgent, UrgentSpool
from referral.models.outgoing import Delivery, Outgoing
from tests.api.account.colleague import Colleague, add_person
from tests.clock import TUESDAY

SECRET = "whsec_" + "c2VjcmV0" * 6


def look(door):
    """Return {part and name: connection}."""
    with door.database.read() as session:
        found = list_connections(door.settings, door.app.state.rasa, session, TUESDAY)
    return {f"{one.part} {one.name}".strip(): one for one in found}


def states(door):
    return {name: str(one.state) for name, one in look(door).items()}


def test_what_is_away_is_broken_and_what_is_not_set_up_is_off(make_door):
    assert states(make_door()) == {
        "understanding": "broken",
        "referring": "broken",
        "worker": "broken",
        "events": "off",
        **dict.fromkeys(("mail", "telegram", "postcodes", "addresses", "work_account"), "off"),
    }


def test_what_answers_works(make_door, rasa, rasa_server):
    door = make_door(rasa_port=rasa.port, actions_port=rasa_server.port)
    with door.database.begin() as session:
        beat(session, TUESDAY - timedelta(minutes=9))
    assert [states(door)[part] for part in ("understanding", "referring", "worker")] == ["works"] * 3


def test_a_worker_that_is_silent_for_long_is_broken_and_the_page_tells_since_when(make_door):
    door = make_door()
    with door.database.begin() as session:
        beat(session, TUESDAY - timedelta(hours=2))
        beat(session, TUESDAY - timedelta(minutes=11))
    found = look(door)["worker"]
    assert (found.state, found.since) == (State.BROKEN, TUESDAY - timedelta(minutes=11))


def test_what_is_set_up_is_told_as_set_up_and_not_as_working(make_door, tmp_path):
    postcodes = tmp_path / "postcodes.txt"
    postcodes.write_text("", encoding="utf-8")
    door = make_door(
        smtp_url="smtp://mail.example.nl",
        mail_from="ido@example.nl",
        telegram_token="1:a",  # noqa: S106
        postcode_file=postcodes,
        locatieserver_url="https://adres.example.nl",
        oidc_issuer="https://werk.example.nl",
    )
    told = states(door)
    assert {told[part] for part in ("mail", "telegram", "postcodes", "addresses", "work_account")} == {"set"}


def test_events_that_wait_long_and_those_that_were_given_up_are_told(make_door, tmp_path):
    door = make_door(events_file=tmp_path / "e", events_url="http://127.0.0.1:9/x", events_secret=SECRET)
    UrgentSpool(door.settings.state_dir / "spool").append(SpooledUrgent("u", "2026-11-24", "b", "suicide"))
    with door.database.begin() as session:
        for name, minutes in (("old", 11), ("new", 9)):
            session.add(Outgoing(id=name, type="t", subject=name, data={}, at=TUESDAY - timedelta(minutes=minutes)))
        session.flush()
        session.add(Delivery(sink="file", event_id="old", is_dead=True, refusals=1))
    found = look(door)
    assert (found["events file"].state, found["events file"].count) == (State.WORKS, 1)
    assert (found["events webhook"].state, found["events webhook"].count) == (State.WAITS, 2)
    assert found["events webhook"].since == TUESDAY - timedelta(minutes=11)
    assert (found["events_given_up"].count, found["spool"].count) == (1, 1)


def test_a_wrong_setting_for_events_is_told(make_door):
    assert states(make_door(events_url="http://127.0.0.1:9/x", events_secret="no"))["events"] == "broken"  # noqa: S106


@pytest.mark.parametrize("grant", ["staff library:bibliotheek-zwolle-voorbeeld", "analyst country"])
def test_staff_see_the_page_and_those_who_only_read_figures_do_not(make_door, grant):
    door = make_door()
    add_person(door, "noor@x.nl", grant)
    noor = Colleague(door)
    assert noor.sign_in("noor@x.nl").status_code == 303
    page = noor.get("/verbindingen")
    if grant.startswith("analyst"):
        assert page.status_code == 403
        return
    assert "Niet alles werkt." in page.text
    assert "Bezoekers kiezen zelf een onderwerp." in page.text
    assert 'href="/verbindingen" aria-current="page"' in page.text
