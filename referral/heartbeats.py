"""Whether the worker lives: it has no port to ask, so after each round it says so in the database."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from referral.models.heartbeat import Heartbeat

WORKER = "worker"
# A round is made every 15 seconds, and one with much to do takes some minutes (docs/benchmarks/reports.md).
LONGEST_ROUND = timedelta(minutes=10)


def beat(session: Session, now: datetime) -> None:
    """Note that the worker ended a round."""
    session.merge(Heartbeat(part=WORKER, at=now))


def find_last_beat(session: Session) -> datetime | None:
    """Return when the worker last ended a round; `None` when it never did."""
    found = session.get(Heartbeat, WORKER)
    return found.at if found else None


def is_alive(at: datetime | None, now: datetime) -> bool:
    """Return whether the worker ended a round lately."""
    return at is not None and now - at < LONGEST_ROUND
