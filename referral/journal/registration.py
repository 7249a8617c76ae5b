"""Registering at the desk: a question with its answers, put right on the same day, taken back within ten minutes.

Part of the journal's one writer; nothing here commits. Of a sensitive topic only day, library and signal are kept.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from referral.clock import to_local
from referral.errors import NotFound, RecordChanged, TooLateToUndo
from referral.journal import queries
from referral.journal.form import Answers
from referral.journal.service import Asked, change_status, record_question
from referral.journal.statuses import Actor, Status
from referral.models.question import Question
from referral.models.referral import Referral
from referral.models.visit import Visit

UNDO_WITHIN = timedelta(minutes=10)
# Long enough for a partner to answer, short enough to remember who it was.
LOOK_BACK = timedelta(weeks=4)
UNDER_WAY = (Status.ACCEPTED, Status.IN_PROGRESS, Status.ON_HOLD)
NOT_HELPED = (Status.REJECTED, Status.FAILED, Status.CANCELLED)


@dataclass(frozen=True, slots=True)
class DayList:
    """What one library registered on one day; `sensitive` is how many more there are that nobody may read."""

    questions: tuple[tuple[Question, Referral | None], ...]
    sensitive: int


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of the referrals of a desk; `silent`: nobody has told anything."""

    helped: int
    under_way: int
    not_helped: int
    silent: int


def register(session: Session, asked: Asked, answers: Answers, now: datetime) -> Question:
    """Write a question with its answers, or return it when this turn wrote it before."""
    if known := queries.find_question_of_turn(session, asked.turn_id):
        return known
    question = record_question(session, asked, now)
    question.is_registered = True
    question.undo_until = now + UNDO_WITHIN
    _answer(question, answers)
    session.flush()
    return question


def correct(
    session: Session, question_id: str, answers: Answers, *, version: int, library_id: str, now: datetime
) -> Question:
    """Put the answers of a question of today right.

    `version` is the one that was on the screen. Raises `RecordChanged` when somebody was first, `NotFound` when the
    question is not in today's list of this library.
    """
    question = _check_of_today(queries.find_question_locked(session, question_id), library_id, now)
    if question.version != version:
        raise RecordChanged("somebody else has changed it")
    _answer(question, answers)
    question.version += 1
    session.flush()
    return question


def undo(session: Session, question_id: str, *, library_id: str, now: datetime) -> None:
    """Take a registration back, with its referrals; once is as good as twice.

    Raises `TooLateToUndo` after ten minutes, `NotFound` when this library has no such question.
    """
    question = queries.find_question_locked(session, question_id)
    if question is None or question.library_id != library_id:
        raise NotFound("no such question")
    if question.is_withdrawn:
        return
    if question.undo_until is None or now > question.undo_until:
        raise TooLateToUndo("ten minutes are over")
    question.is_withdrawn = True
    for referral in queries.list_referrals(session, [question.id]):
        if referral.status != Status.ENTERED_IN_ERROR:
            change_status(session, referral, Status.ENTERED_IN_ERROR, actor=Actor.STAFF, reason=None, now=now)


def get_of_today(session: Session, question_id: str, *, library_id: str, now: datetime) -> Question:
    """Return a question that may still be put right; raise `NotFound` for any other."""
    return _check_of_today(session.get(Question, question_id), library_id, now)


def _check_of_today(question: Question | None, library_id: str, now: datetime) -> Question:
    if question is None or question.library_id != library_id or question.day != to_local(now).date():
        raise NotFound("not in the list of today")
    if question.is_withdrawn or question.day_only:
        raise NotFound("nothing to put right")
    return question


def list_day(session: Session, library_id: str, day: date) -> DayList:
    """Return what the desk of a library registered on a day, visitor by visitor."""
    everything = queries.list_registered(session, library_id, day)
    questions = [question for question in everything if not question.day_only]
    latest = {one.question_id: one for one in queries.list_referrals(session, [question.id for question in questions])}
    rows = tuple((question, latest.get(question.id)) for question in questions)
    return DayList(rows, len(everything) - len(questions))


def count_outcomes(session: Session, library_id: str, now: datetime) -> Outcomes:
    """Return what became of the referrals of four weeks; examples, practice and what was undone do not count."""
    counts = queries.count_statuses(session, library_id, now - LOOK_BACK)
    return Outcomes(
        helped=counts.get(Status.COMPLETED, 0),
        under_way=sum(counts.get(status, 0) for status in UNDER_WAY),
        not_helped=sum(counts.get(status, 0) for status in NOT_HELPED),
        silent=counts.get(Status.REQUESTED, 0),
    )


def forget_moments(session: Session, now: datetime) -> int:
    """Forget until when questions and answers of partners could be taken back, once they cannot; return how many."""
    return queries.clear_undo(session, now) + queries.clear_reply_undo(session, now)


def find_visit(session: Session, turn_id: str, visit_id: str | None) -> Visit | None:
    """Return the visit that this turn has already written a question of, or else the one with this id."""
    question = queries.find_question_of_turn(session, turn_id)
    known = question.visit_id if question else visit_id
    return session.get(Visit, known) if known else None


def list_referrals(session: Session, question_id: str) -> Sequence[Referral]:
    return queries.list_referrals(session, [question_id])


def _answer(question: Question, answers: Answers) -> None:
    if not question.day_only:
        for name, answer in asdict(answers).items():
            setattr(question, name, answer)
