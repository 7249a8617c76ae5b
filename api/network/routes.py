"""The week of a municipality's network on one page, for the screen and for the table at which partners meet."""

from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

from babel.dates import format_date
from fastapi import APIRouter, FastAPI, Query, Request
from starlette.responses import RedirectResponse, Response

from api.web.access import require
from api.web.dependencies import TheMoment, TheSession
from api.web.files import CheckedFiles
from api.web.staff_page import Link, add_links, make_templates, show
from api.web.times import say_time
from referral.clock import to_local
from referral.directory import service as directory
from referral.errors import UnknownPlace
from referral.models.grant import Role
from referral.network.service import get_network_week
from referral.places.service import find_places
from referral.referring.knowledge import load_knowledge
from referral.staff.service import SignedIn

HERE = Path(__file__).resolve().parent
HOME = "/netwerk"
router = APIRouter(prefix=HOME, include_in_schema=False)
templates = make_templates(HERE / "templates")

Staff = Annotated[SignedIn, require(Role.STAFF)]


def say_day(day: date) -> str:
    """Return "di 24 nov"."""
    return format_date(day, "EEEEEE d MMM", locale="nl_NL").rstrip(".")


templates.env.filters |= {"day": say_day, "time": say_time}


def install_network(app: FastAPI) -> None:
    """Add the pages, their files and their link; `install_staff_pages` goes before it."""
    app.include_router(router)
    app.mount("/static/network", CheckedFiles(directory=HERE / "static"), name="network-static")
    add_links(app, Link(HOME, "link_network", Role.STAFF))


@router.get("")
def choose_municipality(
    request: Request,
    signed_in: Staff,
    session: TheSession,
    place: Annotated[str, Query(max_length=80)] = "",
) -> Response:
    """Go to the municipality that `place` names, or else to that of the own library; ask where it is not clear."""
    knowledge = load_knowledge()
    typed = place.strip()
    places = find_places(typed, knowledge.places, knowledge.postcodes) if typed else ()
    own = None if typed else directory.find_organization(session, request.app.state.settings.library)
    code = places[0].municipality_code if len(places) == 1 else own.municipality if own else None
    if code:
        return RedirectResponse(f"{HOME}/{code}", HTTPStatus.SEE_OTHER)
    choices = [one.label for one in places]
    return show(templates, request, "choose.html", signed_in=signed_in, typed=typed, choices=choices)


@router.get("/{municipality}")
def show_week(
    request: Request,
    signed_in: Staff,
    session: TheSession,
    *,
    now: TheMoment,
    municipality: str,
    week: date | None = None,
) -> Response:
    """Return seven days from `week`, or from this Monday; `municipality` is a code (GMxxxx).

    Raises `UnknownPlace` when there is no such municipality.
    """
    knowledge = load_knowledge()
    known = knowledge.places.find_municipality(municipality)
    if known is None:
        raise UnknownPlace("no such municipality")
    today = to_local(now).date()
    start = week or today - timedelta(today.weekday())
    found = get_network_week(session, known.code, list(knowledge.catalogue.partner_kinds), start)
    return show(
        templates,
        request,
        "week.html",
        signed_in=signed_in,
        municipality=known.name,
        code=known.code,
        week=found,
        labels={kind.id: kind.label for kind in knowledge.catalogue.partner_kinds.values()},
        before=start - timedelta(7),
        after=start + timedelta(7),
    )
