"""The timed work: what nobody saw is swept, what is over is erased, what waits on disk is counted."""

import re
from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select

from api.worker.jobs import drain_spool, run_jobs
from referral.conversations import service as conversations
from referral.db import Database
from referral.errors import DatabaseUnavailable, MailUnavailable
from referral.handover import service as handover
from referral.journal import service as journal
from referral.journal.service import Asked, Offer
from referral.journal.spool import SpooledUrgent, UrgentSpool
from referral.learning.service import Missed, note_missed
from referral.models.conversation import Conversation, Message
from referral.models.handover import End
from referral.models.organization import Organization
from referral.models.practice_run import PracticeRun
from referral.models.question import Question
from referral.models.referral import Referral
from referral.models.service import Service
from referral.models.session import StaffSession
from referral.models.unrecognised import Unrecognised
from referral.models.urgent_count import UrgentCount
from referral.practice import service as practice
from referral.practice.script import load_script
from referral.proposals.links import Use, load_key, read_token
from referral.referring.knowledge import load_knowledge
from referral.settings import Settings
from referral.staff import people
from referral.staff import service as staff
from tests.clock import TUESDAY
from tests.smtp import MailServer

NOW = TUESDAY
SETTINGS = Settings()


@pytest.fixture
def spool(tmp_path):
    return UrgentSpool(tmp_path / "spool")


def spool_line(number):
    return SpooledUrgent(f"c-{number}", "2026-11-24", "bieb", "zelfdoding")


def open_conversation(session, now):
    visit = journal.open_visit(session, channel="web", library_id="bieb", language="nl", now=now)
    conversation = conversations.open_conversation(
        session, visit_id=visit.id, library_id="bieb", channel="web", language="nl", now=now
    )
    conversations.record_message(session, conversation.id, conversations.Said(turn_id="turn-1", text="hallo"), now)


def refer(session, turn_id, now, *, service_id="spreekuur"):
    asked = Asked(turn_id=turn_id, visit_id=None, library_id="bieb", kind="anders", topic="digid", is_sensitive=False)
    question = journal.record_question(session, asked, now)
    offer = Offer(service_id=service_id, location_id=None, matched_because=[], is_example=False)
    return journal.refer(session, turn_id=turn_id, question=question, offer=offer, now=now).id


def count(database, kind):
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(kind))


def test_a_citizen_for_whom_nobody_came_goes_back_to_the_assistant(database, spool):
    with database.begin() as session:
        open_conversation(session, NOW)
        conversation = session.scalars(select(Conversation)).one()
        handover.ask(session, conversation, NOW)
    assert run_jobs(SETTINGS, database, spool, NOW)["unanswered"] == 0
    assert run_jobs(SETTINGS, database, spool, NOW + handover.PATIENCE)["unanswered"] == 1
    with database.read() as session:
        assert handover.find(session, conversation.id).ended_as is End.NOBODY


def test_when_nothing_is_due_nothing_is_done(database, spool):
    assert not any(run_jobs(SETTINGS, database, spool, NOW).values())


def test_a_session_that_was_not_used_for_a_week_is_forgotten(database, spool):
    with database.begin() as session:
        person = people.add_person(session, "Noor", "noor@x.nl", now=NOW)
        staff.open_session(session, person, NOW)
    assert run_jobs(SETTINGS, database, spool, NOW + timedelta(days=7))["purged session"] == 0
    assert run_jobs(SETTINGS, database, spool, NOW + timedelta(days=7, seconds=1))["purged session"] == 1
    assert count(database, StaffSession) == 0


def test_what_nobody_saw_is_swept_and_what_somebody_saw_stays(database, spool):
    with database.begin() as session:
        session.add(Organization(id="raadslieden", name="Raadslieden", description=""))
        session.flush()
        session.add(Service(id="spreekuur", organization_id="raadslieden", name="Spreekuur"))
        session.flush()
        lost, seen = refer(session, "turn-1", NOW), refer(session, "turn-2", NOW)
        journal.mark_shown(session, seen, NOW)
    later = NOW + timedelta(minutes=11)
    assert run_jobs(SETTINGS, database, spool, later)["swept"] == 1
    assert run_jobs(SETTINGS, database, spool, later)["swept"] == 0
    with database.read() as session:
        statuses = dict(session.execute(select(Referral.id, Referral.status)).all())
    assert statuses == {lost: "entered-in-error", seen: "requested"}


@pytest.mark.parametrize("hours", [1, 24])
def test_a_conversation_goes_with_its_messages_after_the_hours_of_the_settings(database, spool, hours):
    with database.begin() as session:
        open_conversation(session, NOW)
        open_conversation(session, NOW + timedelta(minutes=30))
    settings = SETTINGS.model_copy(update={"conversation_hours": hours})
    almost = NOW + timedelta(hours=hours)
    assert run_jobs(settings, database, spool, almost)["purged conversation"] == 0
    assert run_jobs(settings, database, spool, almost + timedelta(minutes=1))["purged conversation"] == 1
    assert (count(database, Conversation), count(database, Message)) == (1, 1)


