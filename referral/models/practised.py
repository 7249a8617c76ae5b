"""Keeps what is practised apart: a session sees the rows of real work, or those of one practice, and never both.

It is done here, at the session, so that no reader has to think of it: lists, figures, links of partners and whatever
comes later read real work only. A session of `Database.practise` reads and writes its own practice only. Statements on
bare tables (`Table.delete()`, SQL in text) are not of the ORM and see everything.
"""

from typing import Any

from sqlalchemy import Index, String, event
from sqlalchemy.orm import (
    LoaderCriteriaOption,
    Mapped,
    Mapper,
    ORMExecuteState,
    Session,
    mapped_column,
    with_loader_criteria,
)

from referral.models.columns import ID_LENGTH

# In `Session.info`: the id of the practice that the session is for.
PRACTICE = "practice"


class Practised:
    """A table that is written at the desk; `practice_id` is there when it was practice."""

    practice_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))


@event.listens_for(Practised, "instrument_class", propagate=True)
def _index_practice(mapper: Mapper[Any], _: type) -> None:
    """Index what is practice only: SQLite would look up "no practice" in an index of all, which is nearly every row."""
    column = mapper.local_table.c.practice_id
    is_practice = column.is_not(None)
    name = f"ix_{column.table.name}_practice_id"
    Index(name, column, sqlite_where=is_practice, postgresql_where=is_practice)


_REAL_WORK = with_loader_criteria(Practised, lambda table: table.practice_id.is_(None), include_aliases=True)


def _only(run_id: str) -> LoaderCriteriaOption:
    return with_loader_criteria(Practised, lambda table: table.practice_id == run_id, include_aliases=True)


@event.listens_for(Session, "do_orm_execute")
def _read_apart(state: ORMExecuteState) -> None:
    if state.is_column_load or state.is_relationship_load:
        return
    run_id = state.session.info.get(PRACTICE)
    state.statement = state.statement.options(_only(run_id) if run_id else _REAL_WORK)


@event.listens_for(Session, "before_flush")
def _write_apart(session: Session, *_: Any) -> None:
    for row in session.new:
        if isinstance(row, Practised):
            row.practice_id = session.info.get(PRACTICE)
