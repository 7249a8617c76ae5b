"""`omdehoek doctor` finds what is wrong, says how to mend it, and is content where all is well."""

import json
import socket
from datetime import timedelta

import pytest

from api.checkup.data import look_at_data
from api.checkup.finding import State
from api.checkup.machine import look_at_machine
from api.checkup.running import look_at_parts
from api.checkup.settings import look_at_settings
from referral.db import Database
from referral.heartbeats import beat
from referral.journal.spool import SpooledUrgent, UrgentSpool
from referral.models.outgoing import Delivery, Outgoing
from referral.settings import Settings
from referral.staff.people import make_first_manager
from tests.clock import TUESDAY
from tests.postgres import find_free_port

SECRET = "whsec_" + "c2VjcmV0" * 6
WRONG_SETTINGS = {
    "a webhook without a bot": (
        {"telegram_webhook_url": "https://hulp.example.nl/telegram"},
        "OMDEHOEK_TELEGRAM_TOKEN",
    ),
    "mail without a sender": ({"smtp_url": "smtp://mail.example.nl"}, "OMDEHOEK_MAIL_FROM"),
    "half a sign-in": ({"oidc_issuer": "https://werk.example.nl"}, "OMDEHOEK_OIDC_CLIENT_ID"),
    "events without a secret": ({"events_url": "https://events.example.nl"}, "OMDEHOEK_EVENTS_SECRET"),
    "open to the world": ({"host": "::"}, "OMDEHOEK_PUBLIC_URL"),
    "without https": ({"public_url": "http://hulp.example.nl"}, "certificate"),
    "subsidy for nobody": ({"subsidy_cents": 2}, "OMDEHOEK_INHABITANTS"),
}


@pytest.fixture
def settings(make_settings):
    return make_settings()


@pytest.fixture
def database(settings):
    made = Database(settings.get_database_url())
    yield made
    made.dispose()


def pick(findings, part):
    return next(one for one in findings if one.part == part)


@pytest.mark.parametrize("name", WRONG_SETTINGS)
def test_settings_that_do_not_go_together_are_told_with_what_to_set(make_settings, name):
    changes, named = WRONG_SETTINGS[name]
    (finding,) = look_at_settings(make_settings(**changes))
    assert finding.state in (State.WRONG, State.NOTE)
    assert named in finding.mend


def test_settings_that_go_together_are_right(make_settings):
    fine = make_settings(
        smtp_url="smtp://mail.example.nl",
        mail_from="bieb@example.nl",
        events_url="https://events.example.nl",
        events_secret=SECRET,
        public_url="https://hulp.example.nl",
        host="::",
    )
    assert [one.state for one in look_at_settings(fine)] == [State.RIGHT]


def test_a_database_that_is_away_is_the_only_thing_said_of_it_and_its_password_is_not(make_settings):
    url = f"postgresql+psycopg://omdehoek:geheimpje@127.0.0.1:{find_free_port()}/omdehoek"
    (finding,) = look_at_data(make_settings(database_url=url), TUESDAY)
    assert finding.state is State.WRONG
    assert "geheimpje" not in finding.told + finding.mend


def test_a_database_that_does_not_exist_yet_is_told_and_not_made(tmp_path):
    (finding,) = look_at_data(Settings(state_dir=tmp_path, database_url=""), TUESDAY)
    assert finding.state is State.WRONG
    assert "make run" in finding.mend
    assert list(tmp_path.iterdir()) == []


def test_what_is_in_the_database_is_told(settings, database):
    found = list(look_at_data(settings, TUESDAY))
    assert pick(found, "database").state is State.RIGHT
    assert pick(found, "library").state is State.NOTE  # an example
    assert pick(found, "accounts").state is State.WRONG
    assert pick(found, "events").state is State.OFF
    with database.begin() as session:
        make_first_manager(session, "beheer@bibliotheek.example", TUESDAY)
    assert pick(look_at_data(settings, TUESDAY), "accounts").state is State.RIGHT


