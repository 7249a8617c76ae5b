"""The figures on a page, as pictures and as files; for those who may read figures."""

from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from api.reports.asking import Asking, Block, say_count
from api.reports.blocks import KINDS, make_block
from api.reports.choices import FIRST, list_choices
from api.reports.milestones import draw_timeline, find_milestones, say_ahead, say_milestone
from api.reports.pictures import MEDIA_TYPES, Kind, draw, render
from api.reports.reading import BEFORE, TheReading
from api.web.staff_page import make_templates, show
from referral.errors import NotFound
from referral.referring.knowledge import load_knowledge
from referral.reports.export import Format, write
from referral.reports.sheets import make_sheet, read_columns

HERE = Path(__file__).resolve().parent
HOME = "/reports"
MILESTONES = f"{HOME}/milestones"
# Rows of a table on the page: every municipality; of a flow there may be thousands, and a file has them all.
MOST_ROWS = 400
router = APIRouter(prefix=HOME, include_in_schema=False)
templates = make_templates(HERE / "templates")

MEDIA: dict[Format, str] = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSON: "application/json",
}


@router.get("")
def show_figures(request: Request, reading: TheReading) -> Response:
    """Show the headline, and one table with its picture: what `by` says."""
    asking = reading.asking
    block = make_block(asking, reading.by)  # before the totals, which are sums of it
    totals = reading.reporter.count_totals(reading.filters)
    return show(
        templates,
        request,
        "reports.html",
        signed_in=reading.signed_in,
        reading=reading,
        period=reading.reporter.fit(reading.filters).period,
        is_own=reading.reporter.is_own(reading.filters),
        choices=list_choices(reading),
        first=FIRST,
        tabs=list_tabs(asking),
        totals={
            name: say_count(count, asking)
            for name, count in asdict(totals).items()
            if name != "emergencies" or count is not None
        },
        block=replace(block, rows=block.rows[:MOST_ROWS]),
        is_whole=len(block.rows) <= MOST_ROWS,
        before=BEFORE,
        formats=list(Format),
    )


@router.get("/picture")
def show_picture(reading: TheReading, kind: Annotated[Kind, Query(alias="file")] = "svg") -> Response:
    """Return the picture of what `by` says."""
    return Response(draw_block(make_block(reading.asking, reading.by), kind), media_type=MEDIA_TYPES[kind])


@router.get("/export")
def export_figures(reading: TheReading, output: Annotated[Format, Query(alias="format")] = Format.CSV) -> Response:
    """Return the same figures as a file."""
    sheet = make_sheet(reading.reporter, read_columns([reading.by]), reading.filters)
    name = f"cijfers-{reading.by}-{sheet.filters.period.first}-{sheet.filters.period.last}.{output}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(write(sheet, reading.labels, output), media_type=MEDIA[output], headers=headers)


@router.get("/milestones")
def show_milestones(request: Request, reading: TheReading) -> Response:
    """Show in which months the hundredth question was asked, the thousandth and so on."""
    asking = reading.asking
    timeline = find_milestones(reading.reporter, reading.filters)
    return show(
        templates,
        request,
        "milestones.html",
        signed_in=reading.signed_in,
        reading=reading,
        phrases=asking.labels.words.sentences,
        total=say_count(timeline.total, asking),
        ahead=say_ahead(timeline, asking),
        milestones=[say_milestone(one) for one in timeline.passed],
    )


@router.get("/milestones/picture")
def show_timeline(reading: TheReading, kind: Annotated[Kind, Query(alias="file")] = "svg") -> Response:
    """Return the infographic of the milestones; raise `NotFound` when nothing was asked yet."""
    timeline = find_milestones(reading.reporter, reading.filters)
    if not timeline.passed:
        raise NotFound("nothing was asked yet")
    return Response(render(draw_timeline(timeline, reading.asking), kind), media_type=MEDIA_TYPES[kind])


def list_tabs(asking: Asking) -> list[tuple[str, str]]:
    """Return everything that figures can be split by, with its name."""
    words = asking.labels.words
    return [(kind, words.columns.get(kind) or words.sentences[kind]) for kind in KINDS]


def draw_block(block: Block, kind: Kind) -> bytes:
    """Return the picture of a block as a file; raise `NotFound` when there is nothing to draw."""
    if not block.marks:
        raise NotFound("nothing to draw")
    return render(draw(block.marks, block.picture, _list_points() if block.picture == "map" else ()), kind)


@cache
def _list_points() -> tuple[tuple[str, float, float], ...]:
    """Return the code, longitude and latitude of every municipality whose place is known."""
    places = load_knowledge().places
    found = ((one.code, places.find_whole(one.code)) for one in places.municipalities)
    return tuple((code, place.lon, place.lat) for code, place in found if place and place.lon and place.lat)
