"""What a partner says of a referral: came, helped, sent on, not for us, or not seen; taken back within ten minutes.

Part of the journal's one writer; nothing here commits. Whoever holds the code or the link may answer, so neither opens
anything when it is over, was never shown or was a mistake.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from referral.errors import IllegalTransition, InvalidInput, LinkExpired, MistypedCode, TooLateToUndo, UnknownCode
from referral.journal import queries
from referral.journal import service as journal
from referral.journal.codes import find_code
from referral.journal.registration import UNDO_WITHIN
from referral.journal.service import Offer
from referral.journal.statuses import Actor, Reason, Status, find_path
from referral.models.referral import Referral


class Answer(StrEnum):
    """What a partner can say."""

    CAME = "came"
    HELPED = "helped"
    FORWARDED = "forwarded"
    NOT_FOR_US = "not_for_us"
    NO_SHOW = "no_show"


# Why a citizen was not for them, in the order in which a partner reads it.
NOT_FOR_US = (
    Reason.NOT_ELIGIBLE,
    Reason.OUT_OF_AREA,
    Reason.NO_CAPACITY,
    Reason.WAITLIST,
    Reason.MISSING_DOCUMENT,
    Reason.LANGUAGE_BARRIER,
    Reason.COSTS,
    Reason.WRONG_INFORMATION,
    Reason.OTHER,
)


def get_by_code(session: Session, typed: str, *, days: int, now: datetime) -> Referral:
    """Return the referral of a code as somebody typed it, for `days` after it was made.

    Raises `MistypedCode`, and `UnknownCode` for one that is nobody's and for one that is over alike.
    """
    code = find_code(typed)
    if code is None:
        raise MistypedCode("no code, or one with a wrong character")
    referral = queries.find_referral_of_code(session, code)
    if referral is None or not _is_alive(referral, days=days, now=now):
        raise UnknownCode("nobody's, or over")
    return referral


def get_by_id(session: Session, referral_id: str, *, days: int, now: datetime) -> Referral:
    """Return the referral that a signed link names; raise `LinkExpired` when it is over."""
    return _check_alive(session.get(Referral, referral_id), days=days, now=now)


def get_by_slip(session: Session, slip_key: str, *, days: int, now: datetime) -> Referral:
    """Return the referral of a citizen's own page; raise `LinkExpired` for one that is nobody's or over."""
    return _check_alive(queries.find_referral_of_slip(session, slip_key), days=days, now=now)


def reply(
    session: Session, referral_id: str, answer: Answer, *, reason: Reason | None = None, now: datetime
) -> Referral:
    """Write what a partner says, step by legal step; the same again changes nothing while it can be taken back.

    Raises `InvalidInput` for "not for us" without one of its reasons and for `FORWARDED` (see `forward`), and
    `IllegalTransition` when the referral is closed or this was said before.
    """
    if (reason in NOT_FOR_US) is not (answer is Answer.NOT_FOR_US) or answer is Answer.FORWARDED:
        raise InvalidInput("no answer of a partner")
    referral = _get_locked(session, referral_id)
    start = Status(referral.status)
    goals = {
        Answer.CAME: (Status.IN_PROGRESS, None),
        Answer.HELPED: (Status.COMPLETED, None),
        Answer.NOT_FOR_US: (_find_refusal(start), reason),
        Answer.NO_SHOW: (Status.FAILED, Reason.NO_SHOW),
    }
    _go(session, referral, *goals[answer], now=now)
    return referral


def forward(session: Session, referral_id: str, offer: Offer, now: datetime) -> Referral:
    """Close a referral because the partner sends the citizen on, and write the new one with this as its parent.

    Raises `InvalidInput` for the same service, `IllegalTransition` when the referral is closed.
    """
    referral = _get_locked(session, referral_id)
    if offer.service_id == referral.service_id:
        raise InvalidInput("the partner itself")
    if not _go(session, referral, _find_refusal(Status(referral.status)), Reason.REFERRED_ELSEWHERE, now=now):
        return _get_sent_on(session, referral, offer.service_id)
    turn_id = f"{referral.id}:{queries.count_events(session, referral.id)}"
    question = journal.get_question(session, referral.question_id)
    offer = replace(offer, parent_id=referral.id)
    child = journal.refer(session, turn_id=turn_id, question=question, offer=offer, now=now)
    journal.mark_shown(session, child.id, now)
    return child


def take_back(session: Session, referral_id: str, now: datetime) -> None:
    """Take the last answer back; the referral that it was sent on with becomes entered-in-error.

    Raises `TooLateToUndo` after ten minutes, and when the next partner has answered.
    """
    referral = _get_locked(session, referral_id)
    if referral.undo_until is None or referral.undo_to is None or now > referral.undo_until:
        raise TooLateToUndo("ten minutes are over")
    for child in queries.list_sent_on(session, referral.id):
        if child.status != Status.REQUESTED:
            raise TooLateToUndo("the next partner has answered")
        journal.change_status(session, child, Status.ENTERED_IN_ERROR, actor=Actor.PARTNER, reason=None, now=now)
    journal.return_to(session, referral, referral.undo_to, actor=Actor.PARTNER, now=now)
    referral.undo_until = referral.undo_to = None


def list_trail(session: Session, referral: Referral) -> list[Referral]:
    """Return the way that a question went: from the first partner to this referral, which is the last."""
    trail = [referral]
    while trail[0].parent_id:
        trail.insert(0, journal.get_referral(session, trail[0].parent_id))
    return trail


def find_sent_on(session: Session, referral: Referral) -> Referral | None:
    """Return the referral that a partner made of this one."""
    return next(iter(queries.list_sent_on(session, referral.id)), None)


def _get_sent_on(session: Session, referral: Referral, service_id: str) -> Referral:
    for child in queries.list_sent_on(session, referral.id):
        if child.service_id == service_id:
            return child
    raise IllegalTransition("sent on to somebody else before")


def _go(session: Session, referral: Referral, end: Status, reason: Reason | None, *, now: datetime) -> bool:
    """Make the steps to `end`; return False when this very answer stands and can still be taken back."""
    if (referral.status, referral.reason) == (end, reason) and referral.undo_until and now <= referral.undo_until:
        return False
    before = queries.count_events(session, referral.id)
    for step in find_path(Status(referral.status), end):
        journal.change_status(
            session, referral, step, actor=Actor.PARTNER, reason=reason if step is end else None, now=now
        )
    referral.undo_until, referral.undo_to = now + UNDO_WITHIN, before
    return True


def _find_refusal(start: Status) -> Status:
    """Return what "no" is: a partner rejects what it did not accept yet, and fails at what it did."""
    return Status.REJECTED if start in (Status.REQUESTED, Status.REJECTED) else Status.FAILED


def _get_locked(session: Session, referral_id: str) -> Referral:
    referral = queries.find_referral_locked(session, referral_id)
    if referral is None:
        raise LinkExpired("no such referral")
    return referral


def _check_alive(referral: Referral | None, *, days: int, now: datetime) -> Referral:
    if referral is None or not _is_alive(referral, days=days, now=now):
        raise LinkExpired("nobody's, or over")
    return referral


def _is_alive(referral: Referral, *, days: int, now: datetime) -> bool:
    is_real = referral.shown_at is not None and referral.status != Status.ENTERED_IN_ERROR
    return is_real and now <= referral.created_at + timedelta(days=days)
