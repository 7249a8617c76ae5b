"""Keeps a plan within somebody's reach: every organization, location and service that it touches, before and after.

What is new may belong to an organization or stand at a location that nobody has reach over yet: then its services tell.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from referral.editing import queries
from referral.editing.reach import Reach
from referral.errors import NotAllowed
from referral.exchange.apply import apply_plan
from referral.exchange.problems import Problem
from referral.exchange.records import HEADS, SERVICE, Key
from referral.exchange.steps import Action, Plan, Step


def apply_within(session: Session, plan: Plan, reach: Reach, *, by: str, now: datetime) -> None:
    """Apply a plan that stays within reach.

    Raises `NotAllowed` when it does not; the caller rolls back. Otherwise as `apply_plan`.
    """
    if _list_outside(session, _list_known(plan), reach):
        raise NotAllowed("something out of reach would change")
    apply_plan(session, plan, by=by, now=now)
    if _list_outside(session, _list_judged(plan), reach):
        raise NotAllowed("something would be out of reach")


def refuse_outside(session: Session, plan: Plan, reach: Reach, now: datetime) -> Plan:
    """Return the plan, refused with a problem for each step that is out of reach or would be.

    The plan is tried and rolled back, so the session has to be one that may write. Raises `PlanOutdated`.
    """
    if reach.is_all or plan.is_refused or plan.is_empty:
        return plan
    outside = _list_outside(session, _list_known(plan), reach)
    savepoint = session.begin_nested()
    try:
        apply_plan(session, plan, by="", now=now)
        outside += [step for step in _list_outside(session, _list_judged(plan), reach) if step not in outside]
    finally:
        savepoint.rollback()
        session.expire_all()
    if not outside:
        return plan
    told = [Problem("out_of_reach", step.path, values={"table": step.table, "name": step.name}) for step in outside]
    return replace(plan, steps=(), inserts=(), updates=(), deletes=(), problems=(*plan.problems, *told))


def _list_known(plan: Plan) -> list[Step]:
    """Return the steps that touch what is there already."""
    return [step for step in plan.steps if step.action in (Action.CHANGED, Action.CLOSED)]


def _list_judged(plan: Plan) -> list[Step]:
    """Return the steps that have to be within reach when all is done."""
    added = [step for step in plan.steps if step.action is Action.ADDED and step.table == SERVICE]
    return [*_list_known(plan), *added]


def _list_outside(session: Session, steps: Iterable[Step], reach: Reach) -> list[Step]:
    steps = list(steps)
    ids: dict[str, set[str]] = {}
    for table, row_id in {key for step in steps for key in _list_heads(step)}:
        ids.setdefault(table, set()).add(row_id)
    outside = {
        (table, row_id)
        for table, wanted in ids.items()
        for row_id in queries.find_outside(session, reach, table, wanted)
    }
    return [step for step in steps if outside & _list_heads(step)]


def _list_heads(step: Step) -> set[Key]:
    """Return what a step touches: to undo may be to change a location along with a service."""
    return {(step.table, step.id), *((one.table, one.id) for one in step.changes if one.table in HEADS)}
