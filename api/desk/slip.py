"""The slip that a visitor takes along: on A5, on a receipt printer, or on the phone; in Dutch or English; no name."""

from datetime import datetime
from typing import Literal

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.desk.pages import HOME, AnId, Desk, TheDesk, templates
from api.desk.partner import DUTCH
from api.web.forms import TheFields
from api.web.service_words import describe_costs, list_bring, make_phone_link, pick
from api.web.staff_page import go
from api.web.usual_hours import describe_usual_hours
from referral.clock import read_clock
from referral.directory.spoken.words import load_hour_words
from referral.errors import InvalidInput, NotFound
from referral.journal import service as journal
from referral.models.question import Question
from referral.referring.facts import ReferralFacts, get_referral_facts

SLIPS = f"{HOME}/slips"
Language = Literal["nl", "en"]
Size = Literal["normal", "large"]
Paper = Literal["a5", "receipt"]
CHOICES = {"language": ("nl", "en"), "size": ("normal", "large"), "paper": ("a5", "receipt")}
# What the directory has in Dutch only, by the heading.
DUTCH_ONLY = ("card_route",)
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
        "dutch": DUTCH_ONLY if language != DUTCH else (),
        "lines": list_lines(desk, facts, language, now),
        "bring": list_bring(facts, language),
        "is_example": facts.service.is_example,
    }
    return templates.TemplateResponse(desk.request, "slip.html", context)


def get_ours(session: Session, desk: Desk, referral_id: str) -> Question:
    """Return the question of a referral; raise `NotFound` when it is of another library."""
    question = journal.get_question(session, journal.get_referral(session, referral_id).question_id)
    if question.library_id != desk.library_id:
        raise NotFound("no such referral")
    return question


def list_lines(desk: Desk, facts: ReferralFacts, language: str, now: datetime) -> list[tuple[str, str]]:
    """Return (key of the heading, text) of what is known: where, how to get there, when, how, what it costs."""
    service = facts.service
    hour_words = load_hour_words(desk.settings.data_dir)
    hours = describe_usual_hours(service, now, hour_words=hour_words, words=desk.words, language=language)
    found = (
        ("card_address", ", ".join(service.address_lines)),
        ("card_route", service.transportation or ""),
        ("card_hours", hours),
        ("card_how", pick(service.how, language)),
        ("card_cost", describe_costs(service, words=desk.words, language=language)),
    )
    return [(key, text) for key, text in found if text]
