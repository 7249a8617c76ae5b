"""The page on which staff see whether everything works, and what it means for citizens when it does not."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.health.connections import list_connections
from api.web.access import require
from api.web.dependencies import TheMoment, TheSession
from api.web.staff_page import make_templates, show
from api.web.state import TheSettings
from referral.models.grant import Role
from referral.staff.service import SignedIn

HERE = Path(__file__).resolve().parent
HOME = "/verbindingen"
router = APIRouter(prefix=HOME, include_in_schema=False)
templates = make_templates(HERE / "templates")

Staff = Annotated[SignedIn, require(Role.STAFF)]


@router.get("")
def show_connections(
    request: Request, signed_in: Staff, session: TheSession, settings: TheSettings, now: TheMoment
) -> Response:
    """Show every part as it is at this moment."""
    found = list_connections(settings, request.app.state.rasa, session, now)
    return show(templates, request, "connections.html", signed_in=signed_in, connections=found, now=now)
