"""A form tried out: written in a savepoint, looked at as the checks and a citizen would, and taken back.

So that what an editor sees while typing is found by the very rules that hold after saving.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from referral.clock import to_local
from referral.directory import service as directory
from referral.directory.holidays import Holiday, find_holiday
from referral.directory.hours import Opening, list_week
from referral.directory.openings import Hours, list_changes
from referral.editing.form import ServiceForm
from referral.editing.service import read_form
from referral.errors import NotFound, PlanOutdated
from referral.exchange.apply import apply_plan
from referral.exchange.plan import Plan, make_plan
from referral.exchange.problems import Problem
from referral.exchange.sheet.reference import Reference
from referral.quality.findings import Finding
from referral.quality.service import check_service
from referral.referring.knowledge import Knowledge

DAYS = 14


@dataclass(frozen=True, slots=True)
class Day:
    """A day with what opens on it; `reason` is why other hours hold, where somebody wrote why."""

    day: date
    openings: tuple[Opening, ...]
    holiday: Holiday | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """The coming two weeks at one location (none: by phone or online)."""

    location_id: str | None
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """`problems` keep the form from being saved, or are told; `findings` and `previews` are of what can be read."""

    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...] = ()
    previews: tuple[Preview, ...] = ()

    @property
    def is_refused(self) -> bool:
        return any(problem.blocks for problem in self.problems)


def try_form(session: Session, form: ServiceForm, reference: Reference, knowledge: Knowledge, now: datetime) -> Trial:
    """Return what would be found if the form were saved now. The session has to be one that may write."""
    batch = read_form(session, form, reference)
    plan = make_plan(session, batch)
    readable = make_plan(session, replace(batch, problems=[])) if plan.is_refused else plan
    if readable.is_refused:
        return Trial(plan.problems)
    savepoint = session.begin_nested()
    try:
        apply_plan(session, readable, by="", now=now)
        session.expire_all()
        checked = check_service(session, form.service_id, knowledge, now)
        reach = directory.list_reach(session, [form.service_id]) if _has_readable_hours(plan, reference) else []
        today = to_local(now).date()
        previews = tuple(Preview(one.location_id, preview_hours(one.hours, today)) for one in reach)
    except (PlanOutdated, NotFound):  # not found: a new form lacks what no service can be without
        return Trial(plan.problems)
    finally:
        savepoint.rollback()
        session.expire_all()
    return Trial(plan.problems, checked.findings, previews)


def _has_readable_hours(plan: Plan, reference: Reference) -> bool:
    """Whether the days can be shown: other hours than those that were typed would be believed."""
    headers = {reference.words.headers[column] for column in ("hours", "changes")}
    return not any(problem.blocks and problem.field in headers for problem in plan.problems)


def preview_hours(hours: Hours, today: date) -> tuple[Day, ...]:
    """Return the coming two weeks: real days, with holidays and exceptions counted in; empty without any hours."""
    if not hours.timetables and not hours.changes:
        return ()
    return tuple(
        Day(day, openings, find_holiday(day), next((one.reason for one in list_changes(hours, day) if one.reason), ""))
        for day, openings in list_week(hours, today, DAYS)
    )
