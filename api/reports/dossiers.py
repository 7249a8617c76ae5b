"""Reports that are made of parts: for a provider, for a municipality, and the yearly monitors (`data/reports.yml`)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from api.reports.asking import LOCALE, Asking, Block, say_count
from api.reports.blocks import make_block
from referral.errors import InvalidInput, NotFound
from referral.reports.dimensions import Dimension
from referral.reports.filters import Filters, Period
from referral.reports.labels import Dossier, Labels
from referral.reports.service import Reporter
from referral.settings import Settings

# Causes of which a report says what would help.
MOST_REMEDIES = 3
FIRST_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Report:
    """A dossier in words and numbers, for a page, a document and a file."""

    kind: str
    value: str
    year: int
    title: str
    period: str
    note: str
    totals: tuple[tuple[str, str], ...]
    parts: tuple[Block, ...]
    remedies: tuple[str, ...]
    subsidy: tuple[str, ...]
    is_compact: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which dossier, of what (`value`, where it is split) and of which year; `library` is empty for all of them."""

    kind: str
    value: str
    year: int
    library: str = ""


def make_report(reporter: Reporter, labels: Labels, settings: Settings, wanted: Wanted) -> Report:
    """Make a dossier. Raises `NotFound` for no such dossier, `InvalidInput` for what it cannot be made of."""
    dossier = labels.words.dossiers.get(wanted.kind)
    if dossier is None:
        raise NotFound("no such report")
    if not FIRST_YEAR <= wanted.year <= reporter.today.year:
        raise InvalidInput("a year of the future, or before there was anything")
    if dossier.outward:
        reporter = Reporter(reporter.session, reporter.groups, own=frozenset(), today=reporter.today)
    filters = _make_filters(dossier, wanted)
    asking = Asking(reporter, labels, filters, filters.move(filters.period.find_before()))
    parts = tuple(make_block(asking, part) for part in dossier.parts)  # before the totals, which are sums of them
    period = reporter.fit(filters).period
    is_own = reporter.is_own(filters)
    return Report(
        kind=wanted.kind,
        value=wanted.value,
        year=wanted.year,
        title=dossier.title.format(name=labels.name(dossier.split, wanted.value) if dossier.split else ""),
        period=asking.phrase(
            "period", first=_say_day(period.first), last=_say_day(period.last), today=_say_day(reporter.today)
        ),
        note=asking.phrase("exact" if is_own else "rounded"),
        totals=_list_totals(asking),
        parts=parts,
        remedies=_list_remedies(asking) if dossier.remedies else (),
        subsidy=_list_subsidy(asking, settings) if dossier.subsidy else (),
        is_compact=dossier.compact,
    )


def list_values(dossier: Dossier, labels: Labels) -> list[tuple[str, str]]:
    """Return for what a dossier can be made, with its name; nothing for one that is made of everything."""
    if dossier.split is None:
        return []
    named = [(value, labels.name(dossier.split, value)) for value in labels.list_answers(dossier.split)]
    return sorted(named, key=lambda one: one[1].casefold())


def _make_filters(dossier: Dossier, wanted: Wanted) -> Filters:
    conditions: dict[Dimension, frozenset[str]] = {
        Dimension(name): frozenset({value}) for name, value in dossier.where.items()
    }
    if dossier.split:
        if not wanted.value:
            raise InvalidInput("say for whom")
        conditions[Dimension(dossier.split)] = frozenset({wanted.value})
    if wanted.library:
        conditions[Dimension.LIBRARY] = frozenset({wanted.library})
    return Filters(Period(date(wanted.year, 1, 1), date(wanted.year, 12, 31)), conditions)


def _list_totals(asking: Asking) -> tuple[tuple[str, str], ...]:
    counts: Mapping[str, int | None] = asdict(asking.reporter.count_totals(asking.filters))
    names = {"questions": "questions", "offered": "offered", "taken_up": "taken_up", "helped": "helped"}
    names["gaps"] = "gaps_count"
    return tuple((asking.phrase(name), say_count(counts[count], asking)) for count, name in names.items())


def _list_remedies(asking: Asking) -> tuple[str, ...]:
    table = asking.reporter.split(Dimension.CAUSE, asking.filters)
    found = (asking.labels.words.remedies.get(line.value) for line in table.lines if line.count)
    return tuple(remedy for remedy in found if remedy)[:MOST_REMEDIES]


def _list_subsidy(asking: Asking, settings: Settings) -> tuple[str, ...]:
    lines = []
    libraries = asking.filters.wanted.get(Dimension.LIBRARY, settings.inhabitants.keys())
    if settings.subsidy_cents is not None:
        for library in sorted(libraries & settings.inhabitants.keys()):
            inhabitants = settings.inhabitants[library]
            lines.append(
                asking.phrase(
                    "subsidy_library",
                    name=asking.labels.name(Dimension.LIBRARY, library),
                    inhabitants=format_decimal(inhabitants, locale=LOCALE),
                    cents=format_decimal(settings.subsidy_cents, locale=LOCALE),
                    amount=_say_euros(inhabitants * settings.subsidy_cents / 100),
                )
            )
    if settings.subsidy_province is not None:
        lines.append(asking.phrase("subsidy_province", amount=_say_euros(settings.subsidy_province)))
    return tuple(lines)


def _say_euros(amount: float) -> str:
    return str(format_currency(amount, "EUR", locale=LOCALE))


def _say_day(day: date) -> str:
    return format_date(day, "d MMMM y", locale=LOCALE)
