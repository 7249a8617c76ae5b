"""The timed work: what nobody saw is swept, what is over is erased, what waits on disk is counted."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from api.worker.jobs import drain_spool, run_jobs
from referral.conversations import service as conversations
from referral.db import Database
from referral.errors import DatabaseUnavailable
from referral.journal import service as journal
from referral.journal.service import Asked, Offer
from referral.journal.spool import SpooledUrgent, UrgentSpool
from referral.models.conversation import Conversation, Message
from referral.models.organization import Organization
from referral.models.referral import Referral
from referral.models.service import Service
from referral.models.session import StaffSession
from referral.models.urgent_count import UrgentCount
from referral.settings import Settings
from referral.staff import people
from referral.staff import service as staff
from tests.clock import TUESDAY

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


def refer(session, turn_id, now):
    asked = Asked(turn_id=turn_id, visit_id=None, library_id="bieb", kind="anders", topic="digid", is_sensitive=False)
    question = journal.record_question(session, asked, now)
    offer = Offer(service_id="spreekuur", location_id=None, matched_because=[], is_example=False)
    return journal.refer(session, turn_id=turn_id, question=question, offer=offer, now=now).id


def count(database, kind):
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(kind))


def test_when_nothing_is_due_nothing_is_done(database, spool):
    assert not any(run_jobs(SETTINGS, database, spool, NOW).values())


def test_a_session_that_was_not_used_for_a_week_is_forgotten(database, spool):
    with database.begin() as session:
        person = people.add_person(session, "Noor", "noor@x.nl", now=NOW)
        staff.open_session(session, person, NOW)
    assert run_jobs(SETTINGS, database, spool, NOW + timedelta(days=7))["forgotten"] == 0
    assert run_jobs(SETTINGS, database, spool, NOW + timedelta(days=7, seconds=1))["forgotten"] == 1
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
    assert run_jobs(settings, database, spool, almost)["deleted"] == 0
    assert run_jobs(settings, database, spool, almost + timedelta(minutes=1))["deleted"] == 1
    assert (count(database, Conversation), count(database, Message)) == (1, 1)


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
