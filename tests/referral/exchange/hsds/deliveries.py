"""HSDS for the tests: a small service of somebody else, and how files come in and go out."""

import copy
import json

from referral.exchange.apply import apply_plan
from referral.exchange.hsds.ids import map_own_ids
from referral.exchange.hsds.read import read_file
from referral.exchange.hsds.write import write_all_organizations, write_all_services
from referral.exchange.plan import make_plan
from tests.referral.exchange.batches import NOW

SERVICE_ID = "5f2b4a4e-6c0f-4e3e-9d5e-2f6d7c1f0a01"
ORGANIZATION_ID = "5f2b4a4e-6c0f-4e3e-9d5e-2f6d7c1f0a02"
LOCATION_ID = "5f2b4a4e-6c0f-4e3e-9d5e-2f6d7c1f0a03"
PLACE_ID = "5f2b4a4e-6c0f-4e3e-9d5e-2f6d7c1f0a04"
PHONE_ID = "5f2b4a4e-6c0f-4e3e-9d5e-2f6d7c1f0a05"
SCHEDULE_ID = "5f2b4a4e-6c0f-4e3e-9d5e-2f6d7c1f0a06"

_SERVICE = {
    "id": SERVICE_ID,
    "name": "Taalhuis",
    "status": "active",
    "organization": {"id": ORGANIZATION_ID, "name": "Bibliotheek Ommen", "description": "De bibliotheek."},
    "phones": [{"id": PHONE_ID, "number": "0529 00 01 00", "type": "voice"}],
    "schedules": [
        {"id": SCHEDULE_ID, "freq": "WEEKLY", "byday": "TU,FR", "opens_at": "10:00:00", "closes_at": "12:00:00"}
    ],
    "service_at_locations": [
        {
            "id": PLACE_ID,
            "location": {
                "id": LOCATION_ID,
                "location_type": "physical",
                "name": "Hoofdstraat",
                "latitude": 52.52,
                "longitude": 6.42,
            },
        }
    ],
}


def make_service(**fields):
    return copy.deepcopy(_SERVICE) | fields


def make_location(service, **fields):
    """Change the only location of a service."""
    service["service_at_locations"][0]["location"] |= fields
    return service


def write_json(path, content):
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def plan_file(database, path, source="feed"):
    with database.read() as session:
        return make_plan(session, read_file(path, source, map_own_ids(session)))


def bring_in(database, path, source="feed"):
    plan = plan_file(database, path, source)
    assert not plan.is_refused, plan.problems
    with database.begin() as session:
        apply_plan(session, plan, by="test", now=NOW)
    return plan


def bring_out(database, *, public=False):
    with database.read() as session:
        return list(write_all_services(session, public=public)), list(write_all_organizations(session, public=public))


def find_lost(before, after, path=""):
    """Yield what an object said that another does not say."""
    if isinstance(before, dict) and isinstance(after, dict):
        for field, value in before.items():
            if field not in after:
                yield f"{path}.{field}"
            else:
                yield from find_lost(value, after[field], f"{path}.{field}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from find_lost(one, other, f"{path}[{number}]")
    elif before != after:
        yield path


def move_to_the_netherlands(content):
    """The same content with its places in the Netherlands: the examples of the standard lie at 100 degrees north."""
    if isinstance(content, dict):
        place = {"latitude": 52.1, "longitude": 5.1} if "latitude" in content else {}
        return {field: move_to_the_netherlands(value) for field, value in content.items()} | place
    return [move_to_the_netherlands(one) for one in content] if isinstance(content, list) else content
