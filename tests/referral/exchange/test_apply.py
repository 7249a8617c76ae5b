"""A plan is written whole or not at all, and every change can be read back from the audit."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from referral.errors import PlanOutdated, PlanRefused
from referral.exchange.apply import apply_plan
from referral.exchange.plan import make_plan
from referral.models.metadata import Metadata
from referral.models.service import Service
from tests.referral.exchange.batches import (
    ADDRESS,
    EVERYTHING,
    HOURS,
    LIBRARY,
    NOW,
    PHONE,
    SERVICE,
    change,
    dump,
    make_batch,
)


def bring_in(database, *records):
    with database.begin() as session:
        apply_plan(session, make_plan(session, make_batch(*records)), by="M. de Boer", now=NOW)


def list_audit(database):
    with database.read() as session:
        rows = session.scalars(select(Metadata).order_by(Metadata.resource_type, Metadata.field_name)).all()
    names = ("resource_type", "resource_id", "last_action_type", "field_name")
    return [
        (*(getattr(row, name) for name in names), json.loads(row.previous_value), json.loads(row.replacement_value))
        for row in rows
    ]


def clear_audit(database):
    with database.begin() as session:
        for row in session.scalars(select(Metadata)):
            session.delete(row)


def test_what_is_new_leaves_one_row_for_each_organization_location_and_service(database):
    bring_in(database, *EVERYTHING)
    assert list_audit(database) == [
        ("location", "l-1", "create", "*", None, "Hoofdstraat"),
        ("organization", "o-1", "create", "*", None, "Bibliotheek Ommen"),
        ("service", "s-1", "create", "*", None, "Taalhuis"),
    ]
    with database.read() as session:
        row = session.scalars(select(Metadata)).first()
        assert (row.updated_by, row.last_action_date) == ("M. de Boer", NOW)


def test_each_changed_field_leaves_a_row_with_both_values(database):
    bring_in(database, *EVERYTHING)
    clear_audit(database)
    later = change(SERVICE, name="Taalhuis Ommen", assured_date="2026-11-01", by_appointment=True)
    bring_in(database, *(later if record is SERVICE else record for record in EVERYTHING))
    assert list_audit(database) == [
        ("service", "s-1", "update", "assured_date", None, "2026-11-01"),
        ("service", "s-1", "update", "by_appointment", False, True),
        ("service", "s-1", "update", "name", "Taalhuis", "Taalhuis Ommen"),
    ]


def test_a_part_that_comes_or_goes_leaves_its_whole_row(database):
    bring_in(database, *EVERYTHING)
    clear_audit(database)
    other = replace(PHONE, id="t-2", values=PHONE.values | {"number": "0529 00 01 09"})
    bring_in(database, *(record for record in EVERYTHING if record is not PHONE), other)
    (_, _, added, _, before, new), (_, _, removed, _, old, after) = sorted(list_audit(database), key=lambda row: row[2])
    assert (added, before, new["number"]) == ("create", None, "0529 00 01 09")
    assert (removed, old["number"], old["evidence"], after) == ("delete", "0529 00 01 00", "third_party", None)


def test_closing_is_a_change_of_status(database):
    bring_in(database, *EVERYTHING)
    clear_audit(database)
    bring_in(database, LIBRARY, replace(SERVICE, id="s-2"))
    changes = [row for row in list_audit(database) if row[2] == "update"]
    assert changes == [
        ("location", "l-1", "update", "status", "active", "defunct"),
        ("service", "s-1", "update", "status", "active", "defunct"),
    ]


def test_a_refused_plan_is_not_written(database):
    with pytest.raises(PlanRefused), database.begin() as session:
        apply_plan(session, make_plan(session, make_batch(LIBRARY)), by="test", now=NOW)
    with database.read() as session:
        assert not any(dump(session).values())


def test_a_plan_that_was_overtaken_is_not_written(database):
    bring_in(database, *EVERYTHING)
    later = [change(SERVICE, name="Taalhuis Ommen"), *(record for record in EVERYTHING if record is not SERVICE)]
    with database.read() as session:
        plan = make_plan(session, make_batch(*later))
    with database.begin() as session:
        session.get_one(Service, "s-1").name = "Taalpunt"
    with pytest.raises(PlanOutdated), database.begin() as session:
        apply_plan(session, plan, by="test", now=NOW)
    with database.read() as session:
        assert session.get_one(Service, "s-1").name == "Taalpunt"


def test_a_plan_that_adds_what_somebody_else_added_meanwhile_leaves_nothing_of_itself(database):
    with database.read() as session:
        plan = make_plan(session, make_batch(*EVERYTHING))
    bring_in(database, LIBRARY, SERVICE)
    with database.read() as session:
        before = dump(session)
    with pytest.raises(PlanOutdated), database.begin() as session:
        apply_plan(session, plan, by="test", now=NOW)
    with database.read() as session:
        assert dump(session) == before


def test_applying_does_not_commit(database):
    with database.begin() as session:
        apply_plan(session, make_plan(session, make_batch(*EVERYTHING)), by="test", now=NOW)
        session.rollback()
    with database.read() as session:
        assert not any(dump(session).values())


def test_every_sort_of_row_is_written_as_it_was_said(database):
    bring_in(database, *EVERYTHING)
    with database.read() as session:
        rows = dump(session)
    for record in (ADDRESS, HOURS, PHONE):
        assert len(rows[record.table]) == 1
    assert "'7731 ZZ'" in rows["address"][0]
    assert "'Fr 14:00-16:00'" in rows["schedule"][0]
