"""All SQL of removing what is over: where each kind of record lies, what its age counts from, and how it goes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, delete, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from referral.clock import to_local
from referral.learning.service import DISCARDED, keep_unclear
from referral.models.base import Base
from referral.models.conversation import Conversation
from referral.models.digest import Digest
from referral.models.handover import Presence
from referral.models.outgoing import Outgoing
from referral.models.practice_run import PracticeRun
from referral.models.proposal import Proposal, ProposalStatus
from referral.models.referral import Referral
from referral.models.reminder import Reminder
from referral.models.session import StaffSession
from referral.models.telegram import TelegramChat, TelegramFollowUp, TelegramUpdate
from referral.models.unrecognised import Unrecognised

# In the place of the secret of a slip: nobody reaches its page by that, however long pages work later on.
WIPED = "wiped-"

Ids = Sequence[str]


@dataclass(frozen=True, slots=True)
class Shelf:
    """`since` is what the age counts from, `only` what else must hold, `remove` what is done to the rows."""

    since: InstrumentedAttribute[Any]
    remove: Callable[[Session, Ids], None]
    only: tuple[ColumnElement[bool], ...] = ()

    def is_due(self, limit: datetime) -> tuple[ColumnElement[bool], ...]:
        """Return what holds for rows from before the limit, or from before its day where only the day is kept."""
        is_day = isinstance(self.since.type, Date)
        return self.since < (to_local(limit).date() if is_day else limit), *self.only


def _delete(table: type[Base]) -> Callable[[Session, Ids], None]:
    def remove(session: Session, ids: Ids) -> None:
        session.execute(delete(table).where(table.__table__.c.id.in_(ids)))

    return remove


def _end_conversations(session: Session, ids: Ids) -> None:
    """Take over what was not understood, and delete; messages, buttons and handovers go with them."""
    keep_unclear(session, ids)
    session.execute(delete(Conversation).where(Conversation.id.in_(ids)))


def _delete_practices(session: Session, ids: Ids) -> None:
    """Delete, of every table that holds any, what was practised as well; children first."""
    for table in reversed(Base.metadata.sorted_tables):
        if "practice_id" in table.columns:
            session.execute(delete(table).where(table.c.practice_id.in_(ids)))
    session.execute(delete(PracticeRun).where(PracticeRun.id.in_(ids)))


def _wipe_slips(session: Session, ids: Ids) -> None:
    """Take away what opens the page; the referral stays and counts."""
    session.execute(update(Referral).where(Referral.id.in_(ids)).values(slip_key=WIPED + Referral.id))


SHELVES = {
    "conversation": Shelf(Conversation.last_turn_at, _end_conversations),
    "telegram_chat": Shelf(TelegramChat.used_at, _delete(TelegramChat)),
    "telegram_update": Shelf(TelegramUpdate.at, _delete(TelegramUpdate)),
    "telegram_follow_up": Shelf(TelegramFollowUp.agreed_at, _delete(TelegramFollowUp)),
    "unrecognised": Shelf(Unrecognised.day, _delete(Unrecognised)),
    "discarded": Shelf(Unrecognised.decided_at, _delete(Unrecognised), (Unrecognised.decision == DISCARDED,)),
    "slip": Shelf(Referral.created_at, _wipe_slips, (Referral.slip_key.not_like(f"{WIPED}%"),)),
    "digest": Shelf(Digest.claimed_at, _delete(Digest)),
    "proposal_decided": Shelf(Proposal.decided_at, _delete(Proposal), (Proposal.status != ProposalStatus.OPEN,)),
    "proposal_open": Shelf(Proposal.sent_at, _delete(Proposal), (Proposal.status == ProposalStatus.OPEN,)),
    "reminder": Shelf(Reminder.made_at, _delete(Reminder)),
    "practice": Shelf(PracticeRun.started_at, _delete_practices),
    "presence": Shelf(Presence.seen_at, _delete(Presence)),
    "event": Shelf(Outgoing.at, _delete(Outgoing)),
    "session": Shelf(StaffSession.last_used_at, _delete(StaffSession)),
}


def measure(session: Session, kind: str, limit: datetime) -> tuple[int, date | None]:
    """Return how many are due, and the day that the oldest counts from."""
    shelf = SHELVES[kind]
    count, oldest = session.execute(select(func.count(), func.min(shelf.since)).where(*shelf.is_due(limit))).one()
    return count, to_local(oldest).date() if isinstance(oldest, datetime) else oldest


def remove_some(session: Session, kind: str, limit: datetime, most: int) -> int:
    """Remove the oldest that are due; return how many. Those that another process has in hand are left to it."""
    shelf = SHELVES[kind]
    ids_of: InstrumentedAttribute[str] = shelf.since.class_.id
    due = select(ids_of).where(*shelf.is_due(limit)).order_by(shelf.since).limit(most)
    ids = session.scalars(due.with_for_update(skip_locked=True)).all()
    if ids:
        shelf.remove(session, ids)
    return len(ids)
