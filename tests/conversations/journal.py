"""What the journal holds of one conversation, found by the ids of its turns."""

import time
from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.conversations.service import make_turn_key
from referral.db import Database
from referral.models.conversation import Conversation
from referral.models.feedback import Feedback
from referral.models.gap import Gap
from referral.models.question import Question
from referral.models.referral import Referral
from referral.models.urgent_count import UrgentCount
from tests.conversations.goals import Expected

PATIENCE = 5.0


def make_keys(conversation_id: str, turn_ids: Collection[str]) -> list[str]:
    return [make_turn_key(conversation_id, turn_id) for turn_id in turn_ids]


def read_journal(session: Session, keys: Collection[str]) -> Expected:
    """Return what was written by the turns with these keys (`make_turn_key`)."""
    referrals = list_referrals(session, keys)
    return Expected(
        topics=sorted(session.scalars(select(Question.topic).where(Question.turn_id.in_(keys)))),
        statuses=[referral.status for referral in referrals],
        shown=all(referral.shown_at is not None for referral in referrals),
        gaps=sorted(session.scalars(select(Gap.kind).where(Gap.turn_id.in_(keys)))),
        urgent=sorted(session.scalars(select(UrgentCount.signal).where(UrgentCount.id.in_(keys)))),
        taken_up=[referral.taken_up_by for referral in referrals if referral.taken_up_by],
        helped=sorted(session.scalars(select(Feedback.helped).where(Feedback.turn_id.in_(keys)))),
    )


def list_referrals(session: Session, keys: Collection[str]) -> list[Referral]:
    statement = select(Referral).where(Referral.turn_id.in_(keys)).order_by(Referral.created_at)
    return list(session.scalars(statement))


def list_codes(session: Session, keys: Collection[str]) -> list[str]:
    return [referral.code for referral in list_referrals(session, keys)]


def read_awaiting(session: Session, conversation_id: str) -> str | None:
    conversation = session.get_one(Conversation, conversation_id)
    return conversation.awaiting


def wait_for(database: Database, look: Callable[[Session], Any]) -> Any:
    """Look until there is something, or time is up: emergencies are counted after their reply has left."""
    deadline = time.monotonic() + PATIENCE
    while True:
        with database.read() as session:
            found = look(session)
        if found or time.monotonic() > deadline:
            return found
        time.sleep(0.02)