def test_a_library_that_is_not_in_the_directory_is_wrong(make_settings):
    assert pick(look_at_data(make_settings(library="nergens"), TUESDAY), "library").state is State.WRONG


def test_events_that_wait_too_long_or_were_given_up_are_told(make_settings, tmp_path):
    settings = make_settings(events_file=tmp_path / "events.jsonl")
    database = Database(settings.get_database_url())
    with database.begin() as session:
        session.add(Outgoing(id="e-1", type="nl.x", subject="s", data={}, at=TUESDAY))
        session.add(Outgoing(id="e-2", type="nl.x", subject="s", data={}, at=TUESDAY))
        session.flush()
        session.add(Delivery(sink="webhook", event_id="e-2", is_dead=True))
    database.dispose()
    soon = [one.state for one in look_at_data(settings, TUESDAY + timedelta(minutes=1)) if one.part == "events"]
    late = [one for one in look_at_data(settings, TUESDAY + timedelta(hours=1)) if one.part == "events"]
    assert soon == [State.RIGHT, State.WRONG]
    assert [one.state for one in late] == [State.WRONG, State.WRONG]
    assert [one.mend for one in late] == [
        "`omdehoek outbox list` tells why",
        "mend the receiver, then `omdehoek outbox retry`",
    ]


def test_emergencies_that_wait_on_disk_are_told(settings):
    UrgentSpool(settings.state_dir / "spool").append(SpooledUrgent("1", "2026-11-24", "b", "zelfdoding"))
    assert "1 emergencies" in pick(look_at_data(settings, TUESDAY), "emergencies").told


def test_a_worker_that_is_silent_is_told_with_when_it_last_worked(settings, database):
    assert "not done any work" in pick(look_at_data(settings, TUESDAY), "worker").told
    with database.begin() as session:
        beat(session, TUESDAY)
    assert pick(look_at_data(settings, TUESDAY), "worker").state is State.RIGHT
    late = pick(look_at_data(settings, TUESDAY + timedelta(hours=1)), "worker")
    assert (late.state, "2026-11-24 09:15 UTC" in late.told) == (State.NOTE, True)


def test_where_nothing_runs_that_is_no_fault(settings):
    settings.port = find_free_port()
    assert [one.state for one in look_at_parts(settings)] == [State.OFF]


def test_a_port_of_another_program_is_wrong(settings):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings.port = find_free_port()
        settings.actions_port = taken.getsockname()[1]
        states = {one.part: one.state for one in look_at_parts(settings)}
    assert states == {"action server": State.WRONG, "processes": State.OFF}


def test_where_one_part_is_away_and_others_answer_that_one_is_wrong(settings, rasa):
    settings.port, settings.rasa_port = find_free_port(), rasa.port
    states = {one.part: one.state for one in look_at_parts(settings)}
    assert states.pop(f"Rasa (http://127.0.0.1:{rasa.port})") is State.RIGHT
    assert set(states.values()) == {State.WRONG}


def test_a_folder_that_is_a_file_is_wrong(tmp_path):
    (tmp_path / "var").write_text("a file")
    finding = next(look_at_machine(Settings(state_dir=tmp_path / "var")))
    assert finding.state is State.WRONG
    assert "OMDEHOEK_STATE_DIR" in finding.mend


def test_a_shifted_clock_is_told(make_settings):
    assert pick(look_at_machine(make_settings(clock_shift=3600)), "clock").state is State.NOTE


def test_the_command_says_it_in_words_and_for_programs(omdehoek, trained_model):
    said = omdehoek("doctor")
    assert said.code == 1
    assert "database:" in said.out
    assert "→ start once with `make run`" in said.out
    told = json.loads(omdehoek("doctor", "--json").out)
    assert pick_told(told, "model") == "right"


def pick_told(told, part):
    return next(one["state"] for one in told if one["part"] == part)
