"""The citizen's own page of a referral: whether it helped, and if not, why. No name, no text."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from referral.errors import InvalidInput
from referral.journal import service as journal
from referral.journal.statuses import Reason
from referral.models.feedback import Feedback
from referral.models.referral import Referral


class Helped(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


# Why it did not help, in the order in which a citizen reads it.
WHY_NOT = (
    Reason.CLOSED_OR_MOVED,
    Reason.NOT_ELIGIBLE,
    Reason.WAITLIST,
    Reason.LANGUAGE_BARRIER,
    Reason.COSTS,
    Reason.CITIZEN_DECLINED,
    Reason.OTHER,
)


def answer(
    session: Session, referral: Referral, *, helped: str, reason: str = "", turn_id: str, now: datetime
) -> Feedback:
    """Write an answer, once a turn; the last one holds. Who was helped was there, so that is noted too.

    Raises `InvalidInput` for what is no answer, and for a reason with anything but `no`.
    """
    if helped not in set(Helped) or (reason and (helped != Helped.NO or reason not in WHY_NOT)):
        raise InvalidInput("no answer of a citizen")
    if helped != Helped.NO:
        journal.take_up(session, referral.id, "confirmed", now)
    return journal.record_helped(
        session,
        turn_id=f"{referral.id}:{turn_id}",
        referral_id=referral.id,
        helped=helped,
        reason=Reason(reason) if reason else None,
        now=now,
    )
