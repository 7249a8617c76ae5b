"""All SQL of the outbox."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from referral.models.outgoing import Delivery, Outgoing, Sink


def lock_sink(session: Session, name: str) -> Sink:
    """Return the sink, made when it is new; whoever else wants it waits for the end of this transaction."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    session.execute(insert(Sink).values(name=name, failures=0).on_conflict_do_nothing())
    return session.scalars(select(Sink).where(Sink.name == name).with_for_update()).one()


def list_waiting(session: Session, sink: str, limit: int) -> Sequence[Outgoing]:
    """Return the oldest events that a sink has neither got nor given up."""
    return session.scalars(select(Outgoing).where(_waits_for(sink)).order_by(Outgoing.number).limit(limit)).all()


def count_waiting(session: Session, sink: str) -> tuple[int, datetime | None]:
    """Return how many those are, and since when the oldest waits."""
    count, oldest = session.execute(select(func.count(), func.min(Outgoing.at)).where(_waits_for(sink))).one()
    return count, oldest


def _waits_for(sink: str) -> ColumnElement[bool]:
    return ~exists().where(
        Delivery.sink == sink,
        Delivery.event_id == Outgoing.id,
        or_(Delivery.delivered_at.is_not(None), Delivery.is_dead.is_(True)),
    )


def find_delivery(session: Session, sink: str, event_id: str) -> Delivery | None:
    return session.scalars(select(Delivery).where(Delivery.sink == sink, Delivery.event_id == event_id)).first()


def list_dead(session: Session) -> Sequence[tuple[Delivery, Outgoing]]:
    statement = select(Delivery, Outgoing).join(Outgoing, Outgoing.id == Delivery.event_id)
    rows = session.execute(statement.where(Delivery.is_dead.is_(True)).order_by(Delivery.sink, Outgoing.number))
    return [(row[0], row[1]) for row in rows]


def list_sinks(session: Session) -> Sequence[Sink]:
    return session.scalars(select(Sink).order_by(Sink.name)).all()


def revive(session: Session) -> int:
    """Let every event that was given up be tried again; return how many."""
    dead = [delivery.id for delivery, _ in list_dead(session)]
    session.execute(update(Delivery).where(Delivery.id.in_(dead)).values(is_dead=False, refusals=0))
    session.execute(update(Sink).values(next_at=None, failures=0))
    return len(dead)


def is_due(sink: Sink, now: datetime) -> bool:
    """Return whether nobody is at a sink, and it may be tried."""
    return all(moment is None or moment <= now for moment in (sink.leased_until, sink.next_at))
