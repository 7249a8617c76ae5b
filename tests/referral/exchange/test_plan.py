"""What a source would do to the directory: added, changed, closed, refused; and that a plan writes nothing."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from referral.exchange.apply import apply_plan
from referral.exchange.plan import Action, Change, make_plan
from referral.exchange.records import Record
from referral.models.columns import Status
from referral.models.service import Service
from tests.referral.exchange.batches import (
    BUILDING,
    EVERYTHING,
    HOURS,
    LIBRARY,
    NOW,
    PHONE,
    PLACE,
    SERVICE,
    change,
    dump,
    make_batch,
)


def plan(database, batch):
    with database.read() as session:
        before = dump(session)
        made = make_plan(session, batch)
        assert dump(session) == before
    return made


def bring_in(database, batch):
    made = plan(database, batch)
    with database.begin() as session:
        apply_plan(session, made, by="test", now=NOW)
    return made


def list_actions(made):
    return {step.id: step.action for step in made.steps}


def test_what_is_new_is_added(database):
    made = plan(database, make_batch(*EVERYTHING))
    assert list_actions(made) == dict.fromkeys(("o-1", "l-1", "s-1"), Action.ADDED)
    assert {record.key for record in made.inserts} == {record.key for record in EVERYTHING}
    assert (made.updates, made.deletes, made.problems) == ((), (), ())


def test_the_same_source_again_changes_nothing(database):
    bring_in(database, make_batch(*EVERYTHING))
    again = plan(database, make_batch(*EVERYTHING))
    assert again.is_empty
    assert list_actions(again) == dict.fromkeys(("o-1", "l-1", "s-1"), Action.UNCHANGED)


def test_a_change_tells_field_and_both_values(database):
    bring_in(database, make_batch(*EVERYTHING))
    later = [change(SERVICE, name="Taalhuis Ommen") if record is SERVICE else record for record in EVERYTHING]
    made = plan(database, make_batch(*later))
    (step,) = [step for step in made.steps if step.action is Action.CHANGED]
    assert (step.table, step.id, step.path) == ("service", "s-1", "1")
    assert step.changes == (Change("service", "s-1", "name", "Taalhuis", "Taalhuis Ommen"),)
    assert (made.inserts, made.deletes, len(made.updates)) == ((), (), 1)


def test_a_part_of_a_part_is_told_as_a_change_of_the_service(database):
    bring_in(database, make_batch(*EVERYTHING))
    later = [change(HOURS, opening_hours="Fr 13:00-16:00") if record is HOURS else record for record in EVERYTHING]
    (step,) = [step for step in plan(database, make_batch(*later)).steps if step.action is Action.CHANGED]
    assert (step.id, step.changes[0].table, step.changes[0].replacement) == ("s-1", "schedule", "Fr 13:00-16:00")


def test_a_column_that_the_source_does_not_speak_of_is_left_alone(database):
    bring_in(database, make_batch(*EVERYTHING))
    short = replace(SERVICE, values={"organization_id": "o-1", "name": "Taalhuis"})
    assert plan(database, make_batch(*(short if record is SERVICE else record for record in EVERYTHING))).is_empty


def test_a_part_that_has_gone_is_removed_where_the_source_says_all_of_them(database):
    bring_in(database, make_batch(*EVERYTHING))
    made = plan(database, make_batch(*(record for record in EVERYTHING if record is not PHONE)))
    assert made.deletes == (("phone", "t-1"),)
    batch = make_batch(*(record for record in EVERYTHING if record is not PHONE))
    batch.whole.clear()
    assert plan(database, batch).is_empty


def test_what_has_left_its_source_is_closed(database):
    other = replace(SERVICE, id="s-2")
    bring_in(database, make_batch(*EVERYTHING, other))
    made = plan(database, make_batch(LIBRARY, other))
    assert list_actions(made) == {
        "o-1": Action.UNCHANGED,
        "s-2": Action.UNCHANGED,
        "s-1": Action.CLOSED,
        "l-1": Action.CLOSED,
    }
    with database.begin() as session:
        apply_plan(session, made, by="test", now=NOW)
    assert plan(database, make_batch(LIBRARY, other)).is_empty


def test_a_building_that_another_source_uses_stays_open(database):
    bring_in(database, make_batch(*EVERYTHING))
    guest = Record("service", "s-9", {"organization_id": "o-1", "name": "Formulierenhulp"})
    bring_in(
        database,
        make_batch(guest, replace(PLACE, id="p-9", values={"service_id": "s-9", "location_id": "l-1"}), source="other"),
    )
    made = plan(database, make_batch(LIBRARY, replace(SERVICE, id="s-2")))
    assert {step.id for step in made.steps if step.action is Action.CLOSED} == {"s-1"}


@pytest.mark.parametrize(("source", "is_all"), [("another feed", True), ("feed", False)])
def test_only_a_whole_delivery_of_the_same_source_closes(database, source, is_all):
    bring_in(database, make_batch(*EVERYTHING))
    made = plan(database, make_batch(LIBRARY, replace(SERVICE, id="s-2"), source=source, is_all=is_all))
    assert Action.CLOSED not in list_actions(made).values()


def test_that_most_of_a_source_closes_is_told(database):
    bring_in(database, make_batch(*EVERYTHING, *(replace(SERVICE, id=f"s-{n}") for n in range(2, 6))))
    made = plan(database, make_batch(LIBRARY, replace(SERVICE, id="s-2")))
    (problem,) = made.problems
    assert (problem.code, problem.blocks, dict(problem.values)) == ("many_closed", False, {"closed": 4, "known": 5})


def test_a_source_without_services_is_refused_and_closes_nothing(database):
    bring_in(database, make_batch(*EVERYTHING))
    made = plan(database, make_batch(LIBRARY))
    assert made.is_refused
    assert ([problem.code for problem in made.problems], made.steps) == (["no_services"], ())


def test_a_changed_number_is_no_longer_confirmed(database):
    bring_in(database, make_batch(*EVERYTHING))
    confirmed = change(PHONE, evidence="official", assured_date="2026-11-01", assurer_name="M. de Boer")
    bring_in(database, make_batch(*(confirmed if record is PHONE else record for record in EVERYTHING)))
    assert plan(database, make_batch(*EVERYTHING)).is_empty
    other = change(PHONE, number="0529 00 01 99")
    (record,) = plan(database, make_batch(*(other if one is PHONE else one for one in EVERYTHING))).updates
    assert record.values == {
        "number": "0529 00 01 99",
        "evidence": "third_party",
        "assured_date": None,
        "assurer_name": None,
    }


REFUSED = {
    "missing": change(SERVICE, name=None),
    "no_text": change(SERVICE, name=12),
    "no_date": change(SERVICE, assured_date="01-02-2026"),
    "no_moment": change(SERVICE, last_modified="2026-01-01T10:00:00"),
    "no_whole_number": change(SERVICE, minimum_age=12.5),
    "no_number": change(SERVICE, minimum_age="twaalf"),
    "not_in_list": change(SERVICE, status="dicht"),
    "control_character": change(SERVICE, name="Taal\x00huis"),
    "no_url": change(SERVICE, url="javascript:alert(1)"),
    "too_long": change(PHONE, number="0" * 31),
    "no_yes_or_no": change(SERVICE, by_appointment="ja"),
    "no_object": change(SERVICE, extra=[]),
    "hours_unreadable": change(HOURS, opening_hours="vrijdagmiddag"),
    "ends_before_it_starts": change(HOURS, valid_from="2026-02-01", valid_to="2026-01-01"),
    "coordinates_swapped": change(BUILDING, latitude=6.42, longitude=52.52),
    "coordinates_off_earth": change(BUILDING, latitude=100, longitude=101),
    "half_a_coordinate": change(BUILDING, longitude=None),
    "unknown_reference": change(SERVICE, organization_id="o-2"),
    "pair_twice": replace(PLACE, id="p-2", path="2"),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_does_not_fit_is_refused_with_its_place(database, code):
    wrong = REFUSED[code]
    kept = [record for record in EVERYTHING if record.key != wrong.key]
    made = plan(database, make_batch(*kept, wrong))
    assert made.is_refused
    assert made.steps == ()
    assert [(problem.code, problem.path) for problem in made.problems] == [(code, wrong.path)]


def test_an_address_of_a_page_is_made_whole(database):
    bring_in(database, make_batch(*(one for one in EVERYTHING if one is not SERVICE), change(SERVICE, url="www.x.nl")))
    with database.read() as session:
        assert session.scalars(select(Service.url)).all() == ["https://www.x.nl"]


def test_swapped_coordinates_are_proposed_and_not_guessed(database):
    (problem,) = plan(database, make_batch(*EVERYTHING[:1], REFUSED["coordinates_swapped"], SERVICE)).problems
    assert problem.values == {"latitude": 6.42, "longitude": 52.52}


def test_a_place_abroad_is_told_and_comes_in(database):
    abroad = change(BUILDING, latitude=51.5, longitude=-0.12)
    made = plan(database, make_batch(*(abroad if record is BUILDING else record for record in EVERYTHING)))
    assert [problem.code for problem in made.problems] == ["coordinates_abroad"]
    assert not made.is_refused


def test_a_parent_that_nobody_describes_is_kept_as_it_was_said(database):
    part = change(LIBRARY, parent_organization_id="elsewhere")
    bring_in(database, make_batch(part, SERVICE))
    assert plan(database, make_batch(part, SERVICE)).is_empty
    with database.read() as session:
        assert "elsewhere" in repr(dump(session)["organization"])


def test_a_part_of_an_organization_is_written_after_it_whatever_the_order(database):
    part = replace(LIBRARY, id="o-0", values={"name": "Filiaal", "parent_organization_id": "o-1"})
    bring_in(database, make_batch(part, LIBRARY, SERVICE))
    assert plan(database, make_batch(part, LIBRARY, SERVICE)).is_empty


def test_two_mentions_of_one_thing_are_put_together_and_a_difference_is_told(database):
    fuller = replace(LIBRARY, values={"name": "Bibliotheek Ommen", "email": "bieb@example.nl"}, path="2")
    other = replace(LIBRARY, values={"name": "De bibliotheek"}, path="3")
    made = plan(database, make_batch(LIBRARY, fuller, other, SERVICE))
    organization = next(record for record in made.inserts if record.table == "organization")
    assert (organization.values["name"], organization.values["email"]) == ("Bibliotheek Ommen", "bieb@example.nl")
    (problem,) = made.problems
    assert (problem.code, problem.path, problem.values["first"]) == ("said_twice", "3", "1")


def test_a_service_that_comes_back_is_open_again(database):
    active = change(SERVICE, status="active")
    bring_in(database, make_batch(LIBRARY, active))
    bring_in(database, make_batch(LIBRARY, replace(active, id="s-2")))
    made = plan(database, make_batch(LIBRARY, active, replace(active, id="s-2")))
    (step,) = [step for step in made.steps if step.action is Action.CHANGED]
    assert step.changes == (Change("service", "s-1", "status", Status.DEFUNCT, Status.ACTIVE),)
