"""Proposals in front of an editor: accept, accept with a change, or refuse with a reason."""

from http import HTTPStatus

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.proposals.pages import EDITORIAL, AnId, Editor, check_keeps, get_hour_words, show_page
from api.web.forms import Fields, TheFields
from api.web.problems import get_status
from api.web.staff_page import explain, go
from api.web.state import TheDatabase, TheSettings, get_settings
from referral.clock import read_clock
from referral.db import Database
from referral.errors import AlreadyDecided, InvalidInput, OmDeHoekError, PlanOutdated
from referral.models.organization import Organization
from referral.models.proposal import ProposalStatus
from referral.proposals import service as proposals
from referral.proposals.facts import Field, get_service
from referral.proposals.service import Told
from referral.proposals.values import MAX_REMARK, MAX_VALUE, show_value
from referral.settings import Settings
from referral.staff import reach
from referral.staff.service import SignedIn

PROPOSALS = f"{EDITORIAL}/voorstellen"
router = APIRouter(prefix=PROPOSALS, include_in_schema=False)


@router.get("")
def list_proposals(
    request: Request, signed_in: Editor, database: TheDatabase, settings: TheSettings, done: str = ""
) -> Response:
    """Show what waits for a decision, of the organizations that the editor keeps."""
    return _show(request, signed_in, database, settings, done=done)


@router.get("/dienst/{service_id}")
def list_of_service(
    service_id: AnId, request: Request, signed_in: Editor, database: TheDatabase, settings: TheSettings
) -> Response:
    """Show everything that was ever proposed for one service."""
    with database.read() as session:
        service = get_service(session, service_id)
        check_keeps(session, signed_in, session.get_one(Organization, service.organization_id))
        told = proposals.list_of_service(session, service_id)
    return _show_page(request, signed_in, settings, told, service_name=service.name)


@router.post("/{proposal_id}")
def decide(
    proposal_id: AnId,
    request: Request,
    signed_in: Editor,
    fields: TheFields,
    database: TheDatabase,
) -> Response:
    """Accept or refuse; what an editor typed stays on the page when that cannot be."""
    settings = get_settings(request)
    now = read_clock()
    is_accepted = fields.get("act") == "accept"
    try:
        with database.begin() as session:
            told = proposals.get_told(session, proposal_id)
            check_keeps(session, signed_in, told.organization)
            if is_accepted:
                proposals.accept(
                    session,
                    told,
                    fields.get("value"),
                    seen=fields.get("seen"),
                    words=get_hour_words(settings),
                    by=signed_in.name,
                    now=now,
                )
            else:
                proposals.refuse(told, fields.get("reason"), by=signed_in.name, now=now)
    except (InvalidInput, PlanOutdated, AlreadyDecided) as error:
        return _show(request, signed_in, database, settings, error=error, proposal_id=proposal_id, typed=fields)
    return go(f"{PROPOSALS}?done={'accepted' if is_accepted else 'refused'}")


def _show(
    request: Request,
    signed_in: SignedIn,
    database: Database,
    settings: Settings,
    *,
    done: str = "",
    error: OmDeHoekError | None = None,
    proposal_id: str = "",
    typed: Fields | None = None,
) -> Response:
    with database.read() as session:
        told = _list_kept(session, signed_in)
    return _show_page(request, signed_in, settings, told, done=done, error=error, proposal_id=proposal_id, typed=typed)


def _list_kept(session: Session, signed_in: SignedIn) -> list[Told]:
    told = proposals.list_open(session)
    organizations = {one.organization.id: one.organization for one in told}
    kept = {key for key, one in organizations.items() if reach.keeps(session, signed_in, one)}
    return [one for one in told if one.organization.id in kept]


def _show_page(
    request: Request,
    signed_in: SignedIn,
    settings: Settings,
    told: list[Told],
    *,
    service_name: str = "",
    done: str = "",
    error: OmDeHoekError | None = None,
    proposal_id: str = "",
    typed: Fields | None = None,
) -> Response:
    words = get_hour_words(settings)

    def say(one: Told, value: object) -> str:
        return show_value(Field(one.proposal.field), value, words)

    return show_page(
        request,
        "proposals.html",
        signed_in,
        status=get_status(error) if error else HTTPStatus.OK,
        fault=explain(request, error, "proposals_error") if error else None,
        fault_at=proposal_id,
        typed=typed,
        done=done,
        service_name=service_name,
        waiting=[one for one in told if one.proposal.status is ProposalStatus.OPEN],
        decided=[one for one in told if one.proposal.status is not ProposalStatus.OPEN],
        say=say,
        max_value=MAX_VALUE,
        max_remark=MAX_REMARK,
    )
