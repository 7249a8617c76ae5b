"""A plan stays within somebody's reach: its organizations and locations as well as its services."""

import pytest

from referral.editing.bounds import apply_within, refuse_outside
from referral.editing.reach import Reach
from referral.errors import NotAllowed
from referral.exchange.plan import make_plan
from referral.exchange.records import LOCATION, ORGANIZATION, SERVICE, Batch, Record
from referral.exchange.report import list_lines, load_words, make_sentence
from referral.exchange.steps import Action, Change, Plan, Step
from referral.models.location import Location
from referral.models.organization import Organization
from referral.models.service_at_location import ServiceAtLocation
from referral.settings import ROOT
from tests.referral.exchange.batches import NOW

EVERYWHERE = Reach(is_all=True)
OMMEN = Reach(municipalities=frozenset({"GM0175"}))
ZWOLLE = Reach(municipalities=frozenset({"GM0193"}))
TOWN_HALL = "gemeente-ommen-voorbeeld"
LIBRARY = "bibliotheek-ommen-voorbeeld"


@pytest.fixture
def plan(example_session):
    """Plans other values for rows, or new rows."""

    def make(*records):
        batch = Batch("")
        for record in records:
            batch.add(record)
        return make_plan(example_session, batch)

    return make


def free_town_hall(session):
    """Let the location of the town hall belong to nobody, and return its id."""
    found = session.query(Location).filter_by(organization_id=TOWN_HALL).one()
    found.organization_id = None
    session.flush()
    return found.id


def tell(plan):
    return [make_sentence(line, load_words(ROOT / "data")) for line in list_lines(plan)]


@pytest.mark.parametrize(
    ("reach", "is_allowed"),
    [
        (EVERYWHERE, True),
        (OMMEN, True),
        (Reach(organizations=frozenset({TOWN_HALL})), True),
        (ZWOLLE, False),
        (Reach(organizations=frozenset({LIBRARY})), False),
        (Reach(), False),
    ],
)
@pytest.mark.parametrize("table", [ORGANIZATION, LOCATION])
def test_an_organization_or_location_is_changed_only_within_reach(example_session, plan, table, reach, is_allowed):
    row_id = TOWN_HALL if table == ORGANIZATION else free_town_hall(example_session)
    changed = plan(Record(table, row_id, {"name": "Anders"}))
    refused = refuse_outside(example_session, changed, reach, NOW)
    if is_allowed:
        assert refused == changed
        apply_within(example_session, changed, reach, by="Noor", now=NOW)
        return
    assert (refused.is_refused, refused.is_empty) == (True, True)
    assert any("valt buiten uw gebied. U mag die niet wijzigen." in line for line in tell(refused))
    with pytest.raises(NotAllowed):
        apply_within(example_session, changed, reach, by="Noor", now=NOW)


def test_what_is_undone_is_within_reach_as_well(example_session):
    place = free_town_hall(example_session)
    service_id = example_session.query(ServiceAtLocation).filter_by(location_id=place).first().service_id
    undone = Change(LOCATION, place, "name", example_session.get_one(Location, place).name, "Anders")
    steps = (Step(Action.CHANGED, SERVICE, service_id, "dienst", changes=(undone,)),)
    plan = Plan("", steps, (), (Record(LOCATION, place, {"name": "Anders"}),), (), ())
    example_session.add(ServiceAtLocation(service_id="ido-zwolle-centrum-voorbeeld", location_id=place))
    example_session.flush()
    provider = Reach(organizations=frozenset({TOWN_HALL}))
    assert refuse_outside(example_session, plan, provider, NOW).is_refused
    assert not refuse_outside(example_session, plan, OMMEN, NOW).is_refused


def test_a_provider_keeps_a_location_only_while_nobody_else_is_there(example_session, plan):
    place = free_town_hall(example_session)
    provider = Reach(organizations=frozenset({TOWN_HALL}))
    changed = plan(Record(LOCATION, place, {"name": "Anders"}))
    assert not refuse_outside(example_session, changed, provider, NOW).is_refused
    example_session.add(ServiceAtLocation(service_id="ido-ommen-voorbeeld", location_id=place))
    example_session.flush()
    assert refuse_outside(example_session, changed, provider, NOW).is_refused


def test_an_organization_is_not_moved_out_of_reach(example_session, plan):
    moved = plan(Record(ORGANIZATION, TOWN_HALL, {"municipality": "GM0193"}))
    assert refuse_outside(example_session, moved, OMMEN, NOW).is_refused
    with pytest.raises(NotAllowed):
        apply_within(example_session, moved, OMMEN, by="Noor", now=NOW)


def test_a_new_service_is_judged_as_it_would_be(example_session, plan):
    new = {"organization_id": TOWN_HALL, "name": "Nieuw"}
    added = plan(Record(SERVICE, "nieuw", new))
    assert not refuse_outside(example_session, added, OMMEN, NOW).is_refused
    assert "dienst Nieuw valt buiten uw gebied" in " ".join(tell(refuse_outside(example_session, added, ZWOLLE, NOW)))


def test_what_was_tried_leaves_nothing(example_session, plan):
    changed = plan(Record(ORGANIZATION, TOWN_HALL, {"name": "Anders"}))
    refuse_outside(example_session, changed, OMMEN, NOW)
    assert example_session.get_one(Organization, TOWN_HALL).name != "Anders"
