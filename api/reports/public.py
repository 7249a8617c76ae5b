"""The figures as open data, for everybody, where the library has said so; always rounded to fives."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.reports.schemas import Column, LabelView, ReportQuery, ReportRow, ReportView
from api.web.dependencies import TheMoment, TheSession, limit_reading
from api.web.state import TheSettings
from referral.clock import to_local
from referral.errors import NotFound
from referral.referring.knowledge import load_knowledge
from referral.reports.dimensions import load_groups
from referral.reports.export import make_sheet
from referral.reports.filters import read_filters
from referral.reports.labels import Labels
from referral.reports.service import Reporter

router = APIRouter(prefix="/v1", tags=["reports"], dependencies=[Depends(limit_reading)])


@router.get("/reports")
def get_report(
    query: Annotated[ReportQuery, Query()], session: TheSession, settings: TheSettings, now: TheMoment
) -> ReportView:
    """Count questions: whole months that are over, rounded to fives, nothing below five.

    Is there only where the library publishes its figures (`OMDEHOEK_OPEN_FIGURES`).
    """
    if not settings.open_figures:
        raise NotFound("this library does not publish its figures")
    today = to_local(now).date()
    reporter = Reporter(session, load_groups(settings), own=frozenset(), today=today)
    sheet = make_sheet(reporter, query.columns, read_filters(query.list_parameters(), today=today))
    knowledge = load_knowledge()
    labels = Labels(session, knowledge.catalogue, knowledge.places, settings)
    return ReportView(
        first=sheet.filters.period.first,
        last=sheet.filters.period.last,
        by=query.by,
        rows=[ReportRow(values=list(values), count=count) for values, count in sheet.rows],
        labels=[
            LabelView(column=Column(by), value=value, label=labels.name(column, value))
            for place, (by, column) in enumerate(zip(query.by, sheet.columns, strict=True))
            for value in sorted({values[place] for values, _ in sheet.rows})
        ],
    )
