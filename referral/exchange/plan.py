"""Compares what a source says with the directory: what would be added, changed, closed. Writes nothing.

What has left its source is closed (`defunct`), never deleted: a referral may point to it. What hangs on a service, a
location or an organization (a phone number, hours) is removed with the change.
"""

from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from referral.exchange import queries
from referral.exchange.check import check_record
from referral.exchange.compare import Comparison, compare
from referral.exchange.doubles import find_doubles
from referral.exchange.known import load_known
from referral.exchange.problems import Problem
from referral.exchange.records import LOCATION, SERVICE, Batch, Key, Record
from referral.exchange.references import find_repeated, resolve_references
from referral.exchange.steps import Action, Change, Double, Ground, Plan, Step
from referral.models.columns import Status

__all__ = ["Action", "Change", "Double", "Ground", "Plan", "Step", "make_plan"]

# More than this part of a source that closes at once is told: a cut-off file looks like that.
MANY_CLOSED = 0.5


def make_plan(session: Session, batch: Batch) -> Plan:
    """Compare a batch with the database."""
    problems = list(batch.problems)
    records: dict[Key, Record] = {}
    for record in batch.records.values():
        checked, found = check_record(record)
        records[checked.key] = checked
        problems += found
    problems += find_repeated(records.values())
    if batch.is_all and not batch.list_table(SERVICE):
        problems.append(Problem("no_services"))
    if any(problem.blocks for problem in problems):
        return _refuse(batch, problems)
    records, unknown = resolve_references(session, records)
    comparison = compare(records, load_known(session, batch, records), batch)
    problems += [*unknown, *comparison.problems]
    if any(problem.blocks for problem in problems):
        return _refuse(batch, problems)
    closing = _find_closing(session, batch) if batch.is_all else []
    problems += _warn_of_closing(session, batch, closing)
    doubles = find_doubles(session, comparison.added, records)
    return Plan(
        source=batch.source,
        steps=(*_list_steps(comparison, doubles), *closing),
        inserts=comparison.inserts,
        updates=(*comparison.updates, *(Record(step.table, step.id, {"status": Status.DEFUNCT}) for step in closing)),
        deletes=comparison.deletes,
        problems=tuple(problems),
    )


def _refuse(batch: Batch, problems: list[Problem]) -> Plan:
    return Plan(batch.source, steps=(), inserts=(), updates=(), deletes=(), problems=tuple(problems))


def _list_steps(comparison: Comparison, doubles: Mapping[Key, tuple[Double, ...]]) -> Iterator[Step]:
    added = set(comparison.added)
    for key, head in comparison.heads.items():
        changes = tuple(comparison.changes.get(key, ()))
        action = Action.CHANGED if changes else Action.UNCHANGED
        yield Step(
            action=Action.ADDED if key in added else action,
            table=head.table,
            id=head.id,
            name=head.values.get("name") or "",
            path=head.path,
            changes=changes,
            doubles=doubles.get(key, ()),
        )


def _find_closing(session: Session, batch: Batch) -> list[Step]:
    """Return a step for each service that has left the source, and for each location that nobody else uses."""
    gone = {
        table: [
            row
            for row in queries.list_of_source(session, table, batch.source)
            if row.status is not Status.DEFUNCT and (table, row.id) not in batch.records
        ]
        for table in (SERVICE, LOCATION)
    }
    users = queries.list_users(session, [row.id for row in gone[LOCATION]])
    closing_services = {row.id for row in gone[SERVICE]}
    gone[LOCATION] = [row for row in gone[LOCATION] if users.get(row.id, set()) <= closing_services]
    return [
        Step(
            action=Action.CLOSED,
            table=table,
            id=row.id,
            name=row.name or "",
            changes=(Change(table, row.id, "status", row.status, Status.DEFUNCT),),
        )
        for table, rows in gone.items()
        for row in rows
    ]


def _warn_of_closing(session: Session, batch: Batch, closing: list[Step]) -> Iterator[Problem]:
    closed = sum(step.table == SERVICE for step in closing)
    known = len(queries.list_of_source(session, SERVICE, batch.source)) if closed else 0
    if closed > known * MANY_CLOSED:
        yield Problem("many_closed", values={"closed": closed, "known": known}, blocks=False)
