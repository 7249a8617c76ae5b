"""The timed work: what nobody saw or came for, moments, tallies, events, what is over, the spool, letters."""

import logging
from datetime import datetime

from api.worker.digests import mail_digests
from referral.clock import read_clock
from referral.db import Database
from referral.directory.service import find_organization
from referral.errors import InvalidInput
from referral.handover.service import end_overdue
from referral.journal.registration import forget_moments
from referral.journal.service import sweep_never_shown
from referral.journal.spool import UrgentSpool
from referral.mail import is_mail_on, send_mail
from referral.outbox.service import deliver
from referral.outbox.sinks import list_targets
from referral.proposals.letters import load_words, write_letter
from referral.proposals.links import load_key, make_token
from referral.proposals.reminders import Due, claim_next, make_reminders, note_sent
from referral.retention.schedule import load_terms
from referral.retention.service import pick_short, purge
from referral.settings import Settings
from referral.tallies.service import tally_all

logger = logging.getLogger(__name__)


def run_jobs(
    settings: Settings, database: Database, spool: UrgentSpool, now: datetime, *, is_daily: bool = True
) -> dict[str, int]:
    """Do everything that is due, each job in its own transaction; return how much of each was done.

    Of what is kept, all that is due is removed when `is_daily`; else only of the kinds that are kept for hours.
    """
    with database.begin() as session:
        swept = sweep_never_shown(session, now)
    with database.begin() as session:
        blurred = forget_moments(session, now)
    with database.begin() as session:
        unanswered = end_overdue(session, now)
    tally_all(database, now)
    terms = load_terms(settings)
    purged = purge(database, terms if is_daily else pick_short(terms), now)
    with database.begin() as session:
        reminded = make_reminders(session, now)
    return {
        "swept": swept,
        "blurred": blurred,
        "unanswered": unanswered,
        **{f"purged {kind}": count for kind, count in purged.items()},
        "drained": drain_spool(database, spool),
        "reminded": reminded,
        "mailed": mail_reminders(settings, database, now),
        "digested": mail_digests(settings, database, now),
        "sent": deliver_events(settings, database),
    }


def deliver_events(settings: Settings, database: Database) -> int:
    """Send what waits in the outbox to every sink; return how many events arrived somewhere."""
    try:
        targets = list_targets(settings)
    except InvalidInput as error:  # the rest of the work goes on
        logger.error("no event leaves: %s", error)
        return 0
    return sum(deliver(database, target, read_clock) for target in targets)


def drain_spool(database: Database, spool: UrgentSpool) -> int:
    """Count what the spool holds; the file is emptied only after the commit."""
    with database.begin() as session:
        drained = spool.drain(session)
    if drained:
        spool.clear(drained)
    return drained


def mail_reminders(settings: Settings, database: Database, now: datetime) -> int:
    """Send the letters of this week that were not sent yet; return how many. Without a mail server nothing is done.

    Each is claimed in a transaction of its own, so that nobody waits for the mail server, and no other process sends it
    too. Raises `MailUnavailable`: that letter is tried again after an hour.
    """
    if not is_mail_on(settings) or not settings.public_url:
        return 0
    sent = 0
    while (claimed := _claim(settings, database, now)) is not None:
        due, library = claimed
        link = f"{settings.public_url.rstrip('/')}/p/{_make_token(settings, due, now)}"
        words = load_words(settings.data_dir)
        subject, text = write_letter(due, words, library=library, link=link, days=settings.link_days)
        try:
            send_mail(settings, due.email or "", subject, text)
        except InvalidInput:
            logger.warning("no mail to organization %s: its address cannot be used", due.organization.id)
            continue
        with database.begin() as session:
            note_sent(session, due.organization.id, now)
        sent += 1
    return sent


def _claim(settings: Settings, database: Database, now: datetime) -> tuple[Due, str] | None:
    """Return the next letter, with the name of the library that writes it."""
    with database.begin() as session:
        due = claim_next(session, now)
        library = find_organization(session, settings.library)
        return (due, library.name if library else "") if due else None


def _make_token(settings: Settings, due: Due, now: datetime) -> str:
    return make_token(load_key(settings), due.organization.id, now=now, days=settings.link_days)
