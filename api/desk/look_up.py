"""The one field: what staff type leads to topics and partners, while they type and on Enter.

What is typed is masked before it leaves for the triage, is in no address, and is stored nowhere.
"""

from dataclasses import dataclass
from http import HTTPStatus

from fastapi import APIRouter
from starlette.responses import Response

from api.desk.pages import HOME, AVisit, Desk, TheDesk, is_id
from api.web.forms import TheFields
from api.web.problems import get_status
from api.web.rasa import RasaClient
from api.web.staff_page import explain, go
from referral.errors import AmbiguousPlace, AssistantUnavailable, InvalidInput, OmDeHoekError, UnknownPlace
from referral.lookup.index import load_index
from referral.lookup.service import Found, Ranked, look_up
from referral.places.service import resolve_place
from referral.privacy.prepare import prepare
from referral.urgency.detector import Detector
from referral.urgency.signals import Signal

router = APIRouter(prefix=HOME, include_in_schema=False)
# The triage takes some 20 ms; a colleague who types does not wait for one that hangs.
TRIAGE_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Answer:
    """`has_triage` is false when plain search had to do it alone."""

    found: Found
    signal: Signal | None
    has_triage: bool


@router.get("")
def ask(desk: TheDesk, visit: AVisit = "") -> Response:
    """Show the empty field; `visit` is there when the same visitor has another question."""
    return show_desk(desk, visit=visit)


@router.post("")
def answer_page(desk: TheDesk, fields: TheFields) -> Response:
    """Show what was found, without scripts too."""
    text = fields.get("q")
    return show_desk(desk, visit=fields.get("visit"), text=text, answer=find(desk, text))


@router.post("/found")
def answer_fragment(desk: TheDesk, fields: TheFields) -> Response:
    """Return the list alone, while somebody types."""
    return desk.show("found.html", answer=find(desk, fields.get("q")), visit=fields.get("visit"))


@router.post("/place")
def move(desk: TheDesk, fields: TheFields) -> Response:
    """Remember where this desk stands."""
    typed = fields.get("place")
    try:
        place = resolve_place(typed, desk.knowledge.places, desk.knowledge.postcodes)
    except (UnknownPlace, AmbiguousPlace) as error:
        return show_desk(desk, visit=fields.get("visit"), typed_place=typed, error=error)
    response = go(f"{HOME}?visit={fields.get('visit')}" if is_id(fields.get("visit")) else HOME)
    desk.remember_place(response, place)
    return response


def find(desk: Desk, text: str) -> Answer | None:
    """Return what the text may be about; `None` when there is nothing to read in it."""
    try:
        masked = prepare(text, limit=desk.settings.message_max_chars).masked
    except InvalidInput:
        return None
    ranked, has_triage = rank(desk, masked)
    detector: Detector = desk.request.app.state.detector
    detection = detector.detect(text)
    with desk.database.read() as session:
        index = load_index(desk.settings.data_dir)
        found = look_up(session, masked, ranked=ranked, catalogue=desk.knowledge.catalogue, index=index)
    return Answer(found, detection.signal if detection else None, has_triage)


def rank(desk: Desk, masked: str) -> tuple[list[Ranked], bool]:
    """Return what the triage makes of a masked text, and whether there is one."""
    rasa: RasaClient = desk.request.app.state.rasa
    try:
        intents = rasa.rank(masked, seconds=TRIAGE_SECONDS)
    except AssistantUnavailable:
        return [], False
    return [Ranked(one.name, one.confidence) for one in intents if one.name], True


def show_desk(
    desk: Desk,
    *,
    visit: str,
    text: str = "",
    answer: Answer | None = None,
    typed_place: str = "",
    error: OmDeHoekError | None = None,
) -> Response:
    """Return the page with the field, what was found, and what was wrong with a place."""
    with desk.database.read() as session:
        place = desk.find_place(session)
    return desk.show(
        "desk.html",
        status=get_status(error) if error else HTTPStatus.OK,
        fault=explain(desk.request, error) if error else None,
        choices=error.choices if isinstance(error, AmbiguousPlace) else (),
        place=typed_place or (place.name if place else ""),
        visit=visit,
        text=text,
        answer=answer,
        max_chars=desk.settings.message_max_chars,
    )
