"""The only writer of referrals: what was asked, where the citizen was sent, and what became of it.

Nothing here commits; the edge does (DESIGN §1). Every writer is idempotent by the id of the turn: the same turn again
changes nothing and gives the same answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from referral.clock import AMSTERDAM, to_local
from referral.errors import NotFound
from referral.journal import queries
from referral.journal.codes import make_code
from referral.journal.statuses import Actor, Reason, Status, Way, check_step
from referral.models.base import make_id
from referral.models.feedback import Feedback
from referral.models.gap import Gap
from referral.models.question import Question
from referral.models.referral import Referral, ReferralEvent
from referral.models.urgent_count import UrgentCount
from referral.models.visit import Visit

# A reply leaves within seconds; what was not shown by then never will be (the door's deadline is far shorter).
NEVER_SHOWN_AFTER = timedelta(minutes=10)
SWEEP_SIZE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the journal keeps of a question. `is_sensitive`: only day, library, topic and signal are kept."""

    turn_id: str
    visit_id: str | None
    library_id: str
    kind: str
    topic: str
    is_sensitive: bool
    organisation: str | None = None
    municipality: str | None = None
    signal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The service that a citizen is sent to.

    `instead_of` is the referral that it replaces ("another one"), `parent_id` the one that a partner sends on.
    """

    service_id: str
    location_id: str | None
    matched_because: Sequence[str]
    is_example: bool
    distance_km: float | None = None
    way: Way = Way.COLD
    instead_of: str | None = None
    parent_id: str | None = None


def open_visit(
    session: Session,
    *,
    channel: str,
    library_id: str,
    language: str,
    now: datetime,
    campaign: str | None = None,
    location_id: str | None = None,
) -> Visit:
    visit = Visit(
        id=make_id(),
        day=to_local(now).date(),
        channel=channel,
        library_id=library_id,
        language=language,
        campaign=campaign,
        location_id=location_id,
    )
    session.add(visit)
    session.flush()
    return visit


def record_question(session: Session, asked: Asked, now: datetime) -> Question:
    """Write the question of this turn, or return it when it is there."""
    if known := queries.find_question_of_turn(session, asked.turn_id):
        return known
    is_open = not asked.is_sensitive
    question = Question(
        id=make_id(),
        turn_id=asked.turn_id,
        visit_id=asked.visit_id if is_open else None,
        library_id=asked.library_id,
        day=to_local(now).date(),
        kind=asked.kind,
        topic=asked.topic,
        organisation=asked.organisation if is_open else None,
        municipality=asked.municipality if is_open else None,
        signal=asked.signal,
        day_only=asked.is_sensitive,
    )
    session.add(question)
    session.flush()
    return question


def refer(session: Session, *, turn_id: str, question: Question, offer: Offer, now: datetime) -> Referral:
    """Write the referral of this turn, or return it when it is there; close the one that it replaces."""
    if known := queries.find_referral_of_turn(session, turn_id):
        return known
    if offer.instead_of:
        decline(session, offer.instead_of, now)
    referral = Referral(
        id=make_id(),
        code=make_code(),
        turn_id=turn_id,
        question_id=question.id,
        service_id=offer.service_id,
        location_id=offer.location_id,
        way=offer.way,
        status=Status.REQUESTED,
        matched_because=list(offer.matched_because),
        distance_km=offer.distance_km,
        parent_id=offer.parent_id,
        is_example=offer.is_example,
        day_only=question.day_only,
        created_at=now,
    )
    session.add(referral)
    session.flush()
    _append_event(session, referral, start=None, actor=Actor.SYSTEM, reason=None, at=_blur(referral, now))
    return referral


def mark_shown(session: Session, referral_id: str, now: datetime) -> None:
    """Note that the card leaves for the citizen's screen now; the caller commits before it does."""
    referral = get_referral(session, referral_id)
    if referral.shown_at is None:
        referral.shown_at = _blur(referral, now)
        referral.created_at = _blur(referral, referral.created_at)  # the sweep needed the moment until now


def take_up(session: Session, referral_id: str, by: str, now: datetime) -> Referral:
    """Note that the citizen did something with it (`kept`, `printed`, `called`, `confirmed`); the first counts."""
    referral = get_referral(session, referral_id)
    if referral.taken_up_at is None:
        referral.taken_up_at, referral.taken_up_by = _blur(referral, now), by
    return referral


def decline(session: Session, referral_id: str, now: datetime) -> None:
    """Close a referral that the citizen does not want, unless a partner already has it."""
    referral = get_referral(session, referral_id)
    if referral.status == Status.REQUESTED:
        change_status(session, referral, Status.CANCELLED, actor=Actor.CITIZEN, reason=Reason.CITIZEN_DECLINED, now=now)


