"""Practising at the desk with a scripted visitor. What is registered meanwhile is kept apart (models/practised.py).

Nothing here commits; the edge does.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from referral.errors import NotFound
from referral.models.base import make_id
from referral.models.practice_run import PracticeRun
from referral.practice import queries
from referral.practice.review import Registered
from referral.practice.script import Visitor


def start(session: Session, person_id: str, visitor: Visitor, now: datetime) -> PracticeRun:
    """Let a visitor come to the desk and say the first thing."""
    run = PracticeRun(id=make_id(), person_id=person_id, visitor=visitor.id, step=1, started_at=now)
    session.add(run)
    session.flush()
    return run


def find_running(session: Session, run_id: str, person_id: str) -> PracticeRun | None:
    """Return the practice when it is this colleague's and goes on."""
    run = session.get(PracticeRun, run_id)
    return run if run and run.person_id == person_id and run.ended_at is None else None


def get_run(session: Session, run_id: str, person_id: str) -> PracticeRun:
    """Return a practice of this colleague, ended or not; raise `NotFound` for any other."""
    run = session.get(PracticeRun, run_id)
    if run is None or run.person_id != person_id:
        raise NotFound("no such practice")
    return run


def hear_more(run: PracticeRun, visitor: Visitor) -> None:
    """Let the visitor say the next thing; who has said everything says no more."""
    run.step = min(run.step + 1, len(visitor.says))


def end(run: PracticeRun, now: datetime) -> None:
    """End a practice; once is as good as twice."""
    run.ended_at = run.ended_at or now


def list_registered(session: Session) -> Sequence[Registered]:
    """Return what was registered in the practice that this session is for (`Database.practise`)."""
    return [
        Registered(question.topic, question.kind, question.help_given, is_referred=referral_id is not None)
        for question, referral_id in queries.list_questions(session)
    ]
