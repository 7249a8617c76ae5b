"""The week of a municipality's network on one page, for the screen and for the table at which partners meet."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from babel.dates import format_date
from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

from api.web.times import say_time
from referral.clock import read_clock, to_local
from referral.errors import UnknownPlace
from referral.network.service import get_network_week
from referral.referring.knowledge import load_knowledge

HERE = Path(__file__).resolve().parent
router = APIRouter(prefix="/netwerk")
templates = Jinja2Templates(HERE / "templates")


def say_day(day: date) -> str:
    """Return "di 24 nov"."""
    return format_date(day, "EEEEEE d MMM", locale="nl_NL").rstrip(".")


templates.env.filters |= {"day": say_day, "time": say_time}


def install_network(app: FastAPI, guard: Callable[..., Any]) -> None:
    """Add the page, for whom `guard` lets in: a dependency of FastAPI that raises for everybody else."""
    app.include_router(router, dependencies=[Depends(guard)])
    app.mount("/netwerk/static", StaticFiles(directory=HERE / "static"), name="network-static")


@router.get("/{municipality}", response_class=HTMLResponse, include_in_schema=False)
def show_week(request: Request, municipality: str, week: date | None = None) -> HTMLResponse:
    """Return seven days from `week`, or from this Monday; `municipality` is a code (GMxxxx).

    Raises `UnknownPlace` when there is no such municipality.
    """
    knowledge = load_knowledge()
    known = knowledge.places.find_municipality(municipality)
    if known is None:
        raise UnknownPlace("no such municipality")
    today = to_local(read_clock()).date()
    start = week or today - timedelta(today.weekday())
    with request.app.state.database.read() as session:
        found = get_network_week(session, known.code, list(knowledge.catalogue.partner_kinds), start)
    context = {
        "municipality": known.name,
        "code": known.code,
        "week": found,
        "labels": {kind.id: kind.label for kind in knowledge.catalogue.partner_kinds.values()},
        "before": start - timedelta(7),
        "after": start + timedelta(7),
    }
    return templates.TemplateResponse(request, "week.html", context)
