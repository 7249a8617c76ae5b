"""What comes in goes out again: the feed of others, the standard's own examples, and our own directory."""

import json
from collections import Counter
from datetime import datetime

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from sqlalchemy import select

from referral.db import Database
from referral.directory.load import load_terms
from referral.exchange.hsds.export import ORGANIZATIONS, SERVICES, export_directory
from referral.exchange.plan import Action
from referral.migrations.service import migrate
from referral.models.schedule import Schedule
from referral.settings import ROOT
from tests.referral.exchange.batches import dump
from tests.referral.exchange.hsds.deliveries import (
    SCHEDULE_ID,
    bring_in,
    bring_out,
    find_lost,
    make_service,
    move_to_the_netherlands,
    plan_file,
    write_json,
)


@pytest.fixture
def another(tmp_path):
    """A second directory, made by the migrations, with nothing but the kinds of partner."""
    url = f"sqlite:///{tmp_path / 'another.db'}"
    migrate(url)
    made = Database(url)
    with made.begin() as session:
        load_terms(session, ROOT / "data")
    yield made
    made.dispose()


def read_moments(service):
    """The same service with its moment in one spelling: `…45.0Z` and `…45Z` are the same."""
    if "last_modified" in service:
        return service | {"last_modified": datetime.fromisoformat(service["last_modified"])}
    return service


def test_all_services_of_a_feed_of_others_come_in_and_its_wrong_page_block_is_told(empty, feed):
    path, content = feed
    plan = bring_in(empty, path)
    assert Counter(step.table for step in plan.steps if step.action is Action.ADDED)["service"] == 128
    told = {(problem.code, problem.path): dict(problem.values) for problem in plan.problems}
    assert told == {
        ("page_miscounts", "total_items"): {"said": "31", "found": 128},
        ("page_miscounts", "size"): {"said": "31", "found": 128},
        ("ids_say_nothing", ""): {"services": 128, "ids": 1},
    }
    assert len(content["contents"]) == 128


def test_a_feed_of_others_comes_out_as_it_came_in(empty, feed):
    path, content = feed
    bring_in(empty, path)
    services, _ = bring_out(empty)
    assert len(services) == 128
    left = [read_moments(service) for service in services]
    for given in map(read_moments, content["contents"]):
        # All bear one id, so each finds the one that says the same, and the least beside it.
        same = [one for one in left if not list(find_lost(given, one))]
        closest = min(same, key=lambda one: len(list_added(given, one)))
        assert list_added(given, closest) <= {"organization", "organization_id"}
        left.remove(closest)
    assert left == []


def list_added(given, one):
    """What a service says more than it said: what other services say of its organization, and what is ours."""
    return {field for field in one.keys() - given.keys() if not field.startswith("x_")}


def test_a_feed_of_others_a_second_time_changes_nothing(empty, feed):
    path, _ = feed
    bring_in(empty, path)
    plan = plan_file(empty, path)
    assert plan.is_empty
    assert {step.action for step in plan.steps} == {Action.UNCHANGED}


def test_a_service_without_an_organization_goes_out_without_one(empty, tmp_path):
    service = make_service()
    del service["organization"]
    bring_in(empty, write_json(tmp_path / "a.json", service))
    (out,), _ = bring_out(empty)
    assert out.keys() & {"organization", "organization_id"} == set()


@pytest.mark.parametrize("name", ["service_full.json", "organization_full.json"])
def test_what_the_profile_does_not_use_survives(empty, standards, tmp_path, name):
    given = json.loads((standards / "hsds-3.1" / "examples" / name).read_text(encoding="utf-8"))
    content = move_to_the_netherlands(given)
    path = write_json(tmp_path / name, content)
    bring_in(empty, path)
    services, organizations = bring_out(empty)
    # What hangs on an organization goes out with it, and a service by itself.
    apart = {"service_full.json": {".organization.locations"}, "organization_full.json": {".services"}}[name]
    (out,) = [one for one in (*services, *organizations) if one["id"] == content["id"]]
    assert set(find_lost(read_moments(content), read_moments(out))) == apart
    assert plan_file(empty, path).is_empty


