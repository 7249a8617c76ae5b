"""The figures as open data, for everybody, where the library has said so; always rounded to fives."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic.alias_generators import to_camel

from api.reports.schemas import (
    Column,
    FigureLabel,
    FigureQuery,
    FigureRow,
    FigureView,
    LabelView,
    ReportQuery,
    ReportRow,
    ReportView,
)
from api.web.dependencies import TheMoment, TheSession, limit_reading
from api.web.state import TheSettings
from referral.clock import to_local
from referral.errors import NotFound
from referral.referring.knowledge import load_knowledge
from referral.reports.dimensions import load_groups
from referral.reports.export import list_codes
from referral.reports.filters import read_filters
from referral.reports.labels import Labels
from referral.reports.service import Reporter
from referral.reports.sheets import Figure, make_sheet

router = APIRouter(prefix="/v1", tags=["reports"], dependencies=[Depends(limit_reading)])


@dataclass(frozen=True, slots=True)
class Open:
    """Somebody of whom nothing is known reads figures that are open to all: no library is their own."""

    reporter: Reporter
    labels: Labels


def open_figures(session: TheSession, settings: TheSettings, now: TheMoment) -> Open:
    """Return what reads them; raise `NotFound` where the library does not publish its figures."""
    if not settings.open_figures:
        raise NotFound("this library does not publish its figures")
    knowledge = load_knowledge()
    reporter = Reporter(session, load_groups(settings), own=frozenset(), today=to_local(now).date())
    return Open(reporter, Labels(session, knowledge.catalogue, knowledge.places, settings))


TheOpen = Annotated[Open, Depends(open_figures)]


@router.get("/reports")
def get_report(query: Annotated[ReportQuery, Query()], reads: TheOpen) -> ReportView:
    """Count questions: whole months that are over, rounded to fives, nothing below five.

    Is there only where the library publishes its figures (`OMDEHOEK_OPEN_FIGURES`).
    """
    filters = read_filters(query.list_parameters(), today=reads.reporter.today)
    sheet = make_sheet(reads.reporter, query.columns, filters)
    return ReportView(
        first=sheet.filters.period.first,
        last=sheet.filters.period.last,
        by=query.by,
        rows=[ReportRow(values=list(values), count=count or 0) for values, (count,) in sheet.rows],
        labels=[
            LabelView(column=Column(by), value=value, label=reads.labels.name(column, value))
            for place, (by, column) in enumerate(zip(query.by, sheet.columns, strict=True))
            for value in sorted({values[place] for values, _ in sheet.rows})
        ],
    )


@router.get("/reports/{figure}")
def get_figure(figure: Figure, query: Annotated[FigureQuery, Query()], reads: TheOpen) -> FigureView:
    """Tell what is asked together, which help is missing, from topic to partner to outcome, or how long partners take.

    `together`, `gaps`, `flow`, `chains` (from partner to partner) or `waits`; as the report of questions: whole months
    that are over, rounded to fives, nothing below five.
    """
    sheet = make_sheet(reads.reporter, (figure,), read_filters(query.list_parameters(), today=reads.reporter.today))
    reads.labels.learn_all(sheet.columns, (values for values, _ in sheet.rows))
    return FigureView(
        first=sheet.filters.period.first,
        last=sheet.filters.period.last,
        columns=[to_camel(column) for column in sheet.columns],
        measures=[to_camel(measure) for measure in sheet.measures],
        rows=[FigureRow(values=list(values), numbers=list(numbers)) for values, numbers in sheet.rows],
        labels=[
            FigureLabel(column=to_camel(column), value=code, label=label)
            for column, code, label in list_codes(sheet, reads.labels)
        ],
    )
