"""The slip that a visitor takes along: on A5, on a receipt printer, or on the phone; in Dutch or English; no name."""

from typing import Literal

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.desk.pages import HOME, AnId, Desk, TheDesk, templates
from api.web.forms import TheFields
from api.web.origin import get_origin
from api.web.qr import draw_qr
from api.web.service_words import list_bring, make_phone_link
from api.web.slip import list_dutch, list_lines, make_slip_path
from api.web.staff_page import go
from referral.clock import read_clock
from referral.errors import InvalidInput, NotFound
from referral.journal import service as journal
from referral.models.question import Question
from referral.referring.facts import get_referral_facts

SLIPS = f"{HOME}/slips"
Language = Literal["nl", "en"]
Size = Literal["normal", "large"]
Paper = Literal["a5", "receipt"]
CHOICES = {"language": ("nl", "en"), "size": ("normal", "large"), "paper": ("a5", "receipt")}
router = APIRouter(prefix=SLIPS, include_in_schema=False)


@router.post("/{referral_id}")
def make_slip(referral_id: AnId, desk: TheDesk, fields: TheFields) -> Response:
    """Note that the visitor gets it, and show it."""
    chosen = {name: fields.get(name) for name in CHOICES}
    if any(value not in CHOICES[name] for name, value in chosen.items()):
        raise InvalidInput("no such slip")
    with desk.database.begin() as session:
        get_ours(session, desk, referral_id)
        journal.take_up(session, referral_id, "printed", read_clock())
    return go(f"{SLIPS}/{referral_id}?" + "&".join(f"{name}={value}" for name, value in chosen.items()))


@router.get("/{referral_id}")
def show_slip(
    referral_id: AnId, desk: TheDesk, language: Language = "nl", size: Size = "normal", paper: Paper = "a5"
) -> Response:
    """Show the slip as it prints."""
    now = read_clock()
    with desk.database.read() as session:
        question = get_ours(session, desk, referral_id)
        facts = get_referral_facts(session, referral_id, knowledge=desk.knowledge, language=language, now=now)
    address = get_origin(desk.request) + make_slip_path(facts.slip_key, language)
    context = {
        "texts": desk.words.texts[language],
        "words": desk.staff_words,
        "language": language,
        "size": size,
        "paper": paper,
        "code": facts.code,
        "question_id": question.id,
        "name": facts.service.name,
        "phones": [(phone.number, make_phone_link(phone.number)) for phone in facts.service.phones],
        "website": facts.service.website,
        "dutch": list_dutch(language),
        "lines": list_lines(facts, now, words=desk.words, data_dir=desk.settings.data_dir, language=language),
        "bring": list_bring(facts, language),
        "address": address,
        "qr": draw_qr(address),
        "is_example": facts.service.is_example,
        "is_practice": desk.practice is not None,
    }
    return templates.TemplateResponse(desk.request, "slip.html", context)


def get_ours(session: Session, desk: Desk, referral_id: str) -> Question:
    """Return the question of a referral; raise `NotFound` when it is of another library."""
    question = journal.get_question(session, journal.get_referral(session, referral_id).question_id)
    if question.library_id != desk.library_id:
        raise NotFound("no such referral")
    return question
