"""The waaier of the library on a page and as a PDF: every card with the partners here, as it is today."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, FastAPI, Query
from starlette.requests import Request
from starlette.responses import Response

from api.waaier.document import Paper, make_pdf
from api.waaier.making import Language, make_todays_sheet
from api.web.access import require
from api.web.dependencies import TheMoment, TheSession
from api.web.files import CheckedFiles
from api.web.staff_page import Link, add_links, make_templates, show
from referral.models.grant import Role
from referral.staff.service import SignedIn

HERE = Path(__file__).resolve().parent
HOME = "/waaier"
PDF = "application/pdf"
router = APIRouter(prefix=HOME, include_in_schema=False)
templates = make_templates(HERE / "templates")

Staff = Annotated[SignedIn, require(Role.STAFF)]


def install_waaier(app: FastAPI) -> None:
    """Add the page, its files and its link, beside those of the desk."""
    app.include_router(router)
    app.mount("/static/waaier", CheckedFiles(directory=HERE / "static"), name="waaier-static")
    add_links(app, Link(HOME, "link_waaier", Role.STAFF, "link_desk"))


@router.get("")
def show_waaier(
    request: Request, signed_in: Staff, session: TheSession, *, now: TheMoment, language: Language = Language.DUTCH
) -> Response:
    """Show all cards below each other; printed, each on a page of its own."""
    sheet = make_todays_sheet(session, request.app.state.settings, language, now=now)
    return show(
        templates,
        request,
        "waaier.html",
        signed_in=signed_in,
        sheet=sheet,
        languages=list(Language),
        papers=list(Paper),
    )


@router.get("/pdf")
def send_pdf(
    request: Request,
    signed_in: Staff,
    session: TheSession,
    *,
    now: TheMoment,
    language: Language = Language.DUTCH,
    paper: Annotated[Paper, Query()] = Paper.A4,
) -> Response:
    """Return the document, to keep; its name tells the day."""
    sheet = make_todays_sheet(session, request.app.state.settings, language, now=now)
    name = f"waaier-{sheet.date}-{language}-{paper}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(make_pdf(sheet, paper), media_type=PDF, headers=headers)
