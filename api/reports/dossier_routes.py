"""The pages of the reports for others and of the yearly monitors: to read, to print and as open data."""

import csv
import io
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import JSONResponse, Response

from api.reports.document import make_pdf
from api.reports.dossiers import Report, Wanted, list_values, make_report
from api.reports.pictures import MEDIA_TYPES
from api.reports.reading import TheReading
from api.reports.routes import HOME, draw_block, templates
from api.web.staff_page import show
from referral.errors import InvalidInput, NotFound
from referral.exchange.sheet.safe import make_safe
from referral.reports.dimensions import Dimension

DOSSIERS = f"{HOME}/dossiers"
router = APIRouter(prefix=DOSSIERS, include_in_schema=False)
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Choice:
    """What an address asks for."""

    value: str
    year: int
    library: str


def read_query(
    reading: TheReading,
    *,
    value: Annotated[str, Query(alias="for", max_length=80)] = "",
    year: Annotated[int | None, Query(ge=1, le=9999)] = None,
    library: Annotated[str | None, Query(max_length=80)] = None,
) -> Choice:
    """Return it with what is usual: this year, and the own library where figures are its own."""
    own = sorted(reading.reporter.own)
    return Choice(value, year or reading.reporter.today.year, own[0] if library is None and own else library or "")


TheQuery = Annotated[Choice, Depends(read_query)]


@router.get("")
def list_dossiers(request: Request, reading: TheReading) -> Response:
    """Show which reports there are, to choose one."""
    dossiers = reading.labels.words.dossiers
    return show(
        templates,
        request,
        "dossiers.html",
        signed_in=reading.signed_in,
        dossiers=[(kind, one, list_values(one, reading.labels)) for kind, one in dossiers.items()],
        libraries=[(one, reading.labels.name(Dimension.LIBRARY, one)) for one in sorted(reading.reporter.own)],
        years=range(reading.reporter.today.year, reading.reporter.today.year - 6, -1),
    )


@router.get("/{kind}")
def show_dossier(kind: str, request: Request, reading: TheReading, query: TheQuery) -> Response:
    """Show a report; each part with its picture and its table."""
    report = make(kind, request, reading, query)
    return show(
        templates,
        request,
        "dossier.html",
        signed_in=reading.signed_in,
        report=report,
        query=query,
        phrases=reading.labels.words.sentences,
    )


@router.get("/{kind}/picture")
def show_part(
    kind: str, request: Request, reading: TheReading, query: TheQuery, *, part: Annotated[str, Query(max_length=80)]
) -> Response:
    """Return the picture of a part."""
    report = make(kind, request, reading, query)
    block = next((one for one in report.parts if one.id == part), None)
    if block is None:
        raise NotFound("no such part")
    return Response(draw_block(block, "svg"), media_type=MEDIA_TYPES["svg"])


@router.get("/{kind}/pdf")
def send_pdf(kind: str, request: Request, reading: TheReading, query: TheQuery) -> Response:
    """Return a report as a document."""
    report = make(kind, request, reading, query)
    library = reading.labels.name(Dimension.LIBRARY, request.app.state.settings.library)
    made = make_pdf(report, reading.labels, library=library, draw=lambda block: draw_block(block, "svg"))
    return Response(made, media_type=PDF, headers=_name_file(report, "pdf"))


@router.get("/{kind}/data")
def send_data(
    kind: str,
    request: Request,
    reading: TheReading,
    query: TheQuery,
    *,
    output: Annotated[Literal["csv", "json"], Query(alias="format")] = "csv",
) -> Response:
    """Return a report as open data: CSV with a line for each row of each part, or JSON."""
    report = make(kind, request, reading, query)
    if output == "json":
        parts = [
            {"id": one.id, "title": one.title, "headers": one.headers, "rows": one.rows, "total": one.total}
            for one in report.parts
        ]
        told = {"title": report.title, "period": report.period, "note": report.note, "totals": report.totals}
        return JSONResponse({**told, "parts": parts}, headers=_name_file(report, "json"))
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, delimiter=";")
    writer.writerows([[report.title], [report.period], [report.note]])
    for part in report.parts:
        writer.writerow([])
        writer.writerow([part.title])
        writer.writerow(part.headers)
        writer.writerows([make_safe(cell) for cell in row] for row in part.rows)
    return Response(sheet.getvalue().encode("utf-8-sig"), media_type="text/csv", headers=_name_file(report, "csv"))


def make(kind: str, request: Request, reading: TheReading, query: TheQuery) -> Report:
    """Make the report that an address asks for; raise `NotFound` where it cannot be made."""
    dossier = reading.labels.words.dossiers.get(kind)
    library = "" if dossier and dossier.outward else query.library
    try:
        return make_report(
            reading.reporter,
            reading.labels,
            request.app.state.settings,
            Wanted(kind, query.value, query.year, library),
        )
    except InvalidInput as error:
        raise NotFound(str(error)) from None


def _name_file(report: Report, ending: str) -> dict[str, str]:
    name = "-".join(part for part in (report.kind, report.value, str(report.year)) if part)
    return {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
