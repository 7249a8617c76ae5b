"""Undoes an entry of the history, also later: a plan that puts back what was. Pure.

What stands on it must be undone first. What was added whole (a service) is closed, not deleted: a referral may point
to it.
"""

from collections.abc import Iterator, Sequence

from referral.editing.history import Entry
from referral.errors import UndoRefused
from referral.exchange.records import HEADS, SERVICE, Key, Record
from referral.exchange.steps import WHOLE_ROW, Action, Change, Plan, Step
from referral.models.columns import Status


def make_undo(service_id: str, name: str, entries: Sequence[Entry], entry_id: str) -> Plan:
    """Return the plan that undoes an entry; `entries` is the whole history, the last one first.

    Raises `UndoRefused` when there is no such entry, or a later one changed the same.
    """
    position = next((number for number, entry in enumerate(entries) if entry.id == entry_id), None)
    if position is None:
        raise UndoRefused("unknown")
    entry = entries[position]
    newer = find_newer(entry, entries[:position])
    if newer:
        raise UndoRefused("newer", by=newer.by, moment=newer.moment)
    changes = [undone for change in entry.changes for undone in _turn_round(change)]
    if not changes:
        raise UndoRefused("nothing")
    return Plan(
        source="",
        steps=(Step(Action.CHANGED, SERVICE, service_id, name, changes=tuple(changes)),),
        inserts=tuple(_make_record(one) for one in changes if one.field == WHOLE_ROW and one.previous is None),
        updates=tuple(_make_updates(changes)),
        deletes=tuple((one.table, one.id) for one in changes if one.field == WHOLE_ROW and one.replacement is None),
        problems=(),
    )


def find_newer(entry: Entry, later: Sequence[Entry]) -> Entry | None:
    """Return the last entry that changed something of what this one changed."""
    undone = [change for one in entry.changes for change in _turn_round(one)]
    return next(
        (other for other in later if any(_is_same(one, change) for one in undone for change in other.changes)), None
    )


def _is_same(one: Change, other: Change) -> bool:
    """Whether two changes are of the same field, or one of them is of the whole row."""
    is_same_row = (one.table, one.id) == (other.table, other.id)
    return is_same_row and (one.field == other.field or WHOLE_ROW in (one.field, other.field))


def _is_new_head(change: Change) -> bool:
    return change.table in HEADS and change.field == WHOLE_ROW and change.previous is None


def _turn_round(change: Change) -> Iterator[Change]:
    """Yield the change that undoes a change; of something that was added whole, only a service has one."""
    if not _is_new_head(change):
        yield Change(change.table, change.id, change.field, change.replacement, change.previous)
    elif change.table == SERVICE:
        yield Change(SERVICE, change.id, "status", Status.ACTIVE, Status.DEFUNCT)


def _make_record(change: Change) -> Record:
    values = {column: value for column, value in change.replacement.items() if column != "id"}
    return Record(change.table, change.id, values)


def _make_updates(changes: Sequence[Change]) -> Iterator[Record]:
    """Yield one record for each row with all its fields: a statement writes the same columns of all its rows."""
    fields: dict[Key, dict[str, object]] = {}
    for change in changes:
        if change.field != WHOLE_ROW:
            fields.setdefault((change.table, change.id), {})[change.field] = change.replacement
    for (table, row_id), values in fields.items():
        yield Record(table, row_id, values)
