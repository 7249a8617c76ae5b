"""What `/v1/reports` is asked, and what it answers."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from pydantic.alias_generators import to_camel

from api.web.schemas import Id, Schema, WrittenDay
from referral.reports.dimensions import Dimension
from referral.reports.queries import MONTH
from referral.reports.sheets import MOST_COLUMNS

Column = StrEnum("Column", {name: to_camel(name) for name in (MONTH, *Dimension)})  # type: ignore[misc]
"""What figures are split by, as it is written in `/v1`."""


class FigureQuery(Schema):
    """A period, and one answer for each dimension that is filtered; the ids are those of the answer's `labels`."""

    first: Annotated[WrittenDay | None, Field(alias="from", description="first day; a year before the last one")] = None
    last: Annotated[WrittenDay | None, Field(alias="to", description="last day; today when left out")] = None
    library: Id | None = None
    location: Id | None = None
    municipality: Id | None = None
    province: Id | None = None
    size: Id | None = None
    kind: Id | None = None
    topic: Id | None = None
    domain: Id | None = None
    organisation: Id | None = None
    government: Id | None = None
    channel: Id | None = None
    campaign: Id | None = None
    cause: Id | None = None
    help_given: Id | None = None
    resolved: Id | None = None
    outcome: Id | None = None

    def list_parameters(self) -> list[tuple[str, str]]:
        """Return it as `read_filters` reads it."""
        period = [("from", self.first), ("to", self.last)]
        answers = [(dimension.value, getattr(self, dimension.value)) for dimension in Dimension]
        return [(name, str(value)) for name, value in [*period, *answers] if value is not None]


class ReportQuery(FigureQuery):
    """The same, and what questions are split by."""

    by: Annotated[list[Column], Field(max_length=MOST_COLUMNS, description="what to split by; again for more")] = Field(
        default_factory=lambda: [Column(Dimension.TOPIC)]
    )

    @property
    def columns(self) -> list[str]:
        """Return what to split by in the names of the domain."""
        names = {to_camel(name): str(name) for name in (MONTH, *Dimension)}
        return [names[column] for column in self.by]


class ReportRow(Schema):
    """The ids of the answers, in the order of `by`, and how many questions."""

    values: list[str]
    count: int


class LabelView(Schema):
    """What people call an answer."""

    column: Column
    value: str
    label: str


class ReportView(Schema):
    """Figures rounded to fives; `first` and `last` are the whole months that were counted."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")
    by: list[Column]
    rows: list[ReportRow]
    labels: list[LabelView]


class FigureRow(Schema):
    """The ids of a row, in the order of `columns`, and its numbers in the order of `measures`; hidden ones are null."""

    values: list[str]
    numbers: list[int | None]


class FigureLabel(Schema):
    """What people call an answer, or a column or measure itself (without a value)."""

    column: str
    value: str
    label: str


class FigureView(Schema):
    """Figures rounded to fives; `first` and `last` are the whole months that were counted."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")
    columns: list[str]
    measures: list[str]
    rows: list[FigureRow]
    labels: list[FigureLabel]
