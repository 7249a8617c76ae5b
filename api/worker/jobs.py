"""The timed work: what nobody saw, moments, conversations and sessions that are over, emergencies in the spool."""

from datetime import datetime, timedelta

from referral.conversations.service import delete_old_conversations
from referral.db import Database
from referral.journal.registration import forget_moments
from referral.journal.service import sweep_never_shown
from referral.journal.spool import UrgentSpool
from referral.settings import Settings
from referral.staff.service import delete_old_sessions

# Long enough to tell whose form it was that a session ended under.
SESSIONS_KEPT = timedelta(days=7)


def run_jobs(settings: Settings, database: Database, spool: UrgentSpool, now: datetime) -> dict[str, int]:
    """Do everything that is due, each job in its own transaction; return how much of each was done."""
    with database.begin() as session:
        swept = sweep_never_shown(session, now)
    with database.begin() as session:
        blurred = forget_moments(session, now)
    with database.begin() as session:
        deleted = delete_old_conversations(session, now - timedelta(hours=settings.conversation_hours))
    with database.begin() as session:
        forgotten = delete_old_sessions(session, now - SESSIONS_KEPT)
    done = {"swept": swept, "blurred": blurred, "deleted": deleted, "forgotten": forgotten}
    return done | {"drained": drain_spool(database, spool)}


def drain_spool(database: Database, spool: UrgentSpool) -> int:
    """Count what the spool holds; the file is emptied only after the commit."""
    with database.begin() as session:
        drained = spool.drain(session)
    if drained:
        spool.clear(drained)
    return drained
