"""What loading changed, in `metadata` like every other change: the rows before against the rows after."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from referral.exchange import queries
from referral.exchange.apply import record_steps
from referral.exchange.queries import Row
from referral.exchange.records import HEADS, LOCATION, MODELS, ORGANIZATION, OWNER_COLUMNS, SERVICE, Key, find_owner
from referral.exchange.steps import WHOLE_ROW, Action, Change, Step

CONTENT = "content"
"""Who has done it, in `metadata`: the content that comes with the product."""

# How loading knows an entry again; it says nothing of the directory.
_INTERNAL = frozenset({"source_digest"})

Stock = Mapping[Key, Row]

_OWNERS = dict(reversed(OWNER_COLUMNS))  # the widest first: what hangs on them can be owners in their turn
_WANTED = (
    (ORGANIZATION, "id", ORGANIZATION),
    (LOCATION, "organization_id", ORGANIZATION),
    (SERVICE, "organization_id", ORGANIZATION),
    *(
        (table, column, owner)
        for column, owner in _OWNERS.items()
        for table, model in MODELS.items()
        if table not in HEADS and column in model.__table__.columns
    ),
)
"""Table, column and the table that the column refers to."""


def take_stock(session: Session, organization_ids: Collection[str]) -> Stock:
    """Return the rows of these organizations, of their locations and services, and of everything that hangs on them."""
    ids = {ORGANIZATION: set(organization_ids)}
    stock: dict[Key, Row] = {}
    for table, column, owner in _WANTED:
        for row in queries.list_rows(session, table, column, ids.get(owner, ())):
            stock[table, row["id"]] = row
            ids.setdefault(table, set()).add(row["id"])
    for head in HEADS:
        stock |= {("attribute", row["id"]): row for row in queries.list_attributes(session, head, ids.get(head, ()))}
    return stock


def record_changes(session: Session, before: Stock, after: Stock, now: datetime) -> None:
    """Write what became of the rows: one for each changed field, one for a part that came or went, or a new head.

    Of an organization that is new nothing was there before: its history begins with the first change.
    """
    rows = {**before, **after}
    changes: dict[Key, list[Change]] = {}
    for key in rows:
        if found := list(_compare(key, before.get(key), after.get(key))):
            changes.setdefault(_find_head(key, rows), []).extend(found)
    steps = [
        Step(
            action=Action.CHANGED if head in before else Action.ADDED,
            table=head[0],
            id=head[1],
            name=rows[head].get("name") or "",
            changes=tuple(found),
        )
        for head, found in changes.items()
        if head in before or (ORGANIZATION, rows[head].get("organization_id")) in before
    ]
    record_steps(session, steps, by=CONTENT, now=now)


def _find_head(key: Key, rows: Stock) -> Key:
    """Return the organization, location or service that a row belongs to; the last owner that was loaded."""
    owner = find_owner(key[0], rows[key])
    return _find_head(owner, rows) if owner is not None and owner in rows else key


def _compare(key: Key, was: Row | None, now: Row | None) -> Iterator[Change]:
    if was is None or now is None:
        yield Change(*key, WHOLE_ROW, was, now)
        return
    for column, value in now.items():
        if value != was[column] and column not in _INTERNAL:
            yield Change(*key, column, was[column], value)
