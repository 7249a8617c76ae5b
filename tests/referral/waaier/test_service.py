"""All cards of a library with the partners of its place: the same as at the desk."""

from datetime import timedelta

import pytest

from referral.overlay.cards import get_card
from referral.referring.knowledge import load_knowledge
from referral.referring.visiting import MOST_PARTNERS, find_library_place, find_partners
from referral.waaier.service import collect_waaier
from tests.clock import TUESDAY

ZWOLLE = "bibliotheek-zwolle-voorbeeld"


@pytest.fixture
def collect(example_session):
    def collect(library_id=ZWOLLE, language="nl", now=TUESDAY):
        return collect_waaier(
            example_session, library_id=library_id, language=language, knowledge=load_knowledge(), now=now
        )

    return collect


def test_every_topic_is_there_once_in_the_order_of_its_title(collect):
    waaier = collect()
    assert {leaf.topic.id for leaf in waaier.leaves} == set(load_knowledge().catalogue.topics)
    titles = [leaf.card.title.casefold() for leaf in waaier.leaves]
    assert titles == sorted(titles)
    assert (waaier.library_name, waaier.place.name) == ("Bibliotheek Zwolle (voorbeeld)", "Zwolle")


def test_the_partners_are_those_of_the_desk_at_nine(collect, example_session):
    knowledge = load_knowledge()
    waaier = collect()
    place = find_library_place(example_session, ZWOLLE, knowledge.places)
    for leaf in waaier.leaves:
        outcome = find_partners(example_session, leaf.topic.id, place=place, knowledge=knowledge, now=waaier.moment)
        wanted = [match.candidate.service_id for match in outcome.matches[:MOST_PARTNERS]]
        assert [partner.service_id for partner in leaf.partners] == wanted
        assert leaf.has_local == bool(outcome.local)


def test_the_hour_of_the_day_changes_nothing(collect):
    assert collect(now=TUESDAY) == collect(now=TUESDAY + timedelta(hours=9))


def test_the_cards_are_in_the_language_asked_for(collect, example_session):
    catalogue = load_knowledge().catalogue
    for leaf in collect(language="en").leaves:
        assert leaf.card == get_card(example_session, catalogue, leaf.topic.id, language="en", library_id=ZWOLLE)


def test_a_library_that_is_not_in_the_directory_has_national_partners_only(collect):
    waaier = collect(library_id="nergens")
    assert (waaier.library_name, waaier.place) == ("", None)
    assert any(leaf.partners for leaf in waaier.leaves)
