"""What counts, as SQL over the journal: one select a fact, with one row for every question, referral, gap or pair.

The tallies are these rows grouped; days that are not tallied yet are read through the same selects. What is practice,
an example, taken back or never shown does not count. Of a sensitive question only day and library are told.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    case,
    exists,
    func,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from referral.journal.statuses import Actor, Status
from referral.models.feedback import Feedback
from referral.models.gap import Gap
from referral.models.question import Question
from referral.models.referral import Referral, ReferralEvent
from referral.models.visit import Visit
from referral.tallies.outcomes import classify, name_rank, rank

Day = ColumnElement[Any] | InstrumentedAttribute[Any]
# Which days: a condition on a column with a day, that of the question (of a pair: of the visit).
Days = Callable[[Day], ColumnElement[bool]]


class Fact(StrEnum):
    """What is counted."""

    QUESTION = "question"
    REFERRAL = "referral"
    GAP = "gap"
    PAIR = "pair"


def select_cells(fact: Fact, days: Days) -> Select[Any]:
    """Return the rows of a fact for some days; the names of their columns are those of `Tally`."""
    return _SELECTS[fact](days)


class whole_days(FunctionElement[int]):  # noqa: N801  (a function of SQL)
    """The whole days from one moment to another."""

    type = Integer()
    inherit_cache = True


@compiles(whole_days, "sqlite")
def _on_sqlite(element: FunctionElement[int], compiler: SQLCompiler, **options: object) -> str:
    start, end = (compiler.process(clause, **options) for clause in element.clauses)
    # A hundredth of a second keeps a whole day whole: julianday is a floating-point number.
    return f"CAST(julianday({end}) - julianday({start}) + 1e-7 AS INTEGER)"


@compiles(whole_days, "postgresql")
def _on_postgresql(element: FunctionElement[int], compiler: SQLCompiler, **options: object) -> str:
    start, end = (compiler.process(clause, **options) for clause in element.clauses)
    return f"EXTRACT(DAY FROM {end} - {start})::integer"


def _select_questions(days: Days) -> Select[Any]:
    furthest = (
        select(Referral.question_id, func.min(rank()).label("place"))
        .join(Question, Question.id == Referral.question_id)
        .where(*_count_referral(days))
        .group_by(Referral.question_id)
        .subquery()
    )
    return (
        select(*_list_answers(), _unless_sensitive(name_rank(furthest.c.place)).label("outcome"))
        .outerjoin(Visit, Visit.id == Question.visit_id)
        .outerjoin(furthest, furthest.c.question_id == Question.id)
        .where(*_count_question(days))
    )


def _select_referrals(days: Days) -> Select[Any]:
    parent = aliased(Referral)
    later = aliased(Feedback)
    last_word = (
        select(Feedback.helped)
        .where(
            Feedback.referral_id == Referral.id,
            ~exists().where(later.referral_id == Referral.id, later.sequence > Feedback.sequence),
        )
        .limit(1)
        .scalar_subquery()
    )
    answered_at = (
        select(func.min(ReferralEvent.at))
        .where(ReferralEvent.referral_id == Referral.id, ReferralEvent.actor == Actor.PARTNER)
        .scalar_subquery()
    )
    waited = case((Referral.status != Status.REQUESTED, whole_days(Referral.shown_at, answered_at)))
    return (
        select(
            *_list_answers(),
            classify().label("outcome"),
            Referral.service_id,
            parent.service_id.label("came_from"),
            Referral.taken_up_at.is_not(None).label("is_taken_up"),
            last_word.label("helped"),
            waited.label("waited"),
        )
        .select_from(Referral)
        .join(Question, Question.id == Referral.question_id)
        .outerjoin(parent, parent.id == Referral.parent_id)
        .outerjoin(Visit, Visit.id == Question.visit_id)
        .where(*_count_question(days), *_count_referral(days))
    )


def _select_gaps(days: Days) -> Select[Any]:
    return (
        select(*_list_answers(), Gap.kind.label("gap"), Gap.partner_kind)
        .select_from(Gap)
        .join(Question, Question.id == Gap.question_id)
        .outerjoin(Visit, Visit.id == Question.visit_id)
        .where(*_count_question(days), Gap.is_example.is_(False), Question.day_only.is_(False))
    )


def _select_pairs(days: Days) -> Select[Any]:
    """Every two topics of one visit, on the day of the visit, the first of the alphabet first."""
    other = aliased(Question)
    together = (
        select(
            Question.visit_id,
            Question.topic,
            other.topic.label("other_topic"),
            (func.min(Question.rounding_key) + func.min(other.rounding_key)).label("rounding_key"),
        )
        .join(other, and_(other.visit_id == Question.visit_id, other.topic > Question.topic))
        .join(Visit, Visit.id == Question.visit_id)
        .where(*(condition for asked in (Question, other) for condition in _count_in_visit(asked)), days(Visit.day))
        .group_by(Question.visit_id, Question.topic, other.topic)
        .subquery()
    )
    visit = (Visit.day, Visit.library_id, Visit.location_id, Visit.channel, Visit.campaign)
    pair = (together.c.topic, together.c.other_topic, together.c.rounding_key)
    return select(*visit, *pair).join(Visit, Visit.id == together.c.visit_id)


_SELECTS: dict[Fact, Callable[[Days], Select[Any]]] = {
    Fact.QUESTION: _select_questions,
    Fact.REFERRAL: _select_referrals,
    Fact.GAP: _select_gaps,
    Fact.PAIR: _select_pairs,
}


def _list_answers() -> list[Any]:
    answers = (
        Visit.location_id,
        Question.municipality,
        Visit.channel,
        Visit.campaign,
        Question.kind,
        Question.topic,
        Question.organisation,
        Question.cause,
        Question.help_given,
        Question.resolved,
    )
    told = [_unless_sensitive(answer).label(answer.key) for answer in answers]
    return [Question.day, Question.library_id, *told, Question.rounding_key]


def _unless_sensitive(answer: Any) -> ColumnElement[Any]:
    return case((Question.day_only.is_(False), answer))


def _count_question(days: Days) -> tuple[ColumnElement[bool], ...]:
    return (days(Question.day), Question.is_withdrawn.is_(False), Question.practice_id.is_(None))


def _count_in_visit(asked: type[Question]) -> tuple[ColumnElement[bool], ...]:
    return (asked.is_withdrawn.is_(False), asked.day_only.is_(False), asked.practice_id.is_(None))


def _count_referral(days: Days) -> tuple[ColumnElement[bool], ...]:
    return (
        days(Question.day),
        Question.day_only.is_(False),
        Referral.shown_at.is_not(None),
        Referral.status != Status.ENTERED_IN_ERROR,
        Referral.is_example.is_(False),
    )
