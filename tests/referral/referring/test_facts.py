"""What there is to say about a referral: the partner as it is now, and the card of the topic."""

from datetime import datetime

import pytest

from referral.clock import AMSTERDAM
from referral.errors import NotFound
from referral.overlay import cards
from referral.overlay.cards import Place
from referral.referring.facts import get_referral_facts
from referral.referring.knowledge import load_knowledge
from referral.referring.service import Ask, refer_citizen
from tests.clock import TUESDAY

EVENING = datetime(2026, 11, 24, 21, 0, tzinfo=AMSTERDAM)


@pytest.fixture
def get_facts(example_session):
    def run(topic, place, *, now=TUESDAY, language="nl"):
        ask = Ask(
            turn_id="turn-1",
            topic=topic,
            place=place,
            library_id="bibliotheek-zwolle-voorbeeld",
            visit_id=None,
            language="nl",
        )
        knowledge = load_knowledge()
        result = refer_citizen(example_session, ask, knowledge, TUESDAY)
        return get_referral_facts(example_session, result.referral_id, knowledge=knowledge, language=language, now=now)

    return run


def test_the_municipality_has_the_name_that_people_use(get_facts):
    assert get_facts("digid", "'s-Gravenhage").municipality == "Den Haag"


def test_a_local_referral_has_partner_place_distance_and_reasons(get_facts):
    facts = get_facts("digid", "Zwolle")
    assert facts.topic == "digid"
    assert facts.service.service_id == "ido-zwolle-centrum-voorbeeld"
    assert facts.municipality == "Zwolle"
    assert facts.distance_km is not None
    assert facts.distance_km < 5
    assert {"right_kind", "serves_municipality", "open_now"} <= set(facts.reasons)
    assert len(facts.code) == 9


def test_a_national_referral_has_no_distance(get_facts):
    facts = get_facts("digid", "Assen")
    assert (facts.service.service_id, facts.municipality, facts.distance_km) == ("nationaal-digid", "Assen", None)


def test_of_a_sensitive_referral_nobody_can_tell_where_it_was_asked(get_facts):
    facts = get_facts("mentaal", "Zwolle")
    assert (facts.municipality, facts.distance_km) == (None, None)


def test_the_hours_are_those_of_now_and_not_of_the_referral(get_facts):
    assert get_facts("digid", "Zwolle").service.today.open_now
    assert not get_facts("digid", "Zwolle", now=EVENING).service.today.open_now


@pytest.mark.parametrize(("language", "title"), [("nl", "Huurtoeslag"), ("en", "Huurtoeslag (help with rent)")])
def test_the_card_of_the_topic_is_in_the_language_asked_for(get_facts, language, title):
    assert get_facts("huurtoeslag", "Zwolle", language=language).topic_card.title == title


def test_a_language_without_cards_gets_the_dutch_one(get_facts):
    assert get_facts("huurtoeslag", "Zwolle", language="tr").topic_card.title == "Huurtoeslag"


def test_a_referral_that_does_not_exist_is_not_found(example_session):
    with pytest.raises(NotFound):
        get_referral_facts(example_session, "gone", knowledge=load_knowledge(), language="nl", now=TUESDAY)


def test_the_topics_card_is_in_the_librarys_own_words(get_facts, example_session):
    place = Place("bibliotheek-zwolle-voorbeeld", "digid", "bring", "telefoon")
    catalogue = load_knowledge().catalogue
    cards.rewrite(example_session, catalogue, place, {"nl": "Uw telefoon, opgeladen"}, by="Noor", now=TUESDAY)
    facts = get_facts("digid", "Zwolle")
    assert "Uw telefoon, opgeladen" in [paragraph.text for paragraph in facts.topic_card.bring]
