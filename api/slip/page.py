"""The citizen's own page of a referral: the slip for on the phone, and the question whether it helped.

Whoever has the address may read it and answer; it is a secret of 128 bits, it names nobody, and it ends. Without
scripts everything works but the button that prints.
"""

from http import HTTPStatus
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi import Path as InPath
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.web.dependencies import TheLimits
from api.web.forms import TheFields
from api.web.origin import check_origin, get_origin
from api.web.problems import get_status, list_headers
from api.web.qr import draw_qr_file
from api.web.service_words import describe_warning, list_bring, make_map_link, make_phone_link, pick
from api.web.slip import SLIP, list_dutch, list_lines, make_slip_path
from api.web.staff_page import go, make_templates, show
from api.web.state import TheDatabase, TheSettings
from api.web.words import load_words
from referral.catalogue.service import LANGUAGES
from referral.clock import read_clock
from referral.errors import InvalidInput, LinkExpired, OmDeHoekError, TooManyRequests
from referral.feedback import slips
from referral.feedback.slips import WHY_NOT, Helped
from referral.journal import replies
from referral.journal import service as journal
from referral.models.base import make_id
from referral.models.columns import ID_LENGTH
from referral.models.referral import Referral
from referral.referring.facts import get_referral_facts
from referral.referring.knowledge import load_knowledge

HERE = Path(__file__).resolve().parent
FAULTS = {TooManyRequests: "slip_too_fast", InvalidInput: "slip_wrong"}
templates = make_templates(HERE / "templates")
router = APIRouter(prefix=SLIP, include_in_schema=False)

AKey = Annotated[str, InPath(max_length=ID_LENGTH)]


class Visit:
    """A citizen on the page: which one it is, and how it is to be read."""

    def __init__(self, request: Request, slip_key: AKey, database: TheDatabase, settings: TheSettings) -> None:
        wanted = request.query_params
        self.request, self.slip_key, self.database, self.settings = request, slip_key, database, settings
        self.language = wanted["lang"] if wanted.get("lang") in LANGUAGES else LANGUAGES[0]
        self.is_large = wanted.get("size") == "large"

    def get_referral(self, session: Session) -> Referral:
        """Return the referral; raise `LinkExpired`."""
        return replies.get_by_slip(session, self.slip_key, days=self.settings.slip_days, now=read_clock())

    def make_path(self, *, language: str = "", is_large: bool | None = None) -> str:
        """Return the page as it is, or in another language or size."""
        is_large = self.is_large if is_large is None else is_large
        return f"{SLIP}/{self.slip_key}?lang={language or self.language}" + ("&size=large" if is_large else "")


TheVisit = Annotated[Visit, Depends(Visit)]


@router.get("/{slip_key}")
def show_slip(visit: TheVisit) -> Response:
    """Show where the citizen can go, and ask whether it helped."""
    return _show(visit)


@router.get("/{slip_key}/qr.svg")
def draw_code(visit: TheVisit) -> Response:
    """Return the QR code of the page, for the chat: who scans it has the address on their own telephone."""
    with visit.database.read() as session:
        visit.get_referral(session)
    address = get_origin(visit.request) + make_slip_path(visit.slip_key, visit.language)
    return Response(draw_qr_file(address, "svg"), media_type="image/svg+xml")


@router.post("/{slip_key}", dependencies=[Depends(check_origin)])
def answer(visit: TheVisit, fields: TheFields, limits: TheLimits) -> Response:
    """Write the answer down; it can be changed as long as the page is there."""
    turn = fields.get("turn")
    try:
        limits.check_slip(visit.slip_key)
        if not 0 < len(turn) <= ID_LENGTH:
            raise InvalidInput("no turn")
        with visit.database.begin() as session:
            slips.answer(
                session,
                visit.get_referral(session),
                helped=fields.get("helped"),
                reason=fields.get("reason"),
                turn_id=turn,
                now=read_clock(),
            )
    except (TooManyRequests, InvalidInput, LinkExpired) as error:
        return _show(visit, error=error)
    return go(f"{visit.make_path()}#answer")


def _show(visit: Visit, *, error: OmDeHoekError | None = None) -> Response:
    now = read_clock()
    words = load_words(visit.settings.data_dir)
    texts = {**words.texts[visit.language], "base_skip": words.texts[visit.language]["slip_skip"]}
    try:
        with visit.database.read() as session:
            referral = visit.get_referral(session)
            knowledge = load_knowledge()
            facts = get_referral_facts(session, referral.id, knowledge=knowledge, language=visit.language, now=now)
            said = journal.find_last_feedback(session, referral.id)
            sent_on = replies.find_sent_on(session, referral)
    except LinkExpired as gone:
        return _respond(visit, "gone.html", get_status(gone), words=texts, days=visit.settings.slip_days)
    service = facts.service
    page = _respond(
        visit,
        "slip_page.html",
        get_status(error) if error else HTTPStatus.OK,
        words=texts,
        partner=service.name,
        is_offered=service.is_offered,
        is_example=service.is_example,
        topic=facts.topic_card.title,
        warning=describe_warning(service, words=words, language=visit.language),
        dutch=list_dutch(visit.language),
        lines=list_lines(facts, now, words=words, data_dir=visit.settings.data_dir, language=visit.language),
        bring=list_bring(facts, visit.language),
        phones=[(one.number, make_phone_link(one.number), one.description) for one in service.phones],
        website=service.website,
        map_link=make_map_link(service),
        does=pick(service.does, visit.language),
        code=facts.code,
        said=said,
        sent_on=make_slip_path(sent_on.slip_key, visit.language) if sent_on else None,
        answers=list(Helped),
        reasons=WHY_NOT,
        turn=make_id(),
        fault=texts[FAULTS[type(error)]] if error else None,
    )
    page.headers.update(list_headers(error) if error else {})
    return page


def _respond(visit: Visit, template: str, status: HTTPStatus, **context: object) -> Response:
    return show(
        templates,
        visit.request,
        template,
        signed_in=None,
        status=status,
        language=visit.language,
        is_large=visit.is_large,
        other_size=visit.make_path(is_large=not visit.is_large),
        other_languages=[(code, visit.make_path(language=code)) for code in LANGUAGES if code != visit.language],
        path=visit.make_path(),
        **context,
    )
