"""Of each kind exactly what is due goes, whole, however the purge ends; what counts stays."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from referral.conversations import service as conversations
from referral.conversations.service import Said
from referral.errors import LinkExpired
from referral.handover import service as handover
from referral.journal import replies
from referral.models.base import Base
from referral.models.digest import Digest
from referral.models.outgoing import Outgoing
from referral.models.proposal import Proposal, ProposalStatus, Sender
from referral.models.referral import Referral
from referral.models.reminder import Reminder
from referral.models.unrecognised import Heard, Unrecognised
from referral.practice import service as practice
from referral.practice.script import load_script
from referral.retention import queries
from referral.retention.queries import SHELVES
from referral.retention.schedule import load_terms
from referral.retention.service import list_due, pick_short, purge
from referral.settings import ROOT, Settings
from referral.staff import people
from referral.staff import service as staff
from referral.telegram import follow_up
from referral.telegram import service as telegram
from tests.clock import TUESDAY
from tests.referral.conversations.conftest import open_one
from tests.referral.journal.conftest import refer_once, services  # noqa: F401  (a fixture)

pytestmark = pytest.mark.usefixtures("services")

TERMS = load_terms(Settings())
A_MINUTE = timedelta(minutes=1)
PERSON = "noor"


def add_conversation(session, name, at):
    conversation_id = open_one(session, at)
    conversations.record_message(session, conversation_id, Said(turn_id=f"turn-{name}", text=f"hallo {name}"), at)
    conversations.add_button(session, conversation_id, {"intent": "keep"})
    handover.ask(session, conversations.get_conversation(session, conversation_id), at)
    handover.note_signal(session, conversation_id, turn_id=f"turn-{name}", signal="112", now=at)


def add_unrecognised(session, name, at, **decided):
    session.add(Unrecognised(library_id="b", heard=Heard.CHAT, text=name, likely=[], day=at.date(), **decided))


def add_proposal(session, name, at, **decided):
    where = {"service_id": "spreekuur", "resource_type": "phone", "resource_id": name, "field_name": "number"}
    session.add(Proposal(**where, field="phone", previous="", sender=Sender.CITIZEN, **{"sent_at": at, **decided}))


def add_practice(database, name, at):
    with database.begin() as session:
        run_id = practice.start(session, PERSON, next(iter(load_script(ROOT / "data").values())), at).id
    with database.practise(run_id).begin() as session:
        refer_once(session, name, now=at)


def add_letter(table, session, name, at):
    weeks = {"organization_id": "raadslieden", "week": name}
    session.add(Digest(**weeks, referral_ids=[], claimed_at=at) if table is Digest else Reminder(**weeks, made_at=at))


def add_presence(session, name, at):
    """Every colleague has one presence only, so each is somebody else's."""
    person = people.add_person(session, name, f"{name}@x.nl", now=at)
    handover.note_presence(session, person.id, "b", at)


# How a record of each kind comes to be, at a moment.
MAKERS = {
    "conversation": add_conversation,
    "unrecognised": add_unrecognised,
    "discarded": lambda session, name, at: add_unrecognised(
        session, name, TUESDAY + timedelta(days=9), decision="discarded", decided_at=at
    ),
    "slip": lambda session, name, at: refer_once(session, name, now=at),
    "digest": lambda session, name, at: add_letter(Digest, session, name, at),
    "proposal_decided": lambda session, name, at: add_proposal(
        session, name, TUESDAY - timedelta(days=900), status=ProposalStatus.REFUSED, decided_at=at
    ),
    "proposal_open": add_proposal,
    "reminder": lambda session, name, at: add_letter(Reminder, session, name, at),
    "telegram_chat": lambda session, name, at: telegram.keep_chat(
        session, name, conversation_id=name, language="nl", now=at
    ),
    "telegram_update": lambda session, name, at: telegram.begin_update(session, int.from_bytes(name.encode()), at),
    "telegram_follow_up": lambda session, name, at: follow_up.agree(
        session, name, sealed="s", slip=name, language="nl", now=at, days=5
    ),
    "event": lambda session, name, at: session.add(Outgoing(type="t", subject=name, data={}, at=at)),
    "presence": add_presence,
    "session": lambda session, name, at: staff.open_session(session, session.get_one(people.Person, PERSON), at),
}


@pytest.fixture(autouse=True)
def colleague(database):
    with database.begin() as session:
        people.add_person(session, "Noor", "noor@x.nl", now=TUESDAY).id = PERSON


def add(database, kind, name, at):
    if kind == "practice":
        add_practice(database, name, at)
        return
    with database.begin() as session:
        MAKERS[kind](session, name, at)


def fill(database):
    """Put of each kind one that is due by a minute, one a minute short of it (a day: of days), and a fresh one."""
    for kind, term in TERMS.items():
        limit = TUESDAY - term.length
        step = timedelta(days=1) if kind == "unrecognised" else A_MINUTE
        for name, at in (("old", limit - step), ("young", limit + step), ("new", TUESDAY)):
            add(database, kind, f"{kind[-3:]}-{name}"[:8], at)


def read_tables(database):
    """Return every row of every table, practice as well."""
    with database.read() as session:
        tables = Base.metadata.sorted_tables
        return {table.name: {tuple(map(repr, row)) for row in session.execute(select(table))} for table in tables}


