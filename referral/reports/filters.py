"""What a report is about: a period and any combination of answers, as they stand in an address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from referral.errors import InvalidInput
from referral.reports.dimensions import Dimension

FROM, TO = "from", "to"
YEAR = 365
ONE_DAY = timedelta(days=1)
MOST_YEARS = 20
# Answers of one dimension in one address, and the length of each.
MOST_VALUES, LONGEST_VALUE = 400, 80


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both counted."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Raise `InvalidInput` for an end before the start and for more than twenty years."""
        if self.last < self.first:
            raise InvalidInput("the period ends before it starts")
        if self.last - self.first > timedelta(days=366 * MOST_YEARS):
            raise InvalidInput(f"a period of more than {MOST_YEARS} years")

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def widen(self, today: date) -> "Period":
        """Return the month, the quarter or the run of whole years that it lies in, of months that are over.

        Figures for others are of these only: of any days one likes they could be compared until they tell too much.
        """
        over = today.replace(day=1) - ONE_DAY
        first, last = min(self.first, over), min(self.last, over)
        for months in (1, 3):
            start = first.replace(month=(first.month - 1) // months * months + 1, day=1)
            end = _end_month(start, months)
            if last <= end:
                return Period(start, min(end, over))
        return Period(date(first.year, 1, 1), min(date(last.year, 12, 31), over))

    def find_before(self) -> "Period":
        """Return the period to compare with: the same days a year before, or the one before of a longer one."""
        try:
            if self.days <= YEAR + 1:
                return Period(_go_back(self.first), _go_back(self.last))
            return Period(self.first - timedelta(days=self.days), self.first - ONE_DAY)
        except (ValueError, OverflowError):
            raise InvalidInput("there is no period before it") from None


@dataclass(frozen=True, slots=True)
class Filters:
    """A period, and for each dimension that is filtered the answers that count; `UNKNOWN` is an answer, too."""

    period: Period
    wanted: Mapping[Dimension, frozenset[str]] = field(default_factory=dict)

    def narrow(self, dimension: Dimension, *values: str) -> "Filters":
        """Return these with only those answers of a dimension."""
        return replace(self, wanted={**self.wanted, dimension: frozenset(values)})

    def move(self, period: Period) -> "Filters":
        """Return the same for another period."""
        return replace(self, period=period)

    def list_parameters(self) -> list[tuple[str, str]]:
        """Return what stands in an address for these; `read_filters` reads it back."""
        period = [(FROM, self.period.first.isoformat()), (TO, self.period.last.isoformat())]
        return period + [
            (dimension.value, value) for dimension in self.wanted for value in sorted(self.wanted[dimension])
        ]


def read_filters(parameters: Iterable[tuple[str, str]], *, today: date) -> Filters:
    """Return what an address asks for; other parameters are left alone, and a year until today is usual.

    Raises `InvalidInput` that names what is wrong.
    """
    given: dict[str, list[str]] = {}
    for name, value in parameters:
        if value.strip():
            given.setdefault(name, []).append(value.strip())
    last = _read_day(given, TO) or today
    first = _read_day(given, FROM) or _go_back(last) + ONE_DAY
    wanted = {one: frozenset(given[one]) for one in Dimension if one in given}
    for dimension, values in wanted.items():
        if len(values) > MOST_VALUES or any(len(value) > LONGEST_VALUE for value in values):
            raise InvalidInput(f"{dimension}: too many or too long")
    return Filters(Period(first, last), wanted)


def _read_day(given: Mapping[str, list[str]], name: str) -> date | None:
    if name not in given:
        return None
    try:
        return date.fromisoformat(given[name][-1])
    except ValueError:
        raise InvalidInput(f"{name}: no day; write it as 2026-11-30") from None


def _go_back(day: date) -> date:
    """Return the same day a year before; of 29 February the 28th."""
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _end_month(start: date, months: int) -> date:
    """Return the last day of so many months from the first day of one."""
    number = start.year * 12 + start.month - 1 + months
    return date(number // 12, number % 12 + 1, 1) - ONE_DAY
