"""All SQL of the practice."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.models.question import Question
from referral.models.referral import Referral


def list_questions(session: Session) -> Sequence[tuple[Question, str | None]]:
    """Return (question, id of its referral) of the practice that this session is for, without what was taken back."""
    statement = (
        select(Question, Referral.id)
        .join(Referral, Referral.question_id == Question.id, isouter=True)
        .where(Question.is_withdrawn.is_(False))
        .order_by(Question.undo_until, Question.id)
    )
    return [(question, referral_id) for question, referral_id in session.execute(statement)]
