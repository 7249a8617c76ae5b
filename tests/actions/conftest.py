"""Actions on the example directory, on a Tuesday morning."""

import pytest

from actions.referral import Refer
from referral.journal import service as journal
from referral.referring.knowledge import load_knowledge
from tests.actions.heard import hear
from tests.clock import TUESDAY, set_clock


@pytest.fixture(autouse=True)
def tuesday():
    with set_clock(TUESDAY):
        yield


@pytest.fixture
def knowledge():
    return load_knowledge()


@pytest.fixture
def decide(example_session, knowledge):
    """Lets an action decide on a turn with these slots."""

    def run(action, **slots):
        return action().decide(example_session, hear(**slots), knowledge)

    return run


@pytest.fixture
def refer(example_session, decide):
    """Refers a citizen; returns the slots after it, as the next turn has them."""

    def run(topic, place):
        told = decide(Refer, topic=topic, place=place)
        journal.mark_shown(example_session, told.slots["referral_id"], TUESDAY)
        return {"place": place, **told.slots, "turn_id": "turn-0002"}

    return run
