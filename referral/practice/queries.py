"""All SQL of the practice."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.orm import Session

from referral.models.base import Base
from referral.models.practice_run import PracticeRun
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


def list_started_before(session: Session, moment: datetime) -> Sequence[str]:
    return session.scalars(select(PracticeRun.id).where(PracticeRun.started_at < moment)).all()


def delete_runs(session: Session, run_ids: Sequence[str]) -> int:
    """Delete these practices and, of every table that holds any, what was practised in them; children first."""
    for table in reversed(Base.metadata.sorted_tables):
        if "practice_id" in table.columns:
            session.execute(delete(table).where(table.c.practice_id.in_(run_ids)))
    result = session.execute(delete(PracticeRun).where(PracticeRun.id.in_(run_ids)))
    return result.rowcount if isinstance(result, CursorResult) else 0
