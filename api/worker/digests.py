"""The letters of the week to partners: what became of whom we sent to them."""

import logging
from datetime import datetime

from referral.db import Database
from referral.directory.service import find_organization
from referral.errors import InvalidInput
from referral.feedback import digests
from referral.feedback.digests import DueDigest
from referral.feedback.letters import load_words, write_letter
from referral.mail import is_mail_on, send_mail
from referral.models.referral import Referral
from referral.proposals.links import Use, load_key, make_token
from referral.referring.knowledge import load_knowledge
from referral.settings import Settings

logger = logging.getLogger(__name__)


def mail_digests(settings: Settings, database: Database, now: datetime) -> int:
    """Send the letters of this week that were not sent yet; return how many. Without a mail server nothing is done.

    Each is claimed in a transaction of its own, so that nobody waits for the mail server and no other process sends it
    too. Raises `MailUnavailable`: that letter is tried again after an hour.
    """
    if not is_mail_on(settings) or not settings.public_url:
        return 0
    sent = 0
    while (claimed := _claim(settings, database, now)) is not None:
        due, library = claimed
        subject, text = _write(settings, due, library, now)
        try:
            send_mail(settings, due.email, subject, text)
        except InvalidInput:
            logger.warning("no mail to organization %s: its address cannot be used", due.organization.id)
            continue
        with database.begin() as session:
            digests.note_sent(session, due.organization.id, now)
        sent += 1
    return sent


def _claim(settings: Settings, database: Database, now: datetime) -> tuple[DueDigest, str] | None:
    """Return the next letter, with the name of the library that writes it."""
    with database.begin() as session:
        due = digests.claim_next(session, days=settings.slip_days, now=now)
        library = find_organization(session, settings.library)
        return (due, library.name if library else "") if due else None


def _write(settings: Settings, due: DueDigest, library: str, now: datetime) -> tuple[str, str]:
    base, key = settings.public_url.rstrip("/"), load_key(settings)

    def make_link(path: str, subject: str, use: Use, days: int) -> str:
        return f"{base}/{path}/{make_token(key, subject, now=now, days=days, use=use)}"

    def link_to(referral: Referral) -> str:
        return make_link("verwijzing", referral.id, Use.REPLY, settings.slip_days)

    return write_letter(
        due,
        load_words(settings.data_dir),
        catalogue=load_knowledge().catalogue,
        library=library,
        link_to=link_to,
        correct=make_link("p", due.organization.id, Use.CORRECT, settings.link_days),
        stop=make_link("weekmail", due.organization.id, Use.DIGEST, settings.link_days),
    )