def change_status(
    session: Session, referral: Referral, status: Status, *, actor: Actor, reason: Reason | None, now: datetime
) -> None:
    """Make one legal step and append its event; raise `IllegalTransition` for any other."""
    start = Status(referral.status)
    check_step(start, status)
    referral.status, referral.reason = status, reason
    _append_event(session, referral, start=start, actor=actor, reason=reason, at=_blur(referral, now))


def return_to(session: Session, referral: Referral, sequence: int, *, actor: Actor, now: datetime) -> None:
    """Take back what was said after the event of this number: the referral stands as it did then, and events say so."""
    start = Status(referral.status)
    then = queries.get_event(session, referral.id, sequence)
    referral.status, referral.reason = then.to_status, then.reason
    at = _blur(referral, now)
    _append_event(session, referral, start=start, actor=actor, reason=None, at=at, returns_to=sequence)


def record_gap(
    session: Session,
    *,
    turn_id: str,
    question: Question,
    kind: str,
    partner_kind: str,
    municipality: str,
    is_example: bool,
    now: datetime,
) -> Gap:
    """Write that no local partner could be offered, once a turn."""
    if known := queries.find_gap_of_turn(session, turn_id):
        return known
    gap = Gap(
        id=make_id(),
        turn_id=turn_id,
        question_id=question.id,
        kind=kind,
        topic=question.topic,
        partner_kind=partner_kind,
        municipality=municipality,
        library_id=question.library_id,
        day=to_local(now).date(),
        is_example=is_example,
    )
    session.add(gap)
    session.flush()
    return gap


def record_helped(
    session: Session, *, turn_id: str, referral_id: str, helped: str, reason: Reason | None = None, now: datetime
) -> Feedback:
    """Write the citizen's answer to "did it help" (`yes`, `partly`, `no`), once a turn; the last answer holds."""
    if known := queries.find_feedback_of_turn(session, turn_id):
        return known
    referral = get_referral(session, referral_id)
    feedback = Feedback(
        id=make_id(),
        turn_id=turn_id,
        question_id=referral.question_id,
        referral_id=referral_id,
        author=Actor.CITIZEN,
        sequence=queries.count_feedback(session, referral_id) + 1,
        helped=helped,
        reason=reason,
        at=_blur(referral, now),
    )
    session.add(feedback)
    session.flush()
    return feedback


def find_last_feedback(session: Session, referral_id: str) -> Feedback | None:
    """Return the answer about a referral that holds."""
    return queries.find_last_feedback(session, referral_id)


def count_urgent(session: Session, *, count_id: str, library_id: str, signal: str, day: date) -> None:
    """Count an emergency that got its text; the same id again (from the spool) counts once."""
    if session.get(UrgentCount, count_id) is None:
        session.add(UrgentCount(id=count_id, day=day, library_id=library_id, signal=signal))
        session.flush()


def sweep_never_shown(session: Session, now: datetime) -> int:
    """Turn referrals that no citizen ever saw into entered-in-error; return how many."""
    lost = queries.list_never_shown(session, now - NEVER_SHOWN_AFTER, SWEEP_SIZE)
    for referral in lost:
        change_status(session, referral, Status.ENTERED_IN_ERROR, actor=Actor.SYSTEM, reason=None, now=now)
    return len(lost)


def get_referral(session: Session, referral_id: str) -> Referral:
    """Return the referral or raise `NotFound`."""
    referral = session.get(Referral, referral_id)
    if referral is None:
        raise NotFound("no such referral")
    return referral


def get_question(session: Session, question_id: str) -> Question:
    """Return the question or raise `NotFound`."""
    question = session.get(Question, question_id)
    if question is None:
        raise NotFound("no such question")
    return question


def find_open_referral(session: Session, question_id: str, service_id: str) -> Referral | None:
    """Return the referral of this question to this service that nobody has closed."""
    return queries.find_open_referral(session, question_id, service_id)


def list_offered_services(session: Session, question_id: str) -> list[str]:
    return queries.list_offered_services(session, question_id)


def _append_event(
    session: Session,
    referral: Referral,
    *,
    start: Status | None,
    actor: Actor,
    reason: Reason | None,
    at: datetime,
    returns_to: int | None = None,
) -> None:
    session.add(
        ReferralEvent(
            referral_id=referral.id,
            sequence=queries.count_events(session, referral.id) + 1,
            actor=actor,
            from_status=start,
            to_status=referral.status,
            reason=reason,
            returns_to=returns_to,
            at=at,
        )
    )
    session.flush()


def _blur(referral: Referral, moment: datetime) -> datetime:
    """Return the moment, or only its day for a sensitive topic."""
    return datetime.combine(to_local(moment).date(), time(), tzinfo=AMSTERDAM) if referral.day_only else moment
