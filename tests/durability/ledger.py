"""What the clients were told, each thing as soon as it was seen: the other side of the journal."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Ledger:
    """Clients write in it from their threads; every list only grows.

    `cards` and `slips` are codes that a citizen saw in the chat and a colleague at the desk; `replies` are pairs of a
    code and the answer of its partner, once the door said that it was written down; `answers` counts statuses of HTTP,
    0 where there was no answer.
    """

    cards: list[str] = field(default_factory=list)
    turn_keys: list[str] = field(default_factory=list)
    slips: list[str] = field(default_factory=list)
    replies: list[tuple[str, str]] = field(default_factory=list)
    emergencies: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)

    @property
    def sent_again(self):
        return sum(count for status, count in self.answers.items() if status >= 400 or not status)
