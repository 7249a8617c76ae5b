"""Questions about the partner on the screen, and what the citizen did with it."""

from dataclasses import replace
from types import MappingProxyType

import pytest
from sqlalchemy import select

from actions.answers import (
    CallInstead,
    Details,
    Distance,
    Explain,
    Helped,
    Keep,
    NotHelped,
    OpeningHours,
    WhatToBring,
)
from referral.errors import NotFound
from referral.models.feedback import Feedback
from referral.models.referral import Referral
from tests.actions.heard import count_rows, hear, list_said

NEED_A_PARTNER = [CallInstead, OpeningHours, WhatToBring, Distance, Details, Keep, Helped, NotHelped]


@pytest.mark.parametrize("action", NEED_A_PARTNER)
def test_without_a_partner_on_the_screen_there_is_nothing_to_tell(decide, example_session, action):
    told = decide(action, topic="huurtoeslag")
    assert list_said(told) == ["no_referral_yet"]
    assert told.slots == {}
    assert count_rows(example_session) == {}


@pytest.mark.parametrize("action", NEED_A_PARTNER)
def test_a_partner_that_is_no_more_in_the_journal_is_an_error(decide, action):
    with pytest.raises(NotFound):
        decide(action, topic="huurtoeslag", referral_id="gone")


ABOUT = [
    (CallInstead, ("digid", "Zwolle"), ["call_instead", "phones"]),
    (CallInstead, ("aow_pensioen", "Assen"), ["call_instead", "phones"]),  # hours to call unknown: not called closed
    (CallInstead, ("mantelzorg", "Zwolle"), ["call_instead", "phones"]),
    (CallInstead, ("huurtoeslag", "Zwolle"), ["call_instead_closed", "phones"]),
    (CallInstead, ("dakloos", "Zwolle"), ["no_phone"]),
    (CallInstead, ("studie", "Assen"), ["no_phone"]),  # the number of DUO is not verified
    (OpeningHours, ("digid", "Zwolle"), ["opening_hours"]),
    (OpeningHours, ("studie", "Assen"), ["opening_hours"]),
    (WhatToBring, ("digid", "Zwolle"), ["what_to_bring", "bring"]),
    # The partner asks for nothing, the card of the topic does.
    (WhatToBring, ("burenruzie", "Zwolle"), ["what_to_bring", "bring"]),
    (Distance, ("digid", "Zwolle"), ["distance"]),
    (Distance, ("burenruzie", "Zwolle"), ["no_address"]),
    (Distance, ("mentaal", "Ommen"), ["address_only"]),  # of a sensitive question no distance is kept
    (Details, ("digid", "Zwolle"), ["paragraphs", "paragraphs", "paragraphs", "is_this_it"]),
    (Keep, ("digid", "Zwolle"), ["keep"]),
]


@pytest.mark.parametrize(("action", "question", "said"), ABOUT)
def test_what_is_told_follows_from_the_partner(decide, refer, action, question, said):
    slots = refer(*question)
    told = decide(action, **slots)
    assert list_said(told) == said
    assert told.slots == {}
    of_the_partner = [
        value for payload in told.payloads for key, value in payload.items() if key in ("about", "phones")
    ]
    assert set(of_the_partner) <= {slots["referral_id"]}
    assert of_the_partner or action is Details


def test_nothing_to_bring_where_neither_partner_nor_topic_asks_for_it(decide, example_session, knowledge, refer):
    slots = refer("burenruzie", "Zwolle")
    cards = dict(knowledge.catalogue.cards)
    cards["burenruzie", "nl"] = cards["burenruzie", "nl"].model_copy(update={"bring": ()})
    bare = replace(knowledge, catalogue=replace(knowledge.catalogue, cards=MappingProxyType(cards)))
    assert list_said(WhatToBring().decide(example_session, hear(**slots), bare)) == ["nothing_to_bring"]


def test_details_tell_the_topic_of_the_question_not_of_the_last_message(decide, refer):
    slots = refer("digid", "Zwolle") | {"topic": "schulden"}
    told = decide(Details, **slots)
    assert [payload.get("paragraphs") for payload in told.payloads] == ["digid", "digid", "digid", None]
    assert [payload.get("part") for payload in told.payloads] == ["do", "dates", "who", None]


@pytest.mark.parametrize(
    ("action", "noted"),
    [
        (CallInstead, ("called", None)),
        (Keep, ("kept", None)),
        (Helped, ("confirmed", "yes")),
        (NotHelped, (None, "no")),
    ],
)
def test_what_a_citizen_did_with_the_card_is_in_the_journal(decide, example_session, refer, action, noted):
    slots = refer("digid", "Zwolle")
    decide(action, **slots)
    referral = example_session.get_one(Referral, slots["referral_id"])
    helped = example_session.scalars(select(Feedback.helped)).one_or_none()
    assert (referral.taken_up_by, helped) == noted
    assert (referral.taken_up_at is None) == (referral.taken_up_by is None)


@pytest.mark.parametrize("action", [OpeningHours, WhatToBring, Distance, Details])
def test_asking_about_a_partner_is_not_going_there(decide, example_session, refer, action):
    slots = refer("digid", "Zwolle")
    decide(action, **slots)
    assert example_session.get_one(Referral, slots["referral_id"]).taken_up_at is None


@pytest.mark.parametrize(("action", "said"), [(Helped, ["helped"]), (NotHelped, ["not_helped"])])
def test_the_answer_closes_the_question_and_counts_once_a_turn(decide, example_session, refer, action, said):
    slots = refer("digid", "Zwolle")
    for _ in range(2):
        told = decide(action, **slots)
        assert list_said(told) == said
        assert told.slots == {"awaiting": None}
    assert count_rows(example_session) == {"questions": 1, "referrals": 1, "answers": 1}


def test_explaining_says_what_the_topic_is(decide):
    told = decide(Explain, topic="digid")
    assert told.payloads == ({"paragraphs": "digid", "part": "what"}, {"paragraphs": "digid", "part": "do"})


def test_explaining_nothing_in_particular_says_what_this_is_for(decide):
    assert list_said(decide(Explain)) == ["help"]
