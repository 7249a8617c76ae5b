"""What became of a referral, in the words of a report; and of a question: that of the referral that came furthest."""

from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case

from referral.journal.statuses import Reason, Status
from referral.models.referral import Referral


class Outcome(StrEnum):
    """From what came furthest to what came least far; a question without one was not referred."""

    HELPED = "helped"
    UNDER_WAY = "under_way"
    NOT_HELPED = "not_helped"
    SILENT = "silent"
    DECLINED = "declined"


ORDER = tuple(Outcome)
UNDER_WAY = (Status.ACCEPTED, Status.IN_PROGRESS, Status.ON_HOLD)


def classify() -> ColumnElement[str]:
    """Return the outcome of a referral as SQL."""
    return case((_is_declined(), Outcome.DECLINED), *_list_others(), else_=Outcome.NOT_HELPED)


def rank() -> ColumnElement[int]:
    """Return the place of a referral's outcome in `ORDER` as SQL."""
    others = [(condition, ORDER.index(outcome)) for condition, outcome in _list_others()]
    return case((_is_declined(), ORDER.index(Outcome.DECLINED)), *others, else_=ORDER.index(Outcome.NOT_HELPED))


def name_rank(ranked: ColumnElement[int]) -> ColumnElement[str]:
    """Return the outcome that stands at this place as SQL; none for none."""
    return case(dict(enumerate(ORDER)), value=ranked)


def _is_declined() -> ColumnElement[bool]:
    return and_(Referral.status == Status.CANCELLED, Referral.reason == Reason.CITIZEN_DECLINED)


def _list_others() -> list[tuple[ColumnElement[bool], Outcome]]:
    return [
        (Referral.status == Status.COMPLETED, Outcome.HELPED),
        (Referral.status.in_(UNDER_WAY), Outcome.UNDER_WAY),
        (Referral.status == Status.REQUESTED, Outcome.SILENT),
    ]