def test_what_a_conversation_left_unclear_is_kept_when_it_goes_and_no_longer_than_the_settings_say(database, spool):
    with database.begin() as session:
        open_conversation(session, NOW)
        conversation_id = session.scalar(select(Conversation.id))
        conversations.note_unclear(session, conversation_id, "turn-1", ["digid"])
    over = NOW + timedelta(hours=24, minutes=1)
    done = run_jobs(SETTINGS, database, spool, over)
    assert (done["purged conversation"], count(database, Unrecognised)) == (1, 1)
    run_jobs(SETTINGS, database, spool, over)
    assert run_jobs(SETTINGS, database, spool, NOW + timedelta(days=SETTINGS.learning_days))["purged unrecognised"] == 0
    assert count(database, Unrecognised) == 1
    assert (
        run_jobs(SETTINGS, database, spool, NOW + timedelta(days=SETTINGS.learning_days + 1))["purged unrecognised"]
        == 1
    )
    assert count(database, Unrecognised) == 0


@pytest.mark.parametrize("days", [1, 30])
def test_a_look_up_goes_after_the_days_of_the_settings(database, spool, days):
    settings = SETTINGS.model_copy(update={"learning_days": days})
    with database.begin() as session:
        note_missed(session, Missed("bieb", "een raar ding", [], "digid"), load_knowledge().catalogue, NOW)
    assert run_jobs(settings, database, spool, NOW + timedelta(days=days))["purged unrecognised"] == 0
    assert run_jobs(settings, database, spool, NOW + timedelta(days=days + 1))["purged unrecognised"] == 1


def test_what_was_practised_goes_after_a_day(database, spool):
    visitor = next(iter(load_script(SETTINGS.data_dir).values()))
    with database.begin() as session:
        person = people.add_person(session, "Noor", "noor@x.nl", now=NOW)
        run_id = practice.start(session, person.id, visitor, NOW).id
    apart = database.practise(run_id)
    asked = Asked(turn_id="turn", visit_id=None, library_id="bieb", kind="anders", topic="digid", is_sensitive=False)
    with apart.begin() as session:
        journal.record_question(session, asked, NOW)
    assert run_jobs(SETTINGS, database, spool, NOW + timedelta(days=1))["purged practice"] == 0
    assert count(apart, Question) == 1
    assert run_jobs(SETTINGS, database, spool, NOW + timedelta(days=1, seconds=1))["purged practice"] == 1
    assert (count(apart, Question), count(database, PracticeRun)) == (0, 0)


def test_emergencies_on_disk_are_counted_once_and_then_leave_the_disk(database, spool, tmp_path):
    for number in (1, 2, 1):
        spool.append(spool_line(number))
    assert run_jobs(SETTINGS, database, spool, NOW)["drained"] > 0
    assert count(database, UrgentCount) == 2
    assert (tmp_path / "spool" / "urgent.jsonl").read_text() == ""
    assert run_jobs(SETTINGS, database, spool, NOW)["drained"] == 0
    spool.append(spool_line(2))  # the answer was lost, so it came again
    run_jobs(SETTINGS, database, spool, NOW)
    assert count(database, UrgentCount) == 2


