"""The rows in `metadata`, replayed on what was, give what is: whoever changed it, and in whatever way."""

import json
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from referral.directory.spoken.words import load_hour_words
from referral.editing import edits
from referral.errors import PlanOutdated, UndoRefused
from referral.exchange.apply import apply_plan, write_value
from referral.exchange.plan import make_plan
from referral.exchange.records import LOCATION, MODELS, ORGANIZATION, SERVICE, Batch, Record
from referral.exchange.steps import WHOLE_ROW
from referral.models.metadata import Metadata
from referral.models.service import Service
from referral.overlay import phones
from referral.proposals import service as proposals
from referral.proposals.facts import Field, list_facts
from referral.settings import ROOT
from tests.referral.editing.desk import IDO, TYPED, change

WORDS = load_hour_words(ROOT / "data")


def edit(desk, typed):
    desk.save(change(desk.open(), **typed))


def click(desk, make):
    desk.click(make(IDO))


def check(desk, days):
    desk.click(edits.check_today(IDO, desk.now.date() + timedelta(days)))


def close_for(desk, days):
    desk.click(edits.close_until(IDO, desk.now.date(), desk.now.date() + timedelta(days), "verbouwing"))


def undo(desk, position):
    entries = desk.list_history()
    try:
        desk.undo(entries[position % len(entries)]) if entries else None
    except (UndoRefused, PlanOutdated):
        return


def confirm_by_link(desk, days):
    desk.now += timedelta(days, minutes=1)
    with desk.database.begin() as session:
        proposals.confirm(session, session.get_one(Service, IDO), by="partner", now=desk.now)


def propose(desk, hours):
    desk.now += timedelta(minutes=1)
    with desk.database.begin() as session:
        service = session.get_one(Service, IDO)
        key = next(fact.key for fact in list_facts(session, service) if fact.field is Field.HOURS)
        made = proposals.report(session, IDO, key, proposed=hours, remark="", now=desk.now)
        told = proposals.get_told(session, made.id)
        proposals.accept(session, told, hours, seen=told.seen, words=WORDS, by="Noor", now=desk.now)


def confirm_phone(desk, position):
    desk.now += timedelta(minutes=1)
    with desk.database.begin() as session:
        found = phones.list_unverified(session)
        phone = found[position % len(found)].phone
        write = phones.withdraw_phone if phone.assured_date else phones.confirm_phone
        write(session, phone, by="Noor", now=desk.now)


def import_file(desk, name):
    batch = Batch("gids")
    batch.add(Record(SERVICE, IDO, {"name": name}))
    batch.add(Record(ORGANIZATION, "bibliotheek-ommen-voorbeeld", {"website": f"https://{name}.example"}))
    batch.add(Record(LOCATION, "bibliotheek-ommen-voorbeeld-hoofdstraat", {"name": name}))
    batch.add(Record("cost_option", f"kosten-{name}", {"service_id": IDO, "amount": "2.50"}))
    desk.now += timedelta(minutes=1)
    with desk.database.begin() as session:
        apply_plan(session, make_plan(session, batch), by="import", now=desk.now)


ACTS = st.one_of(
    st.tuples(st.just(edit), TYPED),
    st.tuples(st.just(click), st.sampled_from([edits.close, edits.reopen, edits.end])),
    st.tuples(st.sampled_from([check, close_for, confirm_by_link]), st.integers(0, 60)),
    st.tuples(st.sampled_from([undo, confirm_phone]), st.integers(0, 5)),
    st.tuples(st.just(propose), st.sampled_from(["ma 9-12", "di en do 10-12", "wo 13-17"])),
    st.tuples(st.just(import_file), st.sampled_from(["een", "twee"])),
)


def read_values(text, field=WHOLE_ROW):
    """Return the columns that the audit tells of, or None; an amount is a number, however many decimals are written."""
    told = json.loads(text)
    values = told if field == WHOLE_ROW else {field: told}
    if values and values.get("amount") is not None:
        values["amount"] = float(values["amount"])
    return values


def take_stock(session):
    """Return every row of the directory as the audit has it, by table and id."""
    return {
        (table, row["id"]): read_values(write_value(dict(row)))
        for table, model in MODELS.items()
        for row in session.execute(select(model.__table__)).mappings()
    }


def replay(stock, audit):
    """Return what the rows of the audit make of a stock; each has to say rightly what was before it.

    Of a row that was added the audit has what was said; other columns are empty, or what they are by default.
    """
    rows = {key: dict(row) for key, row in stock.items()}
    for said in audit:
        key = said.resource_type, said.resource_id
        previous = read_values(said.previous_value, said.field_name)
        replacement = read_values(said.replacement_value, said.field_name)
        was = rows.pop(key, {})
        shared = was.keys() & (previous or {}).keys()
        assert {column: was[column] for column in shared} == {column: previous[column] for column in shared}
        if said.field_name != WHOLE_ROW:
            rows[key] = was | replacement
        elif replacement is not None:
            rows[key] = replacement
    return rows


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, min_size=1, max_size=6))
def test_the_audit_replayed_gives_what_the_directory_says_now(one_desk, acts):
    with one_desk.database.read() as session:
        before, known = take_stock(session), set(session.scalars(select(Metadata.id)))
    for act, value in acts:
        act(one_desk, value)
    with one_desk.database.read() as session:
        now = take_stock(session)
        audit = session.scalars(select(Metadata).order_by(Metadata.last_action_date)).all()
    replayed = replay(before, [row for row in audit if row.id not in known])
    assert replayed.keys() == now.keys()
    for key, row in replayed.items():
        assert row.items() <= now[key].items(), key
