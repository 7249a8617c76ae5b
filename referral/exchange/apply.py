"""Writes a plan in the caller's transaction, whole or not at all, with rows in `metadata` of what changed.

An update leaves one row for each changed field; a part that comes or goes whole one row, with `*` for its field; an
organization, location or service that is new one row as well. Values are written as JSON, so that nothing is lost and
undo can put them back.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from referral.errors import PlanOutdated, PlanRefused
from referral.exchange import queries
from referral.exchange.queries import Row
from referral.exchange.records import MODELS, Record
from referral.exchange.steps import WHOLE_ROW, Action, Change, Plan, Step
from referral.models.base import make_id

CREATE, UPDATE, DELETE = "create", "update", "delete"


def apply_plan(session: Session, plan: Plan, *, by: str, now: datetime) -> None:
    """Write the plan; `by` is who did it (a person's name or `import`), `now` is aware.

    Raises `PlanRefused` when the plan has a problem that blocks, `PlanOutdated` when the directory has changed since it
    was made. The caller commits, or rolls back on an error.
    """
    if plan.is_refused:
        raise PlanRefused("the plan has problems")
    _check_present(session, plan)
    try:
        queries.delete_rows(session, plan.deletes)
        for table, rows in _group(plan.inserts):
            queries.insert_rows(session, table, rows)
        for table, rows in _group(plan.updates):
            queries.update_rows(session, table, rows)
    except IntegrityError as error:
        raise PlanOutdated("the directory has rows that do not go with the plan") from error
    record_steps(session, plan.steps, by=by, now=now)


def record_steps(session: Session, steps: Iterable[Step], *, by: str, now: datetime) -> None:
    """Write the rows in `metadata` of what was done."""
    queries.insert_audit(session, [row for step in steps for row in _list_audit(step, by, now)])


def _check_present(session: Session, plan: Plan) -> None:
    """Raise `PlanOutdated` unless every value that the plan would change is still what it was."""
    changes = [change for step in plan.steps for change in step.changes if change.field != WHOLE_ROW]
    ids: dict[str, set[str]] = {}
    for change in changes:
        ids.setdefault(change.table, set()).add(change.id)
    present = {
        (table, row["id"]): row
        for table, wanted in ids.items()
        for row in queries.list_rows(session, table, "id", wanted)
    }
    for change in changes:
        row = present.get((change.table, change.id))
        if row is None or row[change.field] != change.previous:
            raise PlanOutdated(f"{change.table} {change.id} has changed since")


def _group(records: tuple[Record, ...]) -> Iterator[tuple[str, list[Row]]]:
    """Yield the rows of each table, parents before children."""
    for table in MODELS:
        rows = [{"id": record.id, **record.values} for record in records if record.table == table]
        if rows:
            yield table, rows


def _list_audit(step: Step, by: str, now: datetime) -> Iterator[Row]:
    if step.action is Action.ADDED:
        yield _make_row(Change(step.table, step.id, WHOLE_ROW, None, step.name), CREATE, by, now)
        return
    for change in step.changes:
        actions = {change.previous is None: CREATE, change.replacement is None: DELETE}
        action = actions.get(True, UPDATE) if change.field == WHOLE_ROW else UPDATE
        yield _make_row(change, action, by, now)


def _make_row(change: Change, action: str, by: str, now: datetime) -> Row:
    return {
        "id": make_id(),
        "resource_type": change.table,
        "resource_id": change.id,
        "last_action_date": now,
        "last_action_type": action,
        "field_name": change.field,
        "previous_value": write_value(change.previous),
        "replacement_value": write_value(change.replacement),
        "updated_by": by,
    }


def write_value(value: Any) -> str:
    """Return a value of a column as JSON: dates and moments in ISO 8601, amounts as text."""
    return json.dumps(value, default=_write_plain)


def _write_plain(value: Any) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"no column holds {type(value)}")
