"""From slots to a referral: what is said, what is remembered, and what is in the journal afterwards."""

import pytest
from sqlalchemy import select

from actions.referral import Another, Refer, ReferWithoutPlace
from referral.errors import UnknownTopic
from referral.models.gap import Gap
from referral.models.question import Question
from referral.models.referral import Referral
from tests.actions.heard import LIBRARY, count_rows, list_said

CARD = ["card", "is_this_it"]
ONE_REFERRAL = {"questions": 1, "referrals": 1}
REFERRAL_AND_GAP = {**ONE_REFERRAL, "gaps": 1}

# slots → what is said, what is awaited, what the journal holds
RIGHT = [
    ({"topic": "huurtoeslag", "place": "Zwolle"}, (["recognise", "refer", *CARD], "helped", ONE_REFERRAL)),
    ({"topic": "huurtoeslag", "place": "ommen"}, (["recognise", "refer", *CARD], "helped", ONE_REFERRAL)),
    ({"topic": "huurtoeslag"}, (["recognise", "ask_place"], "place", {"questions": 1})),
    ({"topic": "huurtoeslag", "place": "Assen"}, (["recognise", "refer_national", *CARD], "helped", REFERRAL_AND_GAP)),
    (
        {"topic": "huurtoeslag", "skipped_place": True},
        (["recognise", "refer_no_place", *CARD], "helped", ONE_REFERRAL),
    ),
    (
        {"topic": "huurtoeslag", "place": "Zwolle", "deadline": "2026-12-03"},
        (["recognise", "deadline", "refer", *CARD], "helped", ONE_REFERRAL),
    ),
    (
        {"topic": "huurtoeslag", "place": "Zwolle", "second_topic": "digid"},
        (["recognise", "refer", *CARD, "also"], "helped", ONE_REFERRAL),
    ),
    # Nobody local helps with it: the place does not matter and is not asked for.
    ({"topic": "medisch"}, (["recognise", "refer", *CARD], "helped", ONE_REFERRAL)),
    ({"topic": "bibliotheek", "place": "Assen"}, (["no_partner"], None, {"questions": 1, "gaps": 1})),
]
WELL_FORMED_BUT_WRONG = [
    ({"topic": "huurtoeslag", "place": "Elst"}, (["choose_place", "choices"], "place", {"questions": 1})),
    ({"topic": "huurtoeslag", "place": "Nergenshuizen"}, (["place_unknown"], "place", {"questions": 1})),
    ({"topic": "huurtoeslag", "place": "8011"}, (["place_unknown"], "place", {"questions": 1})),
]
MALFORMED = [
    ({"topic": None, "place": "Zwolle"}, (["ask_question"], None, {})),
    ({"topic": "", "place": "Zwolle"}, (["ask_question"], None, {})),
]


@pytest.mark.parametrize(("slots", "outcome"), [*RIGHT, *WELL_FORMED_BUT_WRONG, *MALFORMED])
def test_a_topic_and_a_place_give_a_partner_or_ask_what_is_missing(decide, example_session, slots, outcome):
    told = decide(Refer, **slots)
    assert (list_said(told), told.slots["awaiting"], count_rows(example_session)) == outcome
    assert bool(told.slots.get("referral_id")) == ("card" in list_said(told))


def test_a_topic_that_does_not_exist_is_an_error(decide):
    with pytest.raises(UnknownTopic):
        decide(Refer, topic="belasting_op_lucht", place="Zwolle")


def test_the_journal_holds_the_question_and_where_the_citizen_was_sent(decide, example_session):
    slots = {"topic": "huurtoeslag", "place": "Zwolle", "sender": "toeslagen", "signal": "termijn"}
    told = decide(Refer, **slots)
    question = example_session.scalars(select(Question)).one()
    assert (question.id, question.topic, question.turn_id) == (told.slots["question_id"], "huurtoeslag", "turn-0001")
    assert (question.library_id, question.municipality) == (LIBRARY, "GM0193")
    assert (question.organisation, question.signal) == ("toeslagen", "termijn")
    referral = example_session.scalars(select(Referral)).one()
    assert referral.id == told.slots["referral_id"]
    assert (referral.question_id, referral.status, referral.shown_at) == (question.id, "requested", None)
    assert {"card": referral.id} in told.payloads


def test_a_gap_names_the_kind_of_partner_that_was_looked_for(decide, example_session):
    decide(Refer, topic="huurtoeslag", place="Assen")
    gap = example_session.scalars(select(Gap)).one()
    assert (gap.kind, gap.partner_kind, gap.municipality) == ("not_in_directory", "toeslagenhulp", "GM0106")


