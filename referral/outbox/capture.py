"""Writes an event for every change of the journal, in the transaction of the change.

It is done here, at the session, so that no writer has to think of it and none can forget. What is practice or an
example never leaves; a referral leaves when it is shown; of a sensitive question only day, library and signal leave.
Where no sink is set nothing is written: it would wait for nobody. Bulk updates are not seen: they change no fact.
"""

from datetime import datetime, time
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from referral.clock import AMSTERDAM, read_clock, to_local
from referral.models.feedback import Feedback
from referral.models.gap import Gap
from referral.models.outgoing import Outgoing
from referral.models.practised import PRACTICE
from referral.models.question import Question
from referral.models.referral import Referral
from referral.outbox.facts import CHANGED, CREATED, OF_SENSITIVE, PREFIX, SHAPES, tell
from referral.settings import get_settings

_TELLS = tuple(SHAPES)


@event.listens_for(Session, "before_flush")
def _write_events(session: Session, *_: Any) -> None:
    if session.info.get(PRACTICE) or not get_settings().has_sinks:
        return
    with session.no_autoflush:
        # Rows are told in the order in which they stand in the journal: a question before its referral.
        rows = [row for row in (*session.new, *session.dirty) if isinstance(row, _TELLS)]
        for row in sorted(rows, key=lambda row: _TELLS.index(type(row))):
            made = _make_event(session, row)
            if made is not None:
                session.add(made)


def _make_event(session: Session, row: Any) -> Outgoing | None:
    if not _leaves(session, row):
        return None
    shape = SHAPES[type(row)]
    columns = OF_SENSITIVE if isinstance(row, Question) and row.day_only else shape.columns
    is_new = row in session.new or _is_shown_now(row)
    if not is_new and not _has_changed(row, columns):
        return None
    now = read_clock()
    at = _make_day(now) if isinstance(row, Question) and row.day_only else now
    return Outgoing(
        type=f"{PREFIX}.{shape.name}.{CREATED if is_new else CHANGED}", subject=row.id, data=tell(row, columns), at=at
    )


def _leaves(session: Session, row: Any) -> bool:
    if isinstance(row, Question):
        return True
    if isinstance(row, Referral):
        return row.shown_at is not None and not row.is_example and not row.day_only
    if isinstance(row, Gap) and row.is_example:
        return False
    if isinstance(row, Feedback) and row.referral_id:
        referral = session.get(Referral, row.referral_id)
        if referral is None or referral.is_example:
            return False
    question = session.get(Question, row.question_id)
    return question is not None and not question.day_only


def _is_shown_now(row: Any) -> bool:
    return isinstance(row, Referral) and bool(inspect(row).attrs.shown_at.history.has_changes())


def _has_changed(row: Any, columns: tuple[str, ...]) -> bool:
    attributes = inspect(row).attrs
    return any(attributes[name].history.has_changes() for name in columns)


def _make_day(moment: datetime) -> datetime:
    return datetime.combine(to_local(moment).date(), time(), tzinfo=AMSTERDAM)
