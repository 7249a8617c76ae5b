"""When a message is not understood: the best three, once more, and then a person."""

import pytest

from actions.unsure import CHOICES, Human, NoneOfThese, OutOfScope, PlaceUnknown, Unsure, rank_topics
from tests.actions.heard import LIBRARY, count_rows, hear, list_said

CARD = ["card", "is_this_it"]
RANKED = ("huurtoeslag", "greet", "zorgtoeslag", "suicide", "schulden", "digid", "buiten_bereik")


def test_the_best_three_topics_are_offered(decide, example_session):
    told = decide(Unsure, ranking=RANKED)
    assert list_said(told) == ["topics", "unsure", "unclear"]
    assert told.payloads[0]["topics"] == ["huurtoeslag", "zorgtoeslag", "schulden"]
    assert told.slots == {"misses": 1}
    assert count_rows(example_session) == {}


@pytest.mark.parametrize(
    ("ranking", "topics"),
    [
        (RANKED, ["huurtoeslag", "zorgtoeslag", "schulden", "digid"]),
        (("greet", "digid"), ["digid"]),
        (("nood_112", "suicide", "huiselijk_geweld", "seksueel_geweld"), []),
        (("greet", "buiten_bereik", "nlu_fallback"), []),
        (("no_such_topic",), []),
        ((), []),
    ],
)
def test_only_topics_are_chosen_from_and_never_an_emergency(knowledge, ranking, topics):
    assert rank_topics(hear(ranking=ranking), knowledge.catalogue) == topics


def test_there_are_never_more_than_three_choices(decide, knowledge):
    every = tuple(knowledge.catalogue.topics)
    told = decide(Unsure, ranking=every)
    assert len(told.payloads[0]["topics"]) == CHOICES == 3


# misses before → what is said, misses after
@pytest.mark.parametrize(
    ("action", "misses", "said", "after"),
    [
        (Unsure, None, ["topics", "unsure", "unclear"], 1),
        (Unsure, 0, ["topics", "unsure", "unclear"], 1),
        (Unsure, 1, ["two_misses", "human", "unclear"], 2),
        (Unsure, 2, ["two_misses", "human", "unclear"], 3),
        (NoneOfThese, None, ["say_again", "unclear"], 1),
        (NoneOfThese, 1, ["two_misses", "human", "unclear"], 2),
        (OutOfScope, None, ["out_of_scope", "unclear"], 1),
        (OutOfScope, 1, ["two_misses", "human", "unclear"], 2),
        (PlaceUnknown, None, ["place_unknown"], 1),
    ],
)
def test_two_misses_in_a_row_are_a_person(decide, action, misses, said, after):
    told = decide(action, misses=misses, ranking=RANKED)
    assert list_said(told) == said
    assert told.slots["misses"] == after
    if "human" in said:
        assert {"human": LIBRARY} in told.payloads


@pytest.mark.parametrize("action", [Unsure, OutOfScope])
def test_the_door_hears_what_an_unclear_message_may_be_about_emergencies_too(decide, action):
    told = decide(action, ranking=("greet", "suicide", "schulden", "digid", "huurtoeslag"))
    assert {"unclear": ["suicide", "schulden", "digid"]} in told.payloads


def test_a_place_that_is_not_understood_is_nothing_to_learn_from(decide):
    assert not [one for one in decide(PlaceUnknown, ranking=RANKED).payloads if "unclear" in one]


@pytest.mark.parametrize("misses", [0, 1])
def test_an_urgent_signal_decides_what_an_unclear_message_is_about(decide, example_session, misses):
    told = decide(
        Unsure, signal="deurwaarder", signal_topic="deurwaarder", place="Zwolle", misses=misses, ranking=RANKED
    )
    assert list_said(told) == ["recognise", "refer", *CARD]
    assert told.slots["topic"] == "deurwaarder"
    assert "misses" not in told.slots
    assert count_rows(example_session) == {"questions": 1, "referrals": 1}


def test_an_urgent_signal_without_a_place_asks_for_the_place(decide):
    assert list_said(decide(Unsure, signal="deurwaarder", signal_topic="deurwaarder")) == ["recognise", "ask_place"]


def test_a_place_in_an_unclear_answer_is_the_answer(decide):
    assert list_said(decide(PlaceUnknown, topic="huurtoeslag", place="Zwolle", awaiting="place")) == [
        "recognise",
        "refer",
        *CARD,
    ]


def test_a_second_unknown_place_is_not_asked_for_again(decide):
    told = decide(PlaceUnknown, topic="huurtoeslag", awaiting="place", misses=1)
    assert list_said(told) == ["recognise", "refer_no_place", *CARD]
    assert told.slots["skipped_place"] is True
    assert told.slots["awaiting"] == "helped"


def test_a_first_unknown_place_is_asked_for_again(decide, example_session):
    told = decide(PlaceUnknown, topic="huurtoeslag", awaiting="place")
    assert told.slots == {"awaiting": "place", "misses": 1}
    assert count_rows(example_session) == {}


def test_who_wants_a_person_meets_one_at_the_door(decide):
    told = decide(Human)
    assert told.payloads == ({"door": "meet_person"},)
    assert told.slots == {}
