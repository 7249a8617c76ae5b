"""A citizen who follows a goal, turn by turn, and remembers the ids of the turns."""

import uuid
from collections.abc import Sequence
from typing import Any

from tests.citizen import Citizen
from tests.conversations.goals import Goal, Turn
from tests.conversations.seen import find_label


class Visitor(Citizen):
    """`turn_ids` are those of all turns so far."""

    def __init__(self, url: str, goal: Goal) -> None:
        super().__init__(url, **goal.start)
        self.turn_ids: list[str] = []

    def act(self, turn: Turn) -> dict[str, Any]:
        """Say or press what the turn tells; raise AssertionError, listing the buttons, for one that is not there."""
        turn_id = uuid.uuid4().hex
        self.turn_ids.append(turn_id)
        if turn.say is not None:
            return self.say(turn.say, turn_id=turn_id)
        assert turn.press is not None
        return self.press(find_label(turn.press, self.reply["language"]), turn_id=turn_id)

    def walk(self, turns: Sequence[Turn]) -> None:
        for turn in turns:
            self.act(turn)
