"""A partner does not want the letter of the week, or wants it again."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.partner.pages import ask_code, show_page
from api.web.forms import TheFields
from api.web.origin import check_origin
from api.web.staff_page import go
from api.web.state import TheDatabase, TheSettings
from referral.clock import read_clock
from referral.directory import service as directory
from referral.errors import LinkExpired
from referral.feedback.digests import refuse_digest, want_digest, wants_digest
from referral.models.organization import Organization
from referral.proposals import links
from referral.proposals.links import Use
from referral.settings import Settings

MAX_TOKEN = 600
DIGEST = "/weekmail/{token}"
router = APIRouter(include_in_schema=False)

Token = Annotated[str, Path(max_length=MAX_TOKEN)]


@router.get(DIGEST)
def show_choice(token: Token, request: Request, database: TheDatabase, settings: TheSettings) -> Response:
    """Ask; a mail program that follows links changes nothing."""
    try:
        with database.read() as session:
            organization = _get_organization(session, settings, token)
            wants = wants_digest(session, organization.id)
    except LinkExpired as error:
        return ask_code(request, error=error)
    return show_page(request, "digest.html", organization=organization, wants=wants, path=request.url.path)


@router.post(DIGEST, dependencies=[Depends(check_origin)])
def choose(token: Token, request: Request, fields: TheFields, database: TheDatabase, settings: TheSettings) -> Response:
    try:
        with database.begin() as session:
            organization = _get_organization(session, settings, token)
            if fields.get("act") == "stop":
                refuse_digest(session, organization.id, read_clock())
            else:
                want_digest(session, organization.id)
    except LinkExpired as error:
        return ask_code(request, error=error)
    return go(request.url.path)


def _get_organization(session: Session, settings: Settings, token: str) -> Organization:
    organization_id = links.read_token(links.load_key(settings), token, read_clock(), Use.DIGEST)
    organization = directory.find_organization(session, organization_id)
    if organization is None:
        raise LinkExpired("the organization is gone")
    return organization