def test_our_directory_goes_out_comes_in_elsewhere_and_goes_out_the_same(example, another, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    with example.read() as session:
        assert set(export_directory(session, first).values()) == {99, 63}
    for name in (ORGANIZATIONS, SERVICES):
        assert bring_in(another, first / name).problems == ()
    with another.read() as session:
        export_directory(session, second)
    for name in (ORGANIZATIONS, SERVICES):
        assert (second / name).read_text(encoding="utf-8") == (first / name).read_text(encoding="utf-8")


def test_what_we_gave_out_comes_home_without_a_change(example, tmp_path):
    with example.read() as session:
        before = dump(session)
        export_directory(session, tmp_path)
    for name in (ORGANIZATIONS, SERVICES):
        plan = bring_in(example, tmp_path / name)
        assert plan.is_empty
        assert {step.action for step in plan.steps} == {Action.UNCHANGED}
    with example.read() as session:
        assert dump(session) == before


def test_an_edit_of_what_we_gave_out_is_one_change_of_our_own_row(example, tmp_path):
    services, _ = bring_out(example)
    edited = next(service for service in services if service["name"].startswith("Taalpunt"))
    edited["x_by_appointment"], edited["phones"] = True, []
    del edited["x_check_due"]
    plan = bring_in(example, write_json(tmp_path / "a.json", edited))
    (step,) = [step for step in plan.steps if step.action is Action.CHANGED]
    assert step.id == "taalpunt-ommen-voorbeeld"
    assert {change.field: change.replacement for change in step.changes} == {"by_appointment": True, "check_due": None}


def test_hours_that_others_changed_in_what_we_gave_out_are_believed(example, tmp_path):
    services, _ = bring_out(example)
    edited = next(service for service in services if service["name"].startswith("Taalpunt"))
    edited["schedules"][0]["closes_at"] = "17:00"
    plan = bring_in(example, write_json(tmp_path / "a.json", edited))
    changes = [change for step in plan.steps for change in step.changes if change.field == "opening_hours"]
    assert [change.replacement for change in changes] == ["Fr 14:00-17:00"]


@pytest.mark.parametrize("public", [True, False])
def test_what_we_write_is_valid(example, standards, public):
    services, organizations = bring_out(example, public=public)
    assert (len(services), len(organizations)) == (99, 63)
    for name, objects in (("service", services), ("organization", organizations)):
        schema = json.loads((standards / "hsds-3.1" / "compiled" / f"{name}.json").read_text(encoding="utf-8"))
        validator = Draft202012Validator(schema, format_checker=FormatChecker())
        assert [error.message for one in objects for error in validator.iter_errors(one)] == []


def test_what_we_write_of_a_feed_of_others_is_valid(empty, feed, standards):
    bring_in(empty, feed[0])
    schema = json.loads((standards / "hsds-3.1" / "compiled" / "service.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    assert [error.message for one in bring_out(empty)[0] for error in validator.iter_errors(one)] == []


def test_a_feed_of_others_that_we_gave_out_comes_home_without_a_change(empty, feed, tmp_path):
    path, _ = feed
    bring_in(empty, path)
    with empty.read() as session:
        before = dump(session)
        export_directory(session, tmp_path)
    for name in (ORGANIZATIONS, SERVICES):
        plan = bring_in(empty, tmp_path / name)
        assert plan.is_empty
        assert {step.action for step in plan.steps} == {Action.UNCHANGED}
        assert plan.problems == ()
    with empty.read() as session:
        assert dump(session) == before


def test_hours_of_a_schedule_that_shares_its_id_come_home_in_one_piece(empty, tmp_path):
    services = [make_service(), make_service(id="5f2b4a4e-6c0f-4e3e-9d5e-2f6d7c1f0a11")]
    for service in services:
        del service["service_at_locations"]
    bring_in(empty, write_json(tmp_path / "a.json", services))
    with empty.begin() as session:
        for schedule in session.scalars(select(Schedule)):
            schedule.opening_hours = "Mo 09:00-10:00,13:00-14:00; We 18:00-20:00"
            schedule.extra = {"id": SCHEDULE_ID} if schedule.id != SCHEDULE_ID else None
    with empty.read() as session:
        export_directory(session, tmp_path)
    assert plan_file(empty, tmp_path / SERVICES).is_empty
