"""Kinds of help that do not exist in a municipality, on an editor's word."""

from http import HTTPStatus

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.proposals.pages import EDITORIAL, Editor, show_page
from api.web.forms import Fields, TheFields
from api.web.problems import get_status
from api.web.staff_page import explain, go
from api.web.state import TheDatabase
from referral.clock import read_clock
from referral.db import Database
from referral.errors import InvalidInput, NotAllowed, OmDeHoekError, UnknownPlace
from referral.overlay import absences
from referral.referring.knowledge import load_knowledge
from referral.staff import reach
from referral.staff.service import SignedIn

ABSENCES = f"{EDITORIAL}/ontbreekt"
router = APIRouter(prefix=ABSENCES, include_in_schema=False)


@router.get("")
def list_absences(request: Request, signed_in: Editor, database: TheDatabase, done: str = "") -> Response:
    """Show what was confirmed, with the form for more."""
    return _show(request, signed_in, database, done=done)


@router.post("")
def change(request: Request, signed_in: Editor, fields: TheFields, database: TheDatabase) -> Response:
    """Confirm that a kind of help does not exist, or withdraw that."""
    knowledge = load_knowledge()
    municipality, kind = fields.get("municipality"), fields.get("kind")
    is_withdrawn = fields.get("act") == "withdraw"
    try:
        with database.begin() as session:
            _check(session, signed_in, municipality)
            if is_withdrawn:
                absences.withdraw_absence(session, municipality, kind)
            else:
                absences.confirm_absence(
                    session,
                    municipality,
                    kind,
                    catalogue=knowledge.catalogue,
                    places=knowledge.places,
                    by=signed_in.name,
                    now=read_clock(),
                )
    except (InvalidInput, UnknownPlace) as error:
        return _show(request, signed_in, database, error=error, typed=fields)
    return go(f"{ABSENCES}?done={'withdrawn' if is_withdrawn else 'confirmed'}")


def _check(session: Session, signed_in: SignedIn, municipality: str) -> None:
    """Raise `UnknownPlace`, or `NotAllowed` when somebody is no editor there."""
    if load_knowledge().places.find_municipality(municipality) is None:
        raise UnknownPlace("no such municipality")
    if municipality not in reach.list_edited_municipalities(session, signed_in):
        raise NotAllowed("a municipality that others keep")


def _show(
    request: Request,
    signed_in: SignedIn,
    database: Database,
    *,
    done: str = "",
    error: OmDeHoekError | None = None,
    typed: Fields | None = None,
) -> Response:
    knowledge = load_knowledge()
    with database.read() as session:
        codes = reach.list_edited_municipalities(session, signed_in)
        rows = [one for one in absences.list_absences(session) if one.municipality in codes]
    municipalities = {one.code: one.name for one in knowledge.places.municipalities if one.code in codes}
    kinds = {kind.id: kind.label for kind in knowledge.catalogue.partner_kinds.values()}
    return show_page(
        request,
        "absences.html",
        signed_in,
        status=get_status(error) if error else HTTPStatus.OK,
        fault=explain(request, error) if error else None,
        rows=rows,
        municipalities=dict(sorted(municipalities.items(), key=lambda item: item[1])),
        kinds=kinds,
        missing_kinds=[kind for kind in knowledge.catalogue.partner_kinds.values() if not kind.everywhere],
        done=done,
        typed=typed or Fields([]),
    )
