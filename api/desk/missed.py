"""A look-up that the triage had no answer to: what was typed, masked, with the topic that staff opened instead."""

from http import HTTPStatus

from fastapi import APIRouter
from starlette.responses import Response

from api.desk.look_up import rank
from api.desk.pages import HOME, TheDesk
from api.web.forms import TheFields
from referral.clock import read_clock
from referral.learning import service as learning
from referral.learning.service import Missed
from referral.lookup.service import list_sure
from referral.privacy.prepare import prepare
from referral.urgency.detector import Detector

router = APIRouter(prefix=HOME, include_in_schema=False)


@router.post("/missed")
def note(desk: TheDesk, fields: TheFields) -> Response:
    """Keep the look-up for review, if it is one to learn from: the page tells of every topic that was opened.

    Nothing is kept without the triage, with an urgent signal, in practice, or of what is nobody's business. Raises
    `InvalidInput`, `TextTooLong` and `UnknownTopic`.
    """
    done = Response(status_code=HTTPStatus.NO_CONTENT)
    text = fields.get("q")
    masked = prepare(text, limit=desk.settings.message_max_chars).masked
    detector: Detector = desk.request.app.state.detector
    ranked, has_triage = rank(desk, masked)
    if desk.practice or not has_triage or detector.detect(text):
        return done
    catalogue = desk.knowledge.catalogue
    missed = Missed(desk.library_id, masked, list_sure(ranked, catalogue), fields.get("topic"))
    with desk.database.begin() as session:
        learning.note_missed(session, missed, catalogue, read_clock())
    return done
