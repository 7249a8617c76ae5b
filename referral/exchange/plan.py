"""Compares what a source says with the directory: what would be added, changed, closed. A plan is a value."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from referral.exchange.problems import Problem
from referral.exchange.records import Batch, Key, Record


class Action(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one row, from what to what. Of a row that comes or goes, `field` is `*` and a side is None."""

    table: str
    id: str
    field: str
    previous: Any
    replacement: Any


@dataclass(frozen=True, slots=True)
class Double:
    """A row that may be the same thing. `grounds`: name, address, phone, distance."""

    id: str
    name: str
    grounds: tuple[str, ...]


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

    `inserts` are whole rows, `updates` only what changes, parents before children; `deletes` are rows of children.
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


def make_plan(session: Session, batch: Batch) -> Plan:
    """Compare a batch with the database; writes nothing."""
    raise NotImplementedError
