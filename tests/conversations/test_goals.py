"""Citizen's goals over HTTP against the real door, Rasa and action server (the format: format.md)."""

from typing import Any

import pytest

from referral.db import Database
from tests.conversations.goals import Goal, Turn, load_goals
from tests.conversations.journal import list_codes, make_keys, read_journal, wait_for
from tests.conversations.seen import Seen, is_national, read_reply, read_urgent_texts
from tests.conversations.visitor import Visitor

GOALS = load_goals()
MAX_BUTTONS = 5
# Said alone: beside an answer they would say that there is none.
ALONE = {"unsure", "say_again", "out_of_scope", "place_unknown", "next_question", "error"}


def test_there_are_at_least_sixty_goals():
    assert len(GOALS) >= 60


def mark_goal(goal: Goal):
    """Let a goal that is not reached yet, because a message is misunderstood, fail with its reason."""
    marks = [pytest.mark.xfail(reason=goal.not_yet, strict=False)] if goal.not_yet else []
    return pytest.param(goal, id=str(goal), marks=marks)


def test_few_goals_are_not_reached_yet():
    assert sum(goal.not_yet is not None for goal in GOALS) <= 6


@pytest.mark.parametrize("goal", [mark_goal(goal) for goal in GOALS])
def test_a_citizen_reaches_the_goal(assistant, journal, goal):
    visitor = Visitor(assistant.url, goal)
    try:
        codes = [code for number in range(len(goal.turns)) for code in play_turn(journal, visitor, goal, number)]
        check_journal(journal, visitor, goal, codes)
    finally:
        visitor.close()


def play_turn(journal: Database, visitor: Visitor, goal: Goal, number: int) -> list[str]:
    """Do one turn of the goal and check the reply; return the codes on its cards."""
    turn = goal.turns[number]
    try:
        reply = visitor.act(turn)
    except AssertionError as error:
        pytest.fail(f"{goal}, turn {number + 1}: {turn.act}\n  {error}", pytrace=False)
    with journal.read() as session:
        seen = read_reply(session, reply)
    if wrong := [*find_differences(turn, seen), *find_broken_rules(reply, seen)]:
        told = [f"{goal}, turn {number + 1}: {turn.act}", *wrong, "came:", *describe(reply, seen)]
        pytest.fail("\n  ".join(told), pytrace=False)
    return [card["code"] for card in visitor.cards]


def find_differences(turn: Turn, seen: Seen) -> list[str]:
    """Return in sentences what is not as the goal has it."""
    wrong = []
    if seen.urgent != turn.urgent:
        wrong.append(f"expected the urgent text of {turn.urgent}, came that of {seen.urgent}")
    if seen.has_safety_line != turn.safety_line:
        wrong.append(f"expected {'a' if turn.safety_line else 'no'} line with the numbers in the citizen's language")
    wrong += find_wrong_cards(turn, seen)
    if not is_in_order(turn.texts, seen.said):
        wrong.append(f"expected to be said, in this order: {turn.texts}")
    wrong += [f"expected the button {name}" for name in turn.buttons if name not in seen.buttons]
    wrong += [f"expected {name} to choose from" for name in turn.menu if name not in seen.menu]
    return wrong


def find_wrong_cards(turn: Turn, seen: Seen) -> list[str]:
    if len(seen.cards) != int(turn.wants_card):
        return [f"expected {'one card' if turn.wants_card else 'no card'}, came {len(seen.cards)}"]
    wrong = []
    for kinds in seen.cards:
        if turn.card is not None and not set(turn.card) & set(kinds):
            wrong.append(f"expected a card of one of {turn.card}, came one of {kinds}")
        if turn.national != is_national(kinds):
            wrong.append(f"expected a {'national' if turn.national else 'local'} partner, came one of {kinds}")
    return wrong


def is_in_order(wanted: list[str], said: list[str]) -> bool:
    left = iter(said)
    return all(key in left for key in wanted)


def find_broken_rules(reply: dict[str, Any], seen: Seen) -> list[str]:
    """Return what no reply at all may do."""
    wrong = []
    texts = [message["text"] for message in reply["messages"] if message["text"]]
    if any("{" in text or not text.strip() for text in texts):
        wrong.append("a text with a gap in it")
    if len(reply["buttons"]) > MAX_BUTTONS or len(set(seen.buttons)) != len(seen.buttons):
        wrong.append(f"too many buttons, or one twice: {seen.buttons}")
    if (ALONE & set(seen.said) and len(seen.said) > 1) or "two_misses" in seen.said[1:]:
        wrong.append(f"an answer, and that there is none: {seen.said}")
    signal = read_urgent_texts().get(seen.urgent or "")
    if signal and reply["urgent"]["text"] != signal["first"][reply["urgent"]["language"]]:
        wrong.append("an urgent text that is not in urgent.yml or urgency/foreign.yml")
    if signal and signal["level"] == "P0" and (reply["messages"] or reply["buttons"] or reply["menu"]):
        wrong.append("something beside the text of an emergency")
    if not (reply["urgent"] or reply["messages"] or reply["menu"]):
        wrong.append("nothing was said")
    return wrong


def describe(reply: dict[str, Any], seen: Seen) -> list[str]:
    texts = [message["text"] or "" for message in reply["messages"]]
    said = [f"{key}: {text}" if text else key for key, text in zip(seen.said, texts, strict=True)]
    return [f"urgent {seen.urgent}, cards {seen.cards}", *said, f"buttons {seen.buttons}", f"menu {seen.menu}"]


def check_journal(journal: Database, visitor: Visitor, goal: Goal, codes: list[str]) -> None:
    keys = make_keys(visitor.conversation_id, visitor.turn_ids)
    if goal.journal.urgent:
        wait_for(journal, lambda session: read_journal(session, keys).urgent)
    with journal.read() as session:
        assert read_journal(session, keys) == goal.journal, f"{goal}: the journal"
        assert sorted(set(codes)) == sorted(list_codes(session, keys)), f"{goal}: cards seen, and cards in the journal"
