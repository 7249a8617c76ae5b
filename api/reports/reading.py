"""What a page of figures is asked for: by whom, about what, beside what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request

from api.reports.asking import Asking
from api.reports.blocks import KINDS
from api.web.access import require
from api.web.dependencies import TheMoment, TheSession
from referral.clock import to_local
from referral.errors import InvalidInput
from referral.models.grant import Role
from referral.referring.knowledge import load_knowledge
from referral.reports.dimensions import Dimension, load_groups
from referral.reports.filters import Filters, read_filters
from referral.reports.labels import Labels
from referral.reports.readers import list_own
from referral.reports.service import Reporter
from referral.staff.service import SignedIn

TheAnalyst = Annotated[SignedIn, require(Role.ANALYST)]
BY, AGAINST = "by", "against"
BEFORE = "before"
USUAL = Dimension.TOPIC.value


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at the figures. `fault` says what was wrong in the address; the usual figures stand there then."""

    signed_in: SignedIn
    reporter: Reporter
    labels: Labels
    filters: Filters
    by: str
    against: str = ""
    fault: str = ""

    @property
    def asking(self) -> Asking:
        return Asking(self.reporter, self.labels, self.filters, self.find_against())

    def find_against(self) -> Filters | None:
        """Return the filters to stand beside: the period before, or another library."""
        if self.against == BEFORE:
            return self.filters.move(self.reporter.fit(self.filters).period.find_before())
        return self.filters.narrow(Dimension.LIBRARY, self.against) if self.against else None

    def link(self, **changes: str) -> str:
        """Return the query of an address with other values of `by` and `against`, or of a dimension."""
        kept = [(name, value) for name, value in self.list_parameters() if name not in changes]
        return urlencode([*kept, *((name, value) for name, value in changes.items())])

    def list_parameters(self) -> list[tuple[str, str]]:
        parameters = self.filters.list_parameters()
        if Dimension.LIBRARY not in self.filters.wanted:
            parameters.append((Dimension.LIBRARY, ""))  # all of them, and not the own one
        return [*parameters, (BY, self.by), (AGAINST, self.against)]


def read(request: Request, signed_in: TheAnalyst, session: TheSession, now: TheMoment) -> Reading:
    """Read the address; without a library it is about the own one, if there is one."""
    settings = request.app.state.settings
    knowledge = load_knowledge()
    today = to_local(now).date()
    own = list_own(signed_in, settings.library)
    reporter = Reporter(session, load_groups(settings), own=own, today=today)
    labels = Labels(session, knowledge.catalogue, knowledge.places, settings)
    parameters = request.query_params.multi_items()
    by, against = request.query_params.get(BY, USUAL), request.query_params.get(AGAINST, "")
    usual = _narrow_to_own(read_filters([], today=today), own)
    try:
        filters = _read_filters(parameters, today, own)
        if by not in KINDS:
            raise InvalidInput(f"{BY}: nothing to split by")
        reading = Reading(signed_in, reporter, labels, filters, by, against)
        reporter.fit(filters)
        if beside := reading.find_against():
            reporter.fit(beside)
    except InvalidInput as error:
        return Reading(signed_in, reporter, labels, usual, USUAL, fault=str(error))
    return reading


TheReading = Annotated[Reading, Depends(read)]


def _read_filters(parameters: Iterable[tuple[str, str]], today: date, own: frozenset[str]) -> Filters:
    parameters = list(parameters)
    filters = read_filters(parameters, today=today)
    return filters if any(name == Dimension.LIBRARY for name, _ in parameters) else _narrow_to_own(filters, own)


def _narrow_to_own(filters: Filters, own: frozenset[str]) -> Filters:
    return filters.narrow(Dimension.LIBRARY, *own) if own else filters
