"""Reads the goals of `*.yml` in this folder (the format: format.md); a key that does not exist is an error."""

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent


class InvalidGoal(ValueError):
    """A goal that is not written as format.md tells."""


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What the journal must hold of one conversation; `statuses` of its referrals, oldest first."""

    topics: list[str] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    shown: bool = True
    gaps: list[str] = field(default_factory=list)
    urgent: list[str] = field(default_factory=list)
    taken_up: list[str] = field(default_factory=list)
    helped: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One thing that the citizen says or presses, and what must come back."""

    say: str | None = None
    press: str | None = None
    urgent: str | None = None
    safety_line: bool = False
    card: list[str] | None = None
    national: bool = False
    texts: list[str] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)
    menu: list[str] = field(default_factory=list)

    @property
    def act(self) -> str:
        return f"said {self.say!r}" if self.say is not None else f"pressed {self.press}"

    @property
    def wants_card(self) -> bool:
        return self.card is not None or self.national


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What a citizen came for, from the first word to what is in the journal afterwards."""

    file: str
    name: str
    start: dict[str, str]
    turns: list[Turn]
    journal: Expected
    not_yet: str | None = None

    def __str__(self) -> str:
        return f"{self.file}: {self.name}"


def load_goals() -> list[Goal]:
    """Return all goals, by file and in their order."""
    goals = [goal for path in sorted(FOLDER.glob("*.yml")) for goal in read_goals(path)]
    if len({str(goal) for goal in goals}) != len(goals):
        raise InvalidGoal("two goals of one file have the same name")
    return goals


def read_goals(path: Path) -> list[Goal]:
    return [read_goal(path.name, row) for row in yaml.safe_load(path.read_text(encoding="utf-8"))]


def read_goal(file: str, row: dict[str, Any]) -> Goal:
    """Return one goal; raise `InvalidGoal` that names it and what is wrong."""
    name = f"{file}: {row.get('goal')}"
    if unknown := set(row) - {"goal", "start", "turns", "journal", "not_yet"}:
        raise InvalidGoal(f"{name}: no such key as {min(unknown)}")
    if not row.get("goal") or not row.get("turns"):
        raise InvalidGoal(f"{name}: a goal needs a name and turns")
    turns = [make(Turn, turn, name) for turn in row["turns"]]
    if any((turn.say is None) == (turn.press is None) for turn in turns):
        raise InvalidGoal(f"{name}: in every turn something is said or pressed")
    return Goal(
        file=file,
        name=row["goal"],
        start=row.get("start", {}),
        turns=turns,
        journal=make(Expected, row.get("journal", {}), name),
        not_yet=row.get("not_yet"),
    )


def make(kind: type, row: dict[str, Any], name: str) -> Any:
    if unknown := set(row) - {one.name for one in fields(kind)}:
        raise InvalidGoal(f"{name}: no such key as {min(unknown)}")
    return kind(**row)
