"""The timed work: referrals that nobody saw, conversations that are over, emergencies in the spool."""

from datetime import datetime, timedelta

from referral.conversations.service import delete_old_conversations
from referral.db import Database
from referral.journal.service import sweep_never_shown
from referral.journal.spool import UrgentSpool
from referral.settings import Settings


def run_jobs(settings: Settings, database: Database, spool: UrgentSpool, now: datetime) -> dict[str, int]:
    """Do everything that is due, each job in its own transaction; return how much of each was done."""
    with database.begin() as session:
        swept = sweep_never_shown(session, now)
    with database.begin() as session:
        deleted = delete_old_conversations(session, now - timedelta(hours=settings.conversation_hours))
    return {"swept": swept, "deleted": deleted, "drained": drain_spool(database, spool)}


def drain_spool(database: Database, spool: UrgentSpool) -> int:
    """Count what the spool holds; the file is emptied only after the commit."""
    with database.begin() as session:
        drained = spool.drain(session)
    if drained:
        spool.clear(drained)
    return drained
