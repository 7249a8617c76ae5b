"""A partner tells what became of a referral: by the code on the slip, or by the link in the letter of the week."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi import Path as InPath
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.partner.pages import HOME, ask_code, show_page
from api.web.dependencies import TheLimits, get_address
from api.web.forms import Fields, TheFields
from api.web.limits import Limits
from api.web.origin import check_origin
from api.web.problems import get_status, list_headers
from api.web.slip import make_slip_path
from api.web.staff_page import explain, go
from api.web.state import TheDatabase, TheSettings
from referral.clock import read_clock
from referral.db import Database
from referral.directory import service as directory
from referral.errors import (
    IllegalTransition,
    InvalidInput,
    LinkExpired,
    MistypedCode,
    NotFound,
    OmDeHoekError,
    PartnerGone,
    TooLateToUndo,
    TooManyRequests,
    UnknownCode,
)
from referral.journal import replies
from referral.journal import service as journal
from referral.journal.replies import NOT_FOR_US, Answer
from referral.journal.statuses import Reason, Status, can_go
from referral.models.referral import Referral
from referral.proposals import links
from referral.proposals.links import Use
from referral.referring.forwarding import list_choices, send_on
from referral.referring.knowledge import load_knowledge
from referral.settings import Settings

MAX_KEY = 600
MAX_TEXT = 80
CODE = f"{HOME}/{{key:code}}"
LINK = "/verwijzing/{key}"
UNDO = "undo"
CANNOT_OPEN = (MistypedCode, UnknownCode, LinkExpired, TooManyRequests)
router = APIRouter(include_in_schema=False)

AKey = Annotated[str, InPath(max_length=MAX_KEY)]


class Caller:
    """A partner at the door. `key` is a code as it was typed, or the token of a link; a token has dots."""

    def __init__(
        self, request: Request, key: AKey, database: TheDatabase, settings: TheSettings, limits: TheLimits
    ) -> None:
        self.request, self.key = request, key
        self.database: Database = database
        self.settings: Settings = settings
        self.limits: Limits = limits
        self.is_by_link = "." in key
        self.path = request.url.path

    def open(self, session: Session) -> Referral:
        """Return the referral. Raises `CANNOT_OPEN`; a code that is nobody's counts as a guess."""
        now, days = read_clock(), self.settings.slip_days
        if self.is_by_link:
            referral_id = links.read_token(links.load_key(self.settings), self.key, now, Use.REPLY)
            return replies.get_by_id(session, referral_id, days=days, now=now)
        address = get_address(self.request)
        self.limits.check_code(address)
        try:
            return replies.get_by_code(session, self.key, days=days, now=now)
        except UnknownCode:
            self.limits.note_wrong_code(address)
            raise


TheCaller = Annotated[Caller, Depends(Caller)]


@router.get(CODE)
@router.get(LINK)
def show_referral(caller: TheCaller, search: str = "") -> Response:
    """Show what the referral is about, and what the partner can say."""
    return _show(caller, search=search[:MAX_TEXT])


@router.post(CODE, dependencies=[Depends(check_origin)])
@router.post(LINK, dependencies=[Depends(check_origin)])
def answer(caller: TheCaller, fields: TheFields) -> Response:
    """Write the answer down, or take the last one back."""
    try:
        with caller.database.begin() as session:
            referral = caller.open(session)
            caller.limits.check_partner(referral.id)
            _act(session, referral.id, fields)
    except CANNOT_OPEN as error:
        return ask_code(caller.request, error=error)
    except (IllegalTransition, TooLateToUndo, InvalidInput, PartnerGone, NotFound) as error:
        return _show(caller, error=error)
    return go(caller.path)


def _act(session: Session, referral_id: str, fields: Fields) -> None:
    now, act = read_clock(), fields.get("act")
    if act == UNDO:
        replies.take_back(session, referral_id, now)
    elif act == Answer.FORWARDED:
        send_on(session, referral_id, fields.get("to"), now)
    elif act in set(Answer):
        is_refusal = act == Answer.NOT_FOR_US and fields.get("reason") in set(Reason)
        reason = Reason(fields.get("reason")) if is_refusal else None
        replies.reply(session, referral_id, Answer(act), reason=reason, now=now)
    else:
        raise InvalidInput("no answer")


def _show(caller: Caller, *, search: str = "", error: OmDeHoekError | None = None) -> Response:
    now = read_clock()
    try:
        with caller.database.read() as session:
            referral = caller.open(session)
            question = journal.get_question(session, referral.question_id)
            knowledge = load_knowledge()
            service = directory.get_service(session, referral.service_id, now=now)
            trail = [directory.get_name(session, one.service_id) for one in replies.list_trail(session, referral)]
            sent_on = replies.find_sent_on(session, referral)
            sent_on_to = directory.get_name(session, sent_on.service_id) if sent_on else ""
            status = Status(referral.status)
            is_open = can_go(status, Status.FAILED)
            choices = list_choices(session, referral, text=search, knowledge=knowledge, now=now) if is_open else []
    except CANNOT_OPEN as cannot:
        return ask_code(caller.request, error=cannot)
    page = show_page(
        caller.request,
        "reply.html",
        status=get_status(error) if error else HTTPStatus.OK,
        path=caller.path,
        referral=referral,
        question=question,
        topic=knowledge.catalogue.get_topic(question.topic).label["nl"],
        service=service,
        trail=trail,
        sent_on=sent_on,
        sent_on_to=sent_on_to,
        sent_on_slip=make_slip_path(sent_on.slip_key) if sent_on else "",
        is_open=is_open,
        has_come=status is Status.IN_PROGRESS,
        can_undo=referral.undo_until is not None and now <= referral.undo_until,
        reasons=NOT_FOR_US,
        choices=choices,
        search=search,
        max_text=MAX_TEXT,
        correct=_make_correct_path(caller, service.service_id, service.organization_id),
        fault=explain(caller.request, error, "reply_error") if error else None,
    )
    page.headers.update(list_headers(error) if error else {})
    return page


def _make_correct_path(caller: Caller, service_id: str, organization_id: str) -> str:
    """Return where wrong details are told: the partner's own page; the public one with a code, for citizens have it."""
    if not caller.is_by_link:
        return f"/klopt-niet/{service_id}"
    key = links.load_key(caller.settings)
    return f"{HOME}/{links.make_token(key, organization_id, now=read_clock(), days=caller.settings.link_days)}"