def test_while_the_database_is_down_the_disk_keeps_them(spool, tmp_path):
    spool.append(spool_line(1))
    kept = (tmp_path / "spool" / "urgent.jsonl").read_text()
    lost = Database(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.db'}")
    with pytest.raises(DatabaseUnavailable):
        drain_spool(lost, spool)
    lost.dispose()
    assert (tmp_path / "spool" / "urgent.jsonl").read_text() == kept


def test_a_worker_that_dies_between_counting_and_clearing_does_not_count_twice(database, spool):
    spool.append(spool_line(1))
    with database.begin() as session:
        spool.drain(session)  # committed, and the power goes before `clear`
    run_jobs(SETTINGS, database, spool, NOW)
    assert count(database, UrgentCount) == 1


# ── letters to partners ───────────────────────────────────────────────────────


@pytest.fixture
def mail_server():
    made = MailServer()
    yield made
    made.close()


def make_mail_settings(mail_server, tmp_path):
    return SETTINGS.model_copy(
        update={
            "smtp_url": SecretStr(mail_server.url),
            "mail_from": "gids@bibliotheek.example",
            "public_url": "https://hulp.example.nl",
            "state_dir": tmp_path,
        }
    )


def add_partner(database, name, email):
    with database.begin() as session:
        session.add(Organization(id=name, name=name, description="", email=email))
        session.flush()
        session.add(Service(id=f"{name}-dienst", organization_id=name, name="Spreekuur", check_due=NOW.date()))


def test_a_partner_gets_one_letter_a_week_with_its_own_link(database, spool, tmp_path, mail_server):
    add_partner(database, "raadslieden", "post@raadslieden.example")
    settings = make_mail_settings(mail_server, tmp_path)
    mailed = [run_jobs(settings, database, spool, NOW + timedelta(hours=hours))["mailed"] for hours in (0, 1, 25)]
    assert mailed == [1, 0, 0]
    assert run_jobs(settings, database, spool, NOW + timedelta(days=7))["mailed"] == 1
    first = mail_server.letters[0]
    assert first["To"] == "post@raadslieden.example"
    token = re.search(r"https://hulp\.example\.nl/p/(\S+)", first.get_content()).group(1)
    assert read_token(load_key(settings), token, NOW) == "raadslieden"


def test_a_letter_that_could_not_leave_is_sent_later(database, spool, tmp_path, mail_server):
    add_partner(database, "raadslieden", "post@raadslieden.example")
    settings = make_mail_settings(mail_server, tmp_path)
    mail_server.refuses = True
    with pytest.raises(MailUnavailable):
        run_jobs(settings, database, spool, NOW)
    mail_server.refuses = False
    assert run_jobs(settings, database, spool, NOW + timedelta(minutes=30))["mailed"] == 0
    assert run_jobs(settings, database, spool, NOW + timedelta(minutes=61))["mailed"] == 1


def test_without_a_mail_server_the_list_is_made_and_nothing_leaves(database, spool):
    add_partner(database, "raadslieden", "post@raadslieden.example")
    done = run_jobs(SETTINGS, database, spool, NOW)
    assert (done["reminded"], done["mailed"]) == (1, 0)


def test_a_partner_hears_once_a_week_what_is_open_and_every_link_opens_its_own_page(
    database, spool, tmp_path, mail_server
):
    add_partner(database, "raadslieden", "post@raadslieden.example")
    with database.begin() as session:
        session.get(Service, "raadslieden-dienst").check_due = None  # no letter about the entry
        referral_id = refer(session, "turn-1", NOW, service_id="raadslieden-dienst")
        journal.mark_shown(session, referral_id, NOW)
        code = journal.get_referral(session, referral_id).code
    settings = make_mail_settings(mail_server, tmp_path)
    sent = [run_jobs(settings, database, spool, NOW + timedelta(days=days))["digested"] for days in (0, 1, 7)]
    assert sent == [1, 0, 1]
    assert [letter["To"] for letter in mail_server.letters] == ["post@raadslieden.example"] * 2
    text = mail_server.letters[0].get_content()
    assert code in text
    key = load_key(settings)
    for path, use, subject in (
        ("verwijzing", Use.REPLY, referral_id),
        ("p", Use.CORRECT, "raadslieden"),
        ("weekmail", Use.DIGEST, "raadslieden"),
    ):
        token = re.search(rf"https://hulp\.example\.nl/{path}/(\S+)", text).group(1)
        assert read_token(key, token, NOW, use) == subject


def test_a_partner_hears_nothing_of_practice(database, spool, tmp_path, mail_server):
    add_partner(database, "raadslieden", "post@raadslieden.example")
    visitor = next(iter(load_script(SETTINGS.data_dir).values()))
    with database.begin() as session:
        session.get(Service, "raadslieden-dienst").check_due = None  # no letter about the entry
        person = people.add_person(session, "Noor", "noor@x.nl", now=NOW)
        run_id = practice.start(session, person.id, visitor, NOW).id
    apart = database.practise(run_id)
    with apart.begin() as session:
        journal.mark_shown(session, refer(session, "turn-1", NOW, service_id="raadslieden-dienst"), NOW)
    assert count(apart, Referral) == 1
    assert run_jobs(make_mail_settings(mail_server, tmp_path), database, spool, NOW)["digested"] == 0
    assert mail_server.letters == []


def test_a_letter_of_the_week_that_could_not_leave_is_sent_later(database, spool, tmp_path, mail_server):
    add_partner(database, "raadslieden", "post@raadslieden.example")
    with database.begin() as session:
        session.get(Service, "raadslieden-dienst").check_due = None
        journal.mark_shown(session, refer(session, "turn-1", NOW, service_id="raadslieden-dienst"), NOW)
    settings = make_mail_settings(mail_server, tmp_path)
    mail_server.refuses = True
    with pytest.raises(MailUnavailable):
        run_jobs(settings, database, spool, NOW)
    mail_server.refuses = False
    assert run_jobs(settings, database, spool, NOW + timedelta(minutes=30))["digested"] == 0
    assert run_jobs(settings, database, spool, NOW + timedelta(minutes=61))["digested"] == 1
