"""The list of today in the order of the national form: to put right, and to copy; none of practice."""

import csv
import io
from dataclasses import dataclass

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.desk.pages import DAY, PRACTICE, Desk, TheDesk
from api.web.staff_page import go
from referral.clock import read_clock, to_local
from referral.directory import service as directory
from referral.journal import registration
from referral.journal.form import Field
from referral.models.question import Question
from referral.models.referral import Referral

router = APIRouter(prefix=DAY, include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Row:
    """A question: the visitor's number on this day, and its answers in the order of the form."""

    question_id: str
    visitor: int
    answers: tuple[str, ...]


@router.get("")
def show_day(desk: TheDesk, done: str = "") -> Response:
    """Show today's questions, the sensitive ones as a number only, and what became of the referrals of four weeks."""
    if desk.practice:
        return go(PRACTICE)
    rows, sensitive = list_rows(desk)
    labels = [field.label for field in desk.form.fields]
    with desk.database.read() as session:
        outcomes = registration.count_outcomes(session, desk.library_id, read_clock())
    return desk.show("day.html", rows=rows, labels=labels, sensitive=sensitive, done=done, outcomes=outcomes)


@router.get("/export")
def export_day(desk: TheDesk) -> Response:
    """Return the same as a CSV file that a spreadsheet opens (UTF-8 with its mark, semicolons)."""
    if desk.practice:
        return go(PRACTICE)
    rows, _ = list_rows(desk)
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=";")
    writer.writerow([desk.staff_words["desk_visitor"], *(field.label for field in desk.form.fields)])
    writer.writerows([row.visitor, *row.answers] for row in rows)
    name = f"registratie-{to_local(read_clock()).date().isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(sheet.getvalue().encode("utf-8-sig"), media_type="text/csv", headers=headers)


def list_rows(desk: Desk) -> tuple[list[Row], int]:
    """Return the questions of today, and how many more there are that nobody may read."""
    with desk.database.read() as session:
        day = registration.list_day(session, desk.library_id, to_local(read_clock()).date())
        visitors = {question.visit_id: None for question, _ in day.questions}
        numbers = {visit_id: number for number, visit_id in enumerate(visitors, start=1)}
        rows = [
            Row(question.id, numbers[question.visit_id], _list_answers(session, desk, question, referral))
            for question, referral in day.questions
        ]
    return rows, day.sensitive


def _list_answers(session: Session, desk: Desk, question: Question, referral: Referral | None) -> tuple[str, ...]:
    return tuple(_answer(session, desk, field, question, referral) for field in desk.form.fields)


def _answer(session: Session, desk: Desk, field: Field, question: Question, referral: Referral | None) -> str:
    if field.id == "topic":
        return desk.knowledge.catalogue.get_topic(question.topic).label["nl"]
    if field.id == "referral":
        return directory.get_name(session, referral.service_id) if referral else ""
    return field.get_label(getattr(question, field.id))
