"""A visit at the desk: one call writes all of a question or nothing, and the same form twice is one question."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from referral.errors import PartnerGone, UnknownTopic
from referral.journal.form import Answers
from referral.journal.statuses import Way
from referral.models.question import Question
from referral.models.referral import Referral
from referral.models.visit import Visit
from referral.places.service import resolve_place
from referral.referring.knowledge import load_knowledge
from referral.referring.visiting import Visited, find_partners, register_visit
from tests.clock import TUESDAY

KNOWLEDGE = load_knowledge()
ZWOLLE = resolve_place("Zwolle", KNOWLEDGE.places, None)
LIBRARY = "bibliotheek-zwolle-voorbeeld"


@pytest.fixture
def visit(example_session):
    """Registers, as the desk does."""

    def run(topic="schulden", *, turn_id="turn-1", now=TUESDAY, **fields):
        values = {"visit_id": None, "library_id": LIBRARY, "answers": Answers(kind="anders"), "place": ZWOLLE}
        return register_visit(
            example_session, Visited(turn_id=turn_id, topic=topic, **(values | fields)), KNOWLEDGE, now
        )

    return run


def choose(session, topic="schulden"):
    """Return the first partner of the ranking, as a form names it."""
    candidate = find_partners(session, topic, place=ZWOLLE, knowledge=KNOWLEDGE, now=TUESDAY).matches[0].candidate
    return candidate.service_id, candidate.location_id


def count(session, kind):
    return session.scalar(select(func.count()).select_from(kind))


def test_the_partner_that_staff_chose_gets_the_visitor(example_session, visit):
    chosen = choose(example_session)
    question, referral = visit(partner=chosen)
    assert (referral.service_id, referral.location_id) == chosen
    assert (referral.question_id, referral.way, referral.status) == (question.id, Way.COLD, "requested")
    assert referral.shown_at == TUESDAY
    assert "right_kind" in referral.matched_because


@pytest.mark.parametrize("way", list(Way))
def test_the_same_form_twice_changes_nothing(example_session, visit, way):
    chosen = choose(example_session)
    first = visit(partner=chosen, way=way)
    assert visit(partner=chosen, way=way, now=TUESDAY + timedelta(seconds=3)) == first
    assert [count(example_session, kind) for kind in (Visit, Question, Referral)] == [1, 1, 1]


def test_a_partner_that_is_gone_and_a_topic_that_never_was_are_refused(visit):
    with pytest.raises(PartnerGone):
        visit(partner=("nobody", None))
    with pytest.raises(UnknownTopic):
        visit("nonsense")


def test_a_visit_goes_on_for_the_same_visitor_until_the_day_is_over(visit):
    first, _ = visit()
    second, _ = visit("digid", turn_id="turn-2", visit_id=first.visit_id)
    tomorrow, _ = visit("digid", turn_id="turn-3", visit_id=first.visit_id, now=TUESDAY + timedelta(days=1))
    unknown, _ = visit("digid", turn_id="turn-4", visit_id="never-was")
    assert second.visit_id == first.visit_id
    assert len({first.visit_id, tomorrow.visit_id, unknown.visit_id}) == 3


def test_of_a_sensitive_question_neither_visit_nor_place_nor_distance_is_kept(example_session, visit):
    question, referral = visit("mentaal", partner=choose(example_session, "mentaal"))
    assert (question.visit_id, question.municipality, referral.distance_km) == (None, None, None)
    assert count(example_session, Visit) == 0
