"""All SQL of the journal."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.orm import Session

from referral.journal.statuses import Status
from referral.models.feedback import Feedback
from referral.models.gap import Gap
from referral.models.question import Question
from referral.models.referral import Referral, ReferralEvent


def find_referral_of_turn(session: Session, turn_id: str) -> Referral | None:
    return session.scalar(select(Referral).where(Referral.turn_id == turn_id))


def find_question_of_turn(session: Session, turn_id: str) -> Question | None:
    return session.scalar(select(Question).where(Question.turn_id == turn_id))


def find_gap_of_turn(session: Session, turn_id: str) -> Gap | None:
    return session.scalar(select(Gap).where(Gap.turn_id == turn_id))


def count_gaps(session: Session, day: date) -> Sequence[tuple[str, int]]:
    """Return how many gaps of each kind a day brought; those of the example do not count."""
    statement = select(Gap.kind, func.count()).where(Gap.day == day, Gap.is_example.is_(False)).group_by(Gap.kind)
    return [(kind, count) for kind, count in session.execute(statement)]


def find_feedback_of_turn(session: Session, turn_id: str) -> Feedback | None:
    return session.scalar(select(Feedback).where(Feedback.turn_id == turn_id))


def find_open_referral(session: Session, question_id: str, service_id: str) -> Referral | None:
    statement = select(Referral).where(
        Referral.question_id == question_id, Referral.service_id == service_id, Referral.status == "requested"
    )
    return session.scalars(statement).first()


def list_offered_services(session: Session, question_id: str) -> list[str]:
    statement = select(Referral.service_id).where(Referral.question_id == question_id).order_by(Referral.created_at)
    return list(session.scalars(statement))


def list_never_shown(session: Session, before: datetime, limit: int) -> Sequence[Referral]:
    statement = (
        select(Referral)
        .where(Referral.shown_at.is_(None), Referral.created_at < before, Referral.status == "requested")
        .order_by(Referral.created_at)
        .limit(limit)
    )
    return session.scalars(statement).all()


def count_events(session: Session, referral_id: str) -> int:
    statement = select(func.count()).select_from(ReferralEvent).where(ReferralEvent.referral_id == referral_id)
    return session.scalar(statement) or 0


def get_event(session: Session, referral_id: str, sequence: int) -> ReferralEvent:
    statement = select(ReferralEvent).where(
        ReferralEvent.referral_id == referral_id, ReferralEvent.sequence == sequence
    )
    return session.scalars(statement).one()


def count_feedback(session: Session, referral_id: str) -> int:
    statement = select(func.count()).select_from(Feedback).where(Feedback.referral_id == referral_id)
    return session.scalar(statement) or 0


def find_last_feedback(session: Session, referral_id: str) -> Feedback | None:
    statement = select(Feedback).where(Feedback.referral_id == referral_id).order_by(Feedback.sequence.desc())
    return session.scalars(statement.limit(1)).first()


def find_referral_of_code(session: Session, code: str) -> Referral | None:
    return session.scalar(select(Referral).where(Referral.code == code))


def find_referral_of_slip(session: Session, slip_key: str) -> Referral | None:
    return session.scalar(select(Referral).where(Referral.slip_key == slip_key))


def find_referral_locked(session: Session, referral_id: str) -> Referral | None:
    """Return the referral; whoever else wants to change it waits for the end of this transaction."""
    return session.scalar(select(Referral).where(Referral.id == referral_id).with_for_update())


def list_sent_on(session: Session, referral_id: str) -> Sequence[Referral]:
    """Return where a partner sent this one on to, not taken back."""
    statement = select(Referral).where(Referral.parent_id == referral_id, Referral.status != Status.ENTERED_IN_ERROR)
    return session.scalars(statement).all()


def find_question_locked(session: Session, question_id: str) -> Question | None:
    """Return the question as it is now; whoever else wants to change it waits for the end of this transaction."""
    statement = select(Question).where(Question.id == question_id).with_for_update()
    return session.scalar(statement, execution_options={"populate_existing": True})


def list_registered(session: Session, library_id: str, day: date) -> Sequence[Question]:
    """Return what the desk registered, not taken back; what the chat wrote is not in it."""
    statement = (
        select(Question)
        .where(
            Question.library_id == library_id,
            Question.day == day,
            Question.is_registered.is_(True),
            Question.is_withdrawn.is_(False),
        )
        .order_by(Question.visit_id, Question.topic, Question.id)
    )
    return session.scalars(statement).all()


def list_referrals(session: Session, question_ids: Sequence[str]) -> Sequence[Referral]:
    statement = select(Referral).where(Referral.question_id.in_(question_ids)).order_by(Referral.created_at)
    return session.scalars(statement).all()


def count_statuses(session: Session, library_id: str, since: datetime) -> dict[str, int]:
    """Return how many referrals of the desk of a library, no examples, are in which status."""
    statement = (
        select(Referral.status, func.count().label("referrals"))
        .join(Question, Question.id == Referral.question_id)
        .where(
            Question.library_id == library_id,
            Question.is_registered.is_(True),
            Referral.is_example.is_(False),
            Referral.created_at >= since,
        )
        .group_by(Referral.status)
    )
    return {row.status: row.referrals for row in session.execute(statement)}


def clear_undo(session: Session, now: datetime) -> int:
    statement = update(Question).where(Question.undo_until < now).values(undo_until=None)
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def clear_reply_undo(session: Session, now: datetime) -> int:
    statement = update(Referral).where(Referral.undo_until < now).values(undo_until=None, undo_to=None)
    return cast("CursorResult[Any]", session.execute(statement)).rowcount
