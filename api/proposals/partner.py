"""A partner comes by its link: looks at what we tell, says that it holds, or proposes what it should be."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.proposals.pages import AnId, get_hour_words, name_library, show_page
from api.web.forms import Fields, TheFields
from api.web.limits import Limits
from api.web.origin import check_origin
from api.web.problems import get_status
from api.web.staff_page import explain, go
from api.web.state import TheDatabase, TheSettings, get_settings
from referral.clock import read_clock
from referral.db import Database
from referral.directory import service as directory
from referral.errors import InvalidInput, LinkExpired, NotFound, OmDeHoekError, TooManyRequests
from referral.models.organization import Organization
from referral.models.service import Service
from referral.proposals import links
from referral.proposals import service as proposals
from referral.proposals.facts import Field, list_facts
from referral.proposals.values import MAX_REMARK, MAX_VALUE, show_value
from referral.settings import Settings

MAX_TOKEN = 600
PARTNER = "/p/{token}"
router = APIRouter(include_in_schema=False)

Token = Annotated[str, Path(max_length=MAX_TOKEN)]


@router.get(PARTNER)
def show_partner(
    token: Token, request: Request, database: TheDatabase, settings: TheSettings, done: str = ""
) -> Response:
    """Show every service of the partner with its facts as they stand now."""
    return _show(request, database, settings, token, done=done)


@router.post(PARTNER + "/{service_id}", dependencies=[Depends(check_origin)])
def answer(
    token: Token,
    service_id: AnId,
    request: Request,
    fields: TheFields,
    database: TheDatabase,
) -> Response:
    """Note that everything holds; or keep the corrections for an editor, also when "it holds" was pressed with some."""
    settings = get_settings(request)
    now = read_clock()
    limits: Limits = request.app.state.limits
    try:
        limits.check_partner(token)
        with database.begin() as session:
            organization, service = _get_own(session, settings, token, service_id)
            values = {key: text for key, text in fields.pairs if ":" in key}
            changed = proposals.correct(
                session, service, values, remark=fields.get("remark"), words=get_hour_words(settings), now=now
            )
            if not changed and fields.get("act") == "confirm":
                proposals.confirm(session, service, by=organization.name, now=now)
    except (LinkExpired, InvalidInput, TooManyRequests) as error:
        return _show(request, database, settings, token, error=error, service_id=service_id, typed=fields)
    if not changed and fields.get("act") != "confirm":
        return _show(request, database, settings, token, service_id=service_id, is_unchanged=True)
    return go(f"/p/{token}?done={'corrected' if changed else 'confirmed'}")


def _get_own(session: Session, settings: Settings, token: str, service_id: str) -> tuple[Organization, Service]:
    """Return who comes, with one of its own services. Raises `LinkExpired` and `NotFound`."""
    organization = _get_organization(session, settings, token)
    for service in proposals.list_services(session, organization.id):
        if service.id == service_id:
            return organization, service
    raise NotFound("no service of this partner")


def _get_organization(session: Session, settings: Settings, token: str) -> Organization:
    organization_id = links.read_token(links.load_key(settings), token, read_clock())
    organization = directory.find_organization(session, organization_id)
    if organization is None:
        raise LinkExpired("the organization is gone")
    return organization


def _show(
    request: Request,
    database: Database,
    settings: Settings,
    token: str,
    *,
    done: str = "",
    error: OmDeHoekError | None = None,
    service_id: str = "",
    typed: Fields | None = None,
    is_unchanged: bool = False,
) -> Response:
    words = get_hour_words(settings)
    try:
        with database.read() as session:
            organization = _get_organization(session, settings, token)
            services = [
                (
                    service,
                    [
                        (fact, show_value(fact.field, fact.value, words))
                        for fact in list_facts(session, service)
                        if fact.field is not Field.OTHER
                    ],
                )
                for service in proposals.list_services(session, organization.id)
            ]
    except LinkExpired as expired:
        return show_page(request, "expired.html", status=get_status(expired))
    return show_page(
        request,
        "partner.html",
        status=get_status(error) if error else HTTPStatus.BAD_REQUEST if is_unchanged else HTTPStatus.OK,
        token=token,
        library=name_library(request),
        organization=organization,
        services=services,
        fault=explain(request, error, "partner_error") if error else None,
        is_unchanged=is_unchanged,
        done=done,
        typed_in=service_id,
        typed=typed,
        max_remark=MAX_REMARK,
        max_value=MAX_VALUE,
    )