def test_of_a_sensitive_question_no_place_and_no_letter_is_kept(decide, example_session):
    decide(Refer, topic="mentaal", place="Zwolle", sender="cak")
    question = example_session.scalars(select(Question)).one()
    assert (question.municipality, question.organisation, question.visit_id) == (None, None, None)
    assert example_session.scalars(select(Referral)).one().distance_km is None


def test_the_same_turn_again_writes_nothing_new(decide, example_session):
    slots = {"topic": "huurtoeslag", "place": "Zwolle"}
    first = decide(Refer, **slots)
    assert decide(Refer, **slots) == first
    assert count_rows(example_session) == ONE_REFERRAL


def test_the_place_that_was_asked_for_goes_with_the_question_that_was_open(decide, example_session):
    asked = decide(Refer, topic="huurtoeslag")
    slots = {"turn_id": "turn-0002", "place": "Zwolle", **asked.slots}
    told = decide(Refer, **slots)
    assert told.slots["question_id"] == asked.slots["question_id"]
    assert count_rows(example_session) == ONE_REFERRAL


def test_a_change_of_subject_is_a_question_of_its_own(decide, example_session, refer):
    slots = refer("huurtoeslag", "Zwolle")
    told = decide(Refer, **{**slots, "topic": "schulden"})
    assert told.slots["question_id"] != slots["question_id"]
    assert count_rows(example_session) == {"questions": 2, "referrals": 2}


def test_a_name_that_several_places_bear_gives_buttons_that_name_one(decide):
    told = decide(Refer, topic="huurtoeslag", place="Elst")
    choices = told.payloads[1]["choices"]
    assert [choice["label"] for choice in choices] == ["Elst (Overbetuwe)", "Elst (Rhenen)"]
    assert told.slots["place"] is None
    for number, choice in enumerate(choices, start=2):
        assert choice["intent"] == "inform_place"
        slots = {"turn_id": f"turn-{number:04}", **told.slots, **choice["entities"]}
        assert "card" in list_said(decide(Refer, **slots))


def test_who_rather_does_not_say_where_gets_somebody_to_call(decide, example_session):
    told = decide(ReferWithoutPlace, topic="huurtoeslag", awaiting="place")
    assert list_said(told) == ["recognise", "refer_no_place", *CARD]
    assert told.slots["skipped_place"] is True
    assert told.slots["awaiting"] == "helped"
    assert example_session.scalars(select(Question)).one().municipality is None


def test_skipping_the_place_holds_for_the_next_question(decide):
    skipped = decide(ReferWithoutPlace, topic="huurtoeslag")
    slots = {"turn_id": "turn-0002", **skipped.slots, "topic": "schulden"}
    assert "card" in list_said(decide(Refer, **slots))


def test_skipping_the_place_before_there_is_a_question_asks_for_one(decide, example_session):
    told = decide(ReferWithoutPlace)
    assert list_said(told) == ["ask_question"]
    assert count_rows(example_session) == {}


def test_another_one_is_another_one_and_closes_the_first(decide, example_session, refer):
    slots = refer("huurtoeslag", "Zwolle")
    told = decide(Another, **slots)
    assert list_said(told) == ["another", *CARD]
    first = example_session.get_one(Referral, slots["referral_id"])
    second = example_session.get_one(Referral, told.slots["referral_id"])
    assert (first.status, first.reason) == ("cancelled", "citizen_declined")
    assert second.service_id != first.service_id
    assert second.question_id == first.question_id


def test_when_all_have_been_offered_there_are_no_more(decide, example_session, refer):
    slots = refer("huurtoeslag", "Zwolle")
    offered, said = [], []
    for number in range(2, 20):
        told = decide(Another, **{**slots, "turn_id": f"turn-{number:04}"})
        slots |= told.slots
        said = list_said(told)
        if said == ["no_more_partners"]:
            break
        offered.append(example_session.get_one(Referral, slots["referral_id"]).service_id)
    assert said == ["no_more_partners"]
    assert len(offered) >= 3
    assert len(set(offered)) == len(offered)
    assert offered[-1] == "nationaal-toeslagen"


def test_another_one_before_there_was_one_says_so(decide, example_session):
    told = decide(Another, topic="huurtoeslag")
    assert list_said(told) == ["no_referral_yet"]
    assert count_rows(example_session) == {}