def compare(before, after):
    """Return (rows gone, rows that are new) of each table that changed."""
    changed = {name for name in before if before[name] != after[name]}
    return {name: (len(before[name] - after[name]), len(after[name] - before[name])) for name in changed}


GONE = {
    "conversation": dict.fromkeys(("conversation", "message", "button", "handover", "handover_line"), (1, 0)),
    "unrecognised": {"unrecognised": (1, 0)},
    "discarded": {"unrecognised": (1, 0)},
    "slip": {"referral": (1, 1)},
    "telegram_chat": {"telegram_chat": (1, 0)},
    "telegram_update": {"telegram_update": (1, 0)},
    "telegram_follow_up": {"telegram_follow_up": (1, 0)},
    "digest": {"digest": (1, 0)},
    "proposal_decided": {"proposal": (1, 0)},
    "proposal_open": {"proposal": (1, 0)},
    "reminder": {"reminder": (1, 0)},
    "practice": {"practice_run": (1, 0), "question": (1, 0), "referral": (1, 0), "referral_event": (1, 0)},
    "presence": {"presence": (1, 0)},
    "event": {"outgoing": (1, 0)},
    "session": {"session": (1, 0)},
}


@pytest.mark.parametrize("kind", SHELVES)
def test_of_a_kind_exactly_what_is_due_goes(database, kind):
    fill(database)
    before = read_tables(database)
    assert purge(database, {kind: TERMS[kind]}, TUESDAY) == {kind: 1}
    assert compare(before, read_tables(database)) == GONE[kind]


def test_a_second_purge_changes_nothing(database):
    fill(database)
    assert purge(database, TERMS, TUESDAY) == dict.fromkeys(TERMS, 1)
    after = read_tables(database)
    assert purge(database, TERMS, TUESDAY) == dict.fromkeys(TERMS, 0)
    assert read_tables(database) == after


def test_what_is_due_is_listed_with_its_oldest_day_and_nothing_goes_by_that(database):
    fill(database)
    before = read_tables(database)
    with database.read() as session:
        due = {one.kind: (one.count, one.oldest) for one in list_due(session, TERMS, TUESDAY)}
    days = {kind: (TUESDAY - term.length - A_MINUTE).date() for kind, term in TERMS.items()}
    days["unrecognised"] -= timedelta(days=1)
    assert due == {kind: (1, day) for kind, day in days.items()}
    assert read_tables(database) == before


def test_when_nothing_is_due_there_is_no_oldest_day(database):
    with database.read() as session:
        assert {(one.count, one.oldest) for one in list_due(session, TERMS, TUESDAY)} == {(0, None)}


@pytest.mark.parametrize("batch", [1, 3, 7, 8])
def test_more_than_a_batch_goes_in_several(database, batch):
    for number in range(7):
        add(database, "conversation", str(number), TUESDAY - timedelta(days=3))
    assert purge(database, {"conversation": TERMS["conversation"]}, TUESDAY, batch=batch) == {"conversation": 7}
    assert read_tables(database)["message"] == set()


def test_a_purge_that_is_killed_leaves_whole_records_and_the_rest_goes_next_time(database, monkeypatch):
    for number in range(3):
        add(database, "conversation", str(number), TUESDAY - timedelta(days=3 - number))
    with database.begin() as session:
        (message_id,) = [row.id for row in session.scalars(select(conversations.Message)) if row.text == "hallo 0"]
        session.get_one(conversations.Message, message_id).unclear = ["digid"]
    terms = {"conversation": TERMS["conversation"]}
    remove = queries.remove_some
    batches = []

    def die_in_the_second(session, *rest):
        removed = remove(session, *rest)
        batches.append(removed)
        if len(batches) == 2:
            raise KeyboardInterrupt
        return removed

    monkeypatch.setattr(queries, "remove_some", die_in_the_second)
    with pytest.raises(KeyboardInterrupt):
        purge(database, terms, TUESDAY, batch=1)
    monkeypatch.undo()
    tables = read_tables(database)
    assert [len(tables[name]) for name in ("conversation", "message", "button", "unrecognised")] == [2, 2, 2, 1]
    assert purge(database, terms, TUESDAY) == {"conversation": 1}
    tables = read_tables(database)
    assert [len(tables[name]) for name in ("conversation", "message", "button", "unrecognised")] == [1, 1, 1, 1]


def test_a_referral_counts_after_its_conversation_and_its_slip_are_gone(database):
    long_ago = TUESDAY - timedelta(days=400)
    with database.begin() as session:
        conversation = conversations.get_conversation(session, open_one(session, long_ago))
        referral = refer_once(session, now=long_ago)
        conversation.question_id, conversation.referral_id = referral.question_id, referral.id
        key = referral.slip_key
    figures = ("visit", "question", "referral", "referral_event")
    before = read_tables(database)
    purge(database, TERMS, TUESDAY)
    after = read_tables(database)
    assert after["conversation"] == set()
    assert [len(after[name]) for name in figures] == [len(before[name]) for name in figures] == [1, 1, 1, 1]
    with database.read() as session:
        assert session.scalar(select(Referral.slip_key)) != key
        with pytest.raises(LinkExpired):
            replies.get_by_slip(session, key, days=10_000, now=TUESDAY)


def test_what_is_kept_for_hours_does_not_wait_for_the_day():
    assert set(pick_short(TERMS)) == {"conversation", "telegram_chat", "discarded", "practice", "presence"}
