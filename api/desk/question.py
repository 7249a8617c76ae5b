"""A question that was registered: what comes next, take it back, put it right."""

from http import HTTPStatus

from fastapi import APIRouter
from starlette.responses import Response

from api.desk.pages import DAY, HOME, AnId, Desk, TheDesk
from api.web.forms import Fields, TheFields
from api.web.problems import get_status
from api.web.staff_page import explain, go
from referral.clock import read_clock
from referral.directory import service as directory
from referral.errors import InvalidInput, NotFound, OmDeHoekError, RecordChanged, TooLateToUndo
from referral.journal import registration
from referral.journal import service as journal
from referral.journal.form import read_answers
from referral.models.question import Question

REGISTERED = f"{HOME}/registered"
QUESTIONS = f"{HOME}/questions"
router = APIRouter(include_in_schema=False)


@router.get(f"{REGISTERED}/{{question_id}}")
def show_registered(question_id: AnId, desk: TheDesk) -> Response:
    """Show that it is done, the slip, and where to go on."""
    return show_done(desk, question_id)


@router.post(f"{QUESTIONS}/{{question_id}}/undo")
def undo(question_id: AnId, desk: TheDesk) -> Response:
    """Take the registration back."""
    try:
        with desk.database.begin() as session:
            registration.undo(session, question_id, library_id=desk.library_id, now=read_clock())
    except TooLateToUndo as error:
        return show_done(desk, question_id, error=error)
    return show_done(desk, question_id)


@router.get(f"{QUESTIONS}/{{question_id}}")
def show_question(question_id: AnId, desk: TheDesk) -> Response:
    """Show the answers of a question of today, to put right."""
    with desk.database.read() as session:
        question = registration.get_of_today(session, question_id, library_id=desk.library_id, now=read_clock())
    return show_form(desk, question)


@router.post(f"{QUESTIONS}/{{question_id}}")
def correct(question_id: AnId, desk: TheDesk, fields: TheFields) -> Response:
    """Put the answers right; a colleague who was second sees what the first made of it, and what they chose."""
    now = read_clock()
    try:
        with desk.database.begin() as session:
            question = registration.get_of_today(session, question_id, library_id=desk.library_id, now=now)
            answers = read_answers(desk.form, question.topic, dict(fields.pairs))
            if not fields.get("version").isdecimal():
                raise InvalidInput("no version")
            version = int(fields.get("version"))
            registration.correct(session, question_id, answers, version=version, library_id=desk.library_id, now=now)
    except (InvalidInput, RecordChanged) as error:
        with desk.database.read() as session:
            question = registration.get_of_today(session, question_id, library_id=desk.library_id, now=now)
        return show_form(desk, question, fields, error=error)
    return go(f"{DAY}?done=corrected")


def list_answers(desk: Desk, question: Question) -> dict[str, str]:
    """Return the answers of a question by the fields of the form."""
    return {field.id: getattr(question, field.id) or "" for field in desk.form.list_for(question.topic)}


def show_form(
    desk: Desk, question: Question, typed: Fields | None = None, *, error: OmDeHoekError | None = None
) -> Response:
    """Return the form as it was typed, or as it is stored, for the version that is in the journal now."""
    fields = desk.form.list_for(question.topic)
    stored = list_answers(desk, question)
    return desk.show(
        "question.html",
        status=get_status(error) if error else HTTPStatus.OK,
        fault=explain(desk.request, error) if error else None,
        question=question,
        topic=desk.knowledge.catalogue.get_topic(question.topic),
        fields=fields,
        answers={field.id: typed.get(field.id) for field in fields} if typed else stored,
        stored={field.label: field.get_label(stored[field.id]) for field in fields}
        if isinstance(error, RecordChanged)
        else None,
    )


def show_done(desk: Desk, question_id: str, *, error: OmDeHoekError | None = None) -> Response:
    """Return the page after registering; raise `NotFound` when this library registered no such question."""
    now = read_clock()
    with desk.database.read() as session:
        question = journal.get_question(session, question_id)
        if question.library_id != desk.library_id or not question.is_registered:
            raise NotFound("no such question")
        referral = next(iter(registration.list_referrals(session, question_id)), None)
        partner = (
            directory.get_service(session, referral.service_id, now=now, location_id=referral.location_id)
            if referral
            else None
        )
    can_undo = not question.is_withdrawn and question.undo_until is not None and now <= question.undo_until
    return desk.show(
        "registered.html",
        status=get_status(error) if error else HTTPStatus.OK,
        fault=explain(desk.request, error) if error else None,
        question=question,
        topic=desk.knowledge.catalogue.get_topic(question.topic),
        referral=referral,
        partner=partner,
        can_undo=can_undo,
    )
