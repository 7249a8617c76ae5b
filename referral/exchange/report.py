"""A plan as the lines of a report: a key with values, and the sentence that `data/exchange.yml` makes of it."""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from referral.content import parse, read_yaml
from referral.exchange.problems import Problem
from referral.exchange.records import HEADS
from referral.exchange.steps import WHOLE_ROW, Action, Change, Plan, Step

MAX_VALUE = 80


class Kind(StrEnum):
    """What a line is about: `error` keeps the source out, `warning` is told only."""

    SUMMARY = "summary"
    ERROR = "error"
    WARNING = "warning"
    STEP = "step"
    CHANGE = "change"


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One line of the report. `key` is a section and a key of `data/exchange.yml`, `path` the place in the source."""

    kind: Kind
    key: tuple[str, str]
    path: str = ""
    field: str = ""
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)


class Words(BaseModel):
    """The file, section by section."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    totals: dict[str, str]
    steps: dict[str, str]
    changes: dict[str, str]
    grounds: dict[str, str]
    values: dict[str, str]
    tables: dict[str, str]
    plurals: dict[str, str]
    fields: dict[str, str]
    problems: dict[str, str]


@lru_cache(maxsize=4)
def load_words(data_dir: Path) -> Words:
    """Read the file once. Raises `InvalidContent`."""
    path = data_dir / "exchange.yml"
    return parse(Words, read_yaml(path), path)


def list_lines(plan: Plan) -> Iterator[Line]:
    """Yield what the plan would do: the total, what is wrong, then what is added, changed and closed."""
    yield from _summarise(plan)
    for problem in sorted(plan.problems, key=lambda one: not one.blocks):
        yield make_problem_line(problem)
    for step in plan.steps:
        if step.action is not Action.UNCHANGED:
            yield Line(Kind.STEP, ("steps", step.action), step.path, values={"table": step.table, "name": step.name})
            yield from _list_changes(step)


def _summarise(plan: Plan) -> Iterator[Line]:
    if plan.is_refused:
        count = sum(problem.blocks for problem in plan.problems)
        yield Line(Kind.SUMMARY, ("totals", "refused"), values={"source": plan.source, "count": count})
        return
    if plan.is_empty:
        yield Line(Kind.SUMMARY, ("totals", "nothing"), values={"source": plan.source})
    counts = Counter((step.table, step.action) for step in plan.steps)
    for table in reversed(HEADS):
        values = {str(action): counts[table, action] for action in Action}
        if any(values.values()):
            yield Line(Kind.SUMMARY, ("totals", "summary"), values={"tables": table, **values})


def make_problem_line(problem: Problem) -> Line:
    """Return what is wrong as a line."""
    kind = Kind.ERROR if problem.blocks else Kind.WARNING
    return Line(kind, ("problems", problem.code), problem.path, problem.field, problem.values)


def _list_changes(step: Step) -> Iterator[Line]:
    if step.action is Action.CHANGED:
        for change in step.changes:
            yield make_change_line(change)
    for double in step.doubles:
        yield Line(Kind.WARNING, ("changes", "double"), values={"name": double.name, "grounds": double.grounds})


def make_change_line(change: Change) -> Line:
    """Return a change of a field, or of a whole part, as a line."""
    values = {"previous": change.previous, "replacement": change.replacement}
    if change.field != WHOLE_ROW:
        return Line(Kind.CHANGE, ("changes", "field"), values={"field": change.field, **values})
    key = "part_removed" if change.replacement is None else "part_added"
    return Line(Kind.CHANGE, ("changes", key), values={"table": change.table, **values})


def make_sentence(line: Line, words: Words) -> str:
    """Return the line in Dutch: the place, the field, and what is said of it."""
    section, key = line.key
    told = {name: _tell(name, value, words) for name, value in line.values.items()}
    sentence = getattr(words, section)[key].format(**told)
    column = line.field.rpartition(".")[2]
    parts = (_tell_place(line.path, words), words.fields.get(column, column), sentence)
    return ": ".join(part for part in parts if part)


def _tell_place(path: str, words: Words) -> str:
    """Return a place in the source; one that begins with a number is a line or a row."""
    return re.sub(r"^\d", f"{words.values['line']} \\g<0>", path)


def _tell(name: str, value: Any, words: Words) -> str:  # noqa: PLR0911  (one line a type)
    """Return a value in an editor's words."""
    if value is None or value in ("", {}):
        return words.values["empty"]
    if name in _NAMES:
        names: dict[str, str] = getattr(words, _NAMES[name])
        return names.get(str(value), str(value))
    if name == "first":
        return _tell_place(str(value), words)
    if name == "grounds":
        return ", ".join(words.grounds[ground] for ground in value)
    if isinstance(value, bool):
        return words.values["yes" if value else "no"]
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, Mapping):  # a whole row: what people would call it
        shown = (value.get(column) for column in _CALLED)
        return next((_tell("", one, words) for one in shown if one), "")
    text = str(value)
    return text if len(text) <= MAX_VALUE else f"{text[: MAX_VALUE - 1]}…"


# The section that a value is looked up in.
_NAMES = {"table": "tables", "tables": "plurals", "field": "fields"}
_CALLED = (
    "name",
    "number",
    "opening_hours",
    "document",
    "address_1",
    "code",
    "extent",
    "amount_description",
    "reason",
    "taxonomy_term_id",
)
