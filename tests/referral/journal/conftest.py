"""A service to refer to, and a question to refer for."""

from datetime import UTC, datetime

import pytest

from referral.journal import service as journal
from referral.journal.service import Asked, Offer
from referral.models.organization import Organization
from referral.models.service import Service

NOW = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)


@pytest.fixture
def services(database):
    with database.begin() as session:
        session.add(Organization(id="raadslieden", name="Sociaal raadslieden", description=""))
        session.flush()
        for service_id in ("spreekuur", "tweede"):
            session.add(Service(id=service_id, organization_id="raadslieden", name=service_id))
    return ("spreekuur", "tweede")


def make_asked(turn_id="turn-1", *, is_sensitive=False, **changes):
    values = {
        "turn_id": turn_id,
        "visit_id": None,
        "library_id": "bibliotheek",
        "kind": "anders",
        "topic": "mentaal" if is_sensitive else "schulden",
        "is_sensitive": is_sensitive,
        "organisation": "cjib",
        "municipality": "GM0193",
    }
    return Asked(**(values | changes))


def make_offer(service_id="spreekuur", **changes):
    values = {
        "service_id": service_id,
        "location_id": None,
        "matched_because": ["right_kind"],
        "is_example": False,
    }
    return Offer(**(values | changes))


def refer_once(session, turn_id="turn-1", *, service_id="spreekuur", is_sensitive=False, now=NOW, **changes):
    question = journal.record_question(session, make_asked(turn_id, is_sensitive=is_sensitive), now)
    offer = make_offer(service_id, **changes)
    return journal.refer(session, turn_id=turn_id, question=question, offer=offer, now=now)
