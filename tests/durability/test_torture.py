"""Nothing lost, nothing doubled: twenty kills under load; `make torture` has two hundred, and limits of time."""

import pytest

from tests.durability.chaos import CUT, KILLS, NO_ROOM
from tests.durability.report import write
from tests.durability.stage import Stage
from tests.durability.verdict import judge

SEED = 8
# Rasa takes longest to come back: once is enough here.
KILLED = {"sqlite": (10, 1), "postgresql": (10, 0)}

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module", params=KILLED)
def played(request, tmp_path_factory, trained_model):
    """A stage after the blows, the blows, and what is wrong, by check."""
    if request.param == "postgresql":
        request.getfixturevalue("postgres")  # is skipped, or fails, where there is none
    kills, rasa = KILLED[request.param]
    with Stage(tmp_path_factory.mktemp("torture"), request.param).open() as stage:
        chaos = stage.play(kills, rasa=rasa, seed=SEED)
        return stage, chaos.blows, judge(stage)


def test_everything_was_hit_and_came_back(played):
    stage, blows, _ = played
    kills, rasa = KILLED[stage.kind]
    hit = [one.what for one in blows]
    assert sum(what in KILLS for what in hit) == kills
    assert hit.count("rasa") == rasa
    assert NO_ROOM in hit
    assert (CUT in hit) == ("database" in hit) == (stage.kind == "postgresql")


def test_the_blows_were_felt_and_the_work_went_on(played):
    ledger = played[0].ledger
    assert ledger.sent_again > 0
    for done in (ledger.cards, ledger.slips, ledger.replies, ledger.emergencies):
        assert len(done) > 5


def test_nothing_was_lost_doubled_or_counted_wrongly(played):
    stage, blows, verdict = played
    assert not any(verdict.values()), "\n".join(write(stage.kind, SEED, blows, stage.ledger, verdict))
