"""What a plan is made of, as values."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from referral.exchange.problems import Problem
from referral.exchange.records import Key, Record

WHOLE_ROW = "*"


class Action(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one row, from what to what.

    Of a part that comes or goes whole, `field` is `*`; one side is its values by column, the other None.
    """

    table: str
    id: str
    field: str
    previous: Any
    replacement: Any


class Ground(StrEnum):
    """Why two things may be the same."""

    NAME = "name"
    ADDRESS = "address"
    PHONE = "phone"
    DISTANCE = "distance"


@dataclass(frozen=True, slots=True)
class Double:
    """Something in the directory, or earlier in the same source, that may be the same thing."""

    id: str
    name: str
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to one organization, location or service with everything that belongs to it."""

    action: Action
    table: str
    id: str
    name: str
    path: str = ""
    changes: tuple[Change, ...] = ()
    doubles: tuple[Double, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a batch would do. `problems` are those of the batch and of the comparison.

    `inserts` are whole rows, parents before children; `updates` hold only what changes; `deletes` are rows of parts.
    """

    source: str
    steps: tuple[Step, ...]
    inserts: tuple[Record, ...]
    updates: tuple[Record, ...]
    deletes: tuple[Key, ...]
    problems: tuple[Problem, ...]

    @property
    def is_refused(self) -> bool:
        return any(problem.blocks for problem in self.problems)

    @property
    def is_empty(self) -> bool:
        return not (self.inserts or self.updates or self.deletes)
