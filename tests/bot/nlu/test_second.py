"""A message about two topics: the second is found when both halves are sure, and only then."""

import asyncio

import numpy as np
import pytest

from bot.nlu.second import MAX_CUTS, cut_in_two, find_second

INTENTS = np.array(["digid", "schulden", "taal"])
DIGID, DEBT, UNSURE = [0.97, 0.02, 0.01], [0.03, 0.95, 0.02], [0.5, 0.3, 0.2]


@pytest.mark.parametrize(
    ("ranking", "halves", "second"),
    [
        (["digid", "schulden", "taal"], [DIGID, DEBT], "schulden"),
        (["schulden", "digid", "taal"], [DIGID, DEBT], "digid"),
        (["digid", "schulden", "taal"], [UNSURE, DEBT, DIGID, DEBT], "schulden"),
        # One half is unsure, both are about the same, or the whole message is about something else.
        (["digid", "schulden", "taal"], [DIGID, UNSURE], None),
        (["digid", "schulden", "taal"], [DIGID, DIGID], None),
        (["taal", "digid", "schulden"], [DIGID, DEBT], None),
        (["digid", "taal", "rekenen", "schulden"], [DIGID, DEBT], None),
    ],
)
def test_the_second_topic_is_one_of_two_that_the_halves_are_sure_of(ranking, halves, second):
    assert find_second([(name, 0.25) for name in ranking], np.array(halves), INTENTS) == second


def test_the_message_as_a_whole_must_give_it_a_share_too():
    halves = np.array([DIGID, DEBT])
    assert find_second([("digid", 0.99), ("schulden", 0.002)], halves, INTENTS) == "schulden"
    assert find_second([("digid", 0.99), ("schulden", 0.0005)], halves, INTENTS) is None


@pytest.mark.parametrize(
    "text", ["", "ja", "digid en schulden", "een heel lange zin zonder iets erin", "...", "en en en"]
)
def test_a_message_without_two_halves_is_not_cut(text):
    assert cut_in_two(text) == []


def test_a_long_story_is_cut_in_a_few_places_only():
    assert len(cut_in_two("ik heb een vraag. " * 50)) == MAX_CUTS


def test_the_model_sees_both(agent):
    text = "mijn digid doet het niet meer. en ik heb ook schulden die ik niet kan betalen"
    parsed = asyncio.run(agent.parse_message(text))
    seen = {parsed["intent"]["name"], *(e["value"] for e in parsed["entities"] if e["entity"] == "second_topic")}
    assert seen == {"digid", "schulden"}


@pytest.mark.parametrize(
    "text", ["mijn digid doet het niet, en dat al drie weken", "ik heb schulden. ik slaap er slecht van"]
)
def test_the_model_sees_one_where_there_is_one(agent, text):
    assert not [e for e in asyncio.run(agent.parse_message(text))["entities"] if e["entity"] == "second_topic"]
