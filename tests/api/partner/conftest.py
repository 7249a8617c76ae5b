"""A door with a referral that a citizen saw, on a Tuesday morning."""

import pytest

from referral.journal import service as journal
from referral.journal.service import Asked, Offer
from referral.models.referral import Referral
from tests.api.account.colleague import Colleague
from tests.api.pages.conftest import chromium  # noqa: F401  (a fixture)
from tests.clock import TUESDAY

IDO = "ido-zwolle-centrum-voorbeeld"
ZWOLLE = "bibliotheek-zwolle-voorbeeld"


def refer(database, turn_id="turn-1", *, topic="digid", is_sensitive=False, service_id=IDO, now=TUESDAY):
    """Write a question and its referral as it was shown; return the referral."""
    with database.begin() as session:
        asked = Asked(
            turn_id=turn_id,
            visit_id=None,
            library_id=ZWOLLE,
            kind="anders",
            topic=topic,
            is_sensitive=is_sensitive,
            organisation="belastingdienst",
            municipality="GM0193",
        )
        question = journal.record_question(session, asked, now)
        offer = Offer(service_id=service_id, location_id=None, matched_because=[], is_example=True)
        referral = journal.refer(session, turn_id=turn_id, question=question, offer=offer, now=now)
        journal.mark_shown(session, referral.id, now)
        return referral


def read_referral(database, referral_id):
    with database.read() as session:
        return session.get(Referral, referral_id)


@pytest.fixture
def door(make_door, tuesday):
    return make_door(turns_per_minute=1_000)


@pytest.fixture
def referral(door):
    return refer(door.database)


@pytest.fixture
def partner(door):
    """A browser of a partner: nobody in particular."""
    return Colleague(door)
