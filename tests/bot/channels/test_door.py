"""The channel: a turn is one request, on a tracker of its own, of which nothing stays behind."""

import asyncio

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.door import escape_intent, read_text, run_turn, select_understanding, start_tracker
from bot.channels.turn_store import TurnTrackerStore, begin_turn, end_turn


def take_turn(agent, turn_id="turn-1", **body):
    return asyncio.run(run_turn(agent, agent.handle_message, {"turn_id": turn_id, "slots": {}, **body}))


def list_running():
    return list(asyncio.run(TurnTrackerStore(Domain.empty()).keys()))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("mijn huur is te hoog", "mijn huur is te hoog"),
        ("8011/a", "8011/a"),
        ("/restart", "restart"),
        ("//restart", "restart"),
        (' / /human{"place": "Zwolle"}', 'human{"place": "Zwolle"}'),
        ("/", "?"),
        ("", "?"),
        ("   ", "?"),
    ],
)
def test_a_citizen_cannot_type_an_intent(text, read):
    assert escape_intent(text) == read
    assert read_text({"text": text}) == read


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ({"intent": "human"}, "/human"),
        ({"intent": "inform_place", "entities": {"place": "Zwolle"}}, '/inform_place{"place": "Zwolle"}'),
        ({"intent": "skip", "entities": {}}, "/skip"),
        ({"intent": "human", "text": "/restart"}, "/human"),
    ],
)
def test_a_button_is_an_intent_as_rasa_writes_it(body, read):
    assert read_text(body) == read


def test_a_turn_gives_the_payloads_in_order_and_what_was_understood(agent):
    answer = take_turn(agent, text="goedemorgen")
    assert answer["messages"] == [{"say": "greet"}]
    assert answer["intent"]["name"] == "greet"
    assert answer["ranking"][0] == answer["intent"]


def test_a_button_is_answered_without_understanding(agent):
    answer = take_turn(agent, intent="privacy")
    assert answer["messages"] == [{"say": "privacy"}]
    assert answer["intent"] == {"name": "privacy", "confidence": 1.0}


@pytest.mark.parametrize("text", ["/privacy", " /privacy", "//start_again"])
def test_a_typed_intent_is_read_as_words(agent, text):
    answer = take_turn(agent, text=text)
    assert answer["intent"]["confidence"] < 1.0


def test_a_place_on_a_button_fills_the_slot(agent):
    assert take_turn(agent, intent="privacy", entities={"place": "Zwolle"})["slots"]["place"] == "Zwolle"


def test_an_emergency_says_its_signal_and_nothing_else(agent):
    answer = take_turn(agent, text="ik wil niet meer leven", slots={"awaiting": "place", "topic": "schulden"})
    (message,) = answer["messages"]
    assert list(message) == ["urgent"]
    assert answer["slots"]["topic"] == "schulden"


def test_what_the_door_knows_is_in_the_slots_and_comes_back(agent):
    slots = {"place": "Zwolle", "misses": 1, "language": "en", "turn_id": "turn-1", "topic": None, "strange": "x"}
    returned = take_turn(agent, text="goedemorgen", slots=slots)["slots"]
    assert (returned["place"], returned["misses"], returned["language"]) == ("Zwolle", 1, "en")
    assert returned["topic"] is None
    assert "strange" not in returned


@pytest.mark.parametrize(
    ("awaiting", "says"), [(None, "next_question"), ("place", "next_question"), ("something else", "next_question")]
)
def test_yes_is_an_answer_to_what_was_asked_only(agent, awaiting, says):
    assert take_turn(agent, intent="affirm", slots={"awaiting": awaiting})["messages"] == [{"say": says}]


def test_every_turn_has_a_fresh_tracker(agent):
    take_turn(agent, text="ik woon in Zwolle", slots={"language": "en"})
    again = take_turn(agent, text="goedemorgen")["slots"]
    assert again["place"] is None
    assert again["language"] is None


def test_a_tracker_begins_with_what_was_asked_and_waits_for_the_citizen(agent):
    tracker = start_tracker("turn-1", {"awaiting": "helped", "place": "Ommen"}, agent.processor)
    assert tracker.get_slot("asked") == tracker.get_slot("awaiting") == "helped"
    assert tracker.get_slot("place") == "Ommen"
    assert tracker.latest_action_name == "action_listen"


def test_no_turn_stays_in_memory(agent):
    for number in range(20):
        take_turn(agent, f"turn-{number}", intent="greet")
    assert list_running() == []


@pytest.mark.parametrize("body", [{}, {"text": None}, {"text": 5}])
def test_a_turn_that_fails_raises_and_stays_not_in_memory_either(agent, body):
    with pytest.raises((KeyError, AttributeError)):
        take_turn(agent, **body)
    assert list_running() == []


def test_an_error_of_rasa_travels_up_and_leaves_nothing(agent):
    async def fail(message):
        raise ConnectionError("the model is gone")

    with pytest.raises(ConnectionError):
        asyncio.run(run_turn(agent, fail, {"turn_id": "turn-1", "text": "hallo"}))
    assert list_running() == []


def test_a_turn_without_a_message_is_an_error_and_no_empty_answer(agent):
    async def forget(message):
        return None

    with pytest.raises(RuntimeError, match="no message"):
        asyncio.run(run_turn(agent, forget, {"turn_id": "turn-1", "text": "hallo"}))
    assert list_running() == []


def test_without_the_action_server_a_turn_has_no_payload_and_leaves_nothing(agent):
    """Rasa swallows the error of an action; the door takes an answer without payloads for a failure (TRAPS.md)."""
    answer = take_turn(agent, intent="schulden")
    assert answer["messages"] == []
    assert answer["intent"]["name"] == "schulden"
    assert list_running() == []


def test_two_turns_at_once_do_not_see_each_other(agent):
    async def both():
        bodies = [
            {"turn_id": "a", "text": "goedemorgen", "slots": {"place": "Zwolle"}},
            {"turn_id": "b", "text": "tot ziens", "slots": {"place": "Ommen"}},
        ]
        return await asyncio.gather(*(run_turn(agent, agent.handle_message, body) for body in bodies))

    first, second = asyncio.run(both())
    assert (first["messages"], first["slots"]["place"]) == ([{"say": "greet"}], "Zwolle")
    assert (second["messages"], second["slots"]["place"]) == ([{"say": "goodbye"}], "Ommen")


def test_the_store_holds_a_turn_from_its_begin_to_its_end():
    store = TurnTrackerStore(Domain.empty())
    tracker = DialogueStateTracker("turn-1", [])
    begin_turn(tracker)
    assert asyncio.run(store.retrieve("turn-1")) is tracker
    assert end_turn("turn-1") is tracker
    assert asyncio.run(store.retrieve("turn-1")) is None


def test_an_answer_without_understanding_is_no_intent():
    assert select_understanding({}) == {"intent": {"name": None, "confidence": 0.0}, "ranking": [], "entities": []}


def test_the_fallback_is_no_candidate_and_an_entity_says_where_it_stands():
    row, place = {"name": "schulden", "confidence": 0.3}, {"entity": "place", "value": "Ommen", "start": 0, "end": 5}
    parsed = {
        "intent": {"name": "nlu_fallback", "confidence": 0.35, "id": 1},
        "intent_ranking": [{"name": "nlu_fallback", "confidence": 0.35}, row],
        "entities": [{**place, "extractor": "PlaceExtractor"}],
    }
    assert select_understanding(parsed) == {
        "intent": {"name": "nlu_fallback", "confidence": 0.35},
        "ranking": [row],
        "entities": [place],
    }
