"""Practising at the desk: a visitor from the script comes, the colleague uses the real desk, and reads how it went."""

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.desk.pages import PRACTICE, PRACTICE_COOKIE, AnId, Desk, TheDesk
from api.web.forms import TheFields
from api.web.sessions import clear_cookie, set_cookie
from api.web.staff_page import go
from referral.clock import read_clock
from referral.errors import NotFound
from referral.journal.form import Field
from referral.models.practice_run import PracticeRun
from referral.practice import service as practice
from referral.practice.review import review
from referral.practice.script import get_visitor, load_script

router = APIRouter(prefix=PRACTICE, include_in_schema=False)


@router.get("")
def show_practice(desk: TheDesk) -> Response:
    """Show the visitor who stands at the desk, or all who can come."""
    return desk.show("practice.html", visitors=load_script(desk.settings.data_dir).values())


@router.post("")
def start(desk: TheDesk, fields: TheFields) -> Response:
    """Let a visitor come; from now on this browser practises. Raises `NotFound` for one who is not in the script."""
    visitor = get_visitor(load_script(desk.settings.data_dir), fields.get("visitor"))
    now = read_clock()
    with desk.database.begin() as session:
        if desk.practice:
            practice.end(_get_running(session, desk), now)
        run = practice.start(session, desk.signed_in.person_id, visitor, now)
    response = go(PRACTICE)
    set_cookie(response, desk.settings, run.id, name=PRACTICE_COOKIE)
    return response


@router.post("/more")
def hear_more(desk: TheDesk) -> Response:
    """Let the visitor say the next thing. Raises `NotFound` when nobody practises here."""
    with desk.database.begin() as session:
        run = _get_running(session, desk)
        practice.hear_more(run, get_visitor(load_script(desk.settings.data_dir), run.visitor))
    return go(PRACTICE)


@router.post("/end")
def end(desk: TheDesk) -> Response:
    """Stop practising, and go on to how it went. Raises `NotFound` when nobody practises here."""
    with desk.database.begin() as session:
        run = _get_running(session, desk)
        practice.end(run, read_clock())
    response = go(f"{PRACTICE}/{run.id}")
    clear_cookie(response, desk.settings, name=PRACTICE_COOKIE)
    return response


@router.get("/{run_id}")
def show_review(run_id: AnId, desk: TheDesk) -> Response:
    """Show what was registered beside what is good, and why. Raises `NotFound`."""
    with desk.database.practise(run_id).read() as session:
        run = practice.get_run(session, run_id, desk.signed_in.person_id)
        registered = practice.list_registered(session)
    visitor = get_visitor(load_script(desk.settings.data_dir), run.visitor)
    return desk.show(
        "practice_review.html",
        visitor=visitor,
        review=review(visitor.good, registered),
        topics=desk.knowledge.catalogue.topics,
        kind=_get_field(desk, "kind"),
        help=_get_field(desk, "help_given"),
    )


def _get_running(session: Session, desk: Desk) -> PracticeRun:
    """Return the practice of this browser, to change."""
    if desk.practice is None:
        raise NotFound("nobody practises here")
    return practice.get_run(session, desk.practice.id, desk.signed_in.person_id)


def _get_field(desk: Desk, field_id: str) -> Field:
    return next(field for field in desk.form.fields if field.id == field_id)
