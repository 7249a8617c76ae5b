"""A report in words: a title, a sentence that sums it up, a table, and what a picture of it is drawn from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from referral.matching.gaps import GapKind
from referral.reports.dimensions import Dimension
from referral.reports.filters import Filters
from referral.reports.labels import Labels
from referral.reports.queries import MONTH
from referral.reports.service import Line, Reporter, Table, Wait, parse_month

LOCALE = "nl"
TOGETHER, GAPS, FLOW, CHAINS, WAITS = "together", "gaps", "flow", "chains", "waits"
KINDS = (MONTH, *Dimension, TOGETHER, GAPS, FLOW, CHAINS, WAITS)
# Gaps that say something about the world; the others are work for an editor (DESIGN §5).
CONFIRMED = (GapKind.NONE_EXISTS, GapKind.OUT_OF_AREA)
NO_NUMBER = "–"


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that is drawn: its name, its number (hidden: `None`), how people write it, and the number beside it.

    `part` is which part of its name's bar it is.
    """

    name: str
    count: int | None
    label: str
    against: int | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """`rows` are texts, the first of each names it; `total` is one more. `picture` says how `marks` are drawn."""

    id: str
    title: str
    summary: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """What a block is made with; `against` are the filters that it stands beside."""

    reporter: Reporter
    labels: Labels
    filters: Filters
    against: Filters | None = None

    def phrase(self, key: str, **values: object) -> str:
        return self.labels.words.sentences[key].format(**values)


def make_block(asking: Asking, kind: str) -> Block:
    """Return the block of one of `KINDS`."""
    if kind in _MAKERS:
        return _MAKERS[kind](asking)
    dimension = Dimension(kind)
    table = asking.reporter.split(dimension, asking.filters, against=asking.against)
    title = asking.labels.words.columns[dimension]
    if dimension is Dimension.LIBRARY:
        asking.labels.learn(dimension, (line.value for line in table.lines))
    names = [asking.labels.name(dimension, line.value) for line in table.lines]
    return _make_counted(asking, kind, table, names, title=title)


def _make_months(asking: Asking) -> Block:
    table = asking.reporter.count_months(asking.filters, against=asking.against)
    names = [format_date(parse_month(line.value), "MMMM y", locale=LOCALE) for line in table.lines]
    return _make_counted(asking, MONTH, table, names, title=asking.phrase(MONTH))


def _make_counted(asking: Asking, kind: str, table: Table, names: Sequence[str], *, title: str) -> Block:
    columns = asking.labels.words.columns
    headers = [columns[kind], columns["count"], columns["share"]] + ([columns["against"]] if asking.against else [])

    def make_row(name: str, line: Line) -> tuple[str, ...]:
        share = table.share(line)
        cells = [name, say_count(line.count, asking), NO_NUMBER if share is None else say_share(share)]
        return (*cells, say_count(line.against, asking)) if asking.against else tuple(cells)

    rows = tuple(make_row(name, line) for name, line in zip(names, table.lines, strict=True))
    marks = tuple(
        Mark(name, line.count, say_count(line.count, asking), line.against if asking.against else None)
        for name, line in zip(names, table.lines, strict=True)
    )
    return Block(
        id=kind,
        title=title,
        summary=_sum_up(asking, kind, table, names),
        headers=tuple(headers),
        rows=rows,
        total=make_row(asking.phrase("total"), table.total) if rows else (),
        marks=marks if any(mark.count or mark.against for mark in marks) else (),
        picture="line" if kind == MONTH else "bars",
    )


def _sum_up(asking: Asking, kind: str, table: Table, names: Sequence[str]) -> str:
    counted = [(line.count, name) for line, name in zip(table.lines, names, strict=True) if line.count]
    if not counted:
        return asking.phrase("none" if table.total.count == 0 else "hidden")
    total = say_count(table.total.count, asking)
    counted.sort(key=lambda one: -one[0])
    (count, first), *others = counted
    if kind == MONTH:
        return asking.phrase("months", total=total, first=first, count=say_count(count, asking))
    if not others:
        return asking.phrase("most", total=total, first=first, count=say_count(count, asking))
    (next_, second), *_ = others
    return asking.phrase(
        "most_two",
        total=total,
        first=first,
        count=say_count(count, asking),
        second=second,
        next=say_count(next_, asking),
    )


def _make_together(asking: Asking) -> Block:
    columns = asking.labels.words.columns
    links = asking.reporter.count_pairs(asking.filters)
    rows = tuple(
        (
            asking.labels.name("topic", link.values[0]),
            asking.labels.name("other_topic", link.values[1]),
            say_count(link.count, asking),
        )
        for link in links
    )
    summary = asking.phrase("none")
    if rows:
        summary = asking.phrase("together_most", first=rows[0][0], second=rows[0][1], count=rows[0][2])
    headers = (columns["topic"], columns["other_topic"], columns["count"])
    marks = tuple(Mark(f"{row[0]} + {row[1]}", link.count, row[2]) for row, link in zip(rows, links, strict=True))
    return Block(TOGETHER, asking.phrase(TOGETHER), summary, headers, rows, marks=marks, picture="bars")


def _make_gaps(asking: Asking) -> Block:
    columns = asking.labels.words.columns
    links = asking.reporter.count_gaps(asking.filters)
    rows = tuple(
        (
            asking.labels.name("partner_kind", link.values[2]),
            asking.labels.name("municipality", link.values[1]),
            asking.labels.name("gap", link.values[0]),
            asking.phrase("yes" if link.values[0] in CONFIRMED else "no"),
            say_count(link.count, asking),
        )
        for link in links
    )
    headers = (
        columns["partner_kind"],
        columns["municipality"],
        columns["gap"],
        asking.phrase("confirmed"),
        columns["count"],
    )
    summary = asking.phrase("none")
    if rows:
        summary = asking.phrase("gaps_most", first=rows[0][0], second=rows[0][1], count=rows[0][4])
    # On the map only what is confirmed, by the code of the municipality.
    marks = tuple(
        Mark(link.values[1], link.count, say_count(link.count, asking)) for link in links if link.values[0] in CONFIRMED
    )
    return Block(GAPS, asking.phrase(GAPS), summary, headers, rows, marks=marks, picture="map")


def _make_flow(asking: Asking) -> Block:
    columns = asking.labels.words.columns
    links = asking.reporter.count_flow(asking.filters)
    asking.labels.learn("service_id", (link.values[1] for link in links))
    services: dict[str, int] = {}
    rows, marks = [], []
    for link in links:
        topic, service, outcome = (
            asking.labels.name(column, value)
            for column, value in zip(("topic", "service_id", "outcome"), link.values, strict=True)
        )
        services[service] = services.get(service, 0) + link.count
        rows.append((topic, service, outcome, say_count(link.count, asking)))
        marks.append(Mark(service, link.count, "", part=outcome))
    summary = asking.phrase("none")
    if services:
        first = max(services, key=lambda name: services[name])
        summary = asking.phrase("flow_most", first=first, count=say_count(services[first], asking))
    headers = (columns["topic"], columns["service_id"], columns["outcome"], columns["count"])
    return Block(FLOW, asking.phrase(FLOW), summary, headers, tuple(rows), marks=tuple(marks), picture="stacks")


def _make_chains(asking: Asking) -> Block:
    columns = asking.labels.words.columns
    links = asking.reporter.count_chains(asking.filters)
    asking.labels.learn("service_id", (value for link in links for value in link.values))
    rows = tuple(
        (*(asking.labels.name("service_id", value) for value in link.values), say_count(link.count, asking))
        for link in links
    )
    summary = asking.phrase("none")
    if rows:
        summary = asking.phrase("chains_most", first=rows[0][0], second=rows[0][1], count=rows[0][2])
    headers = (columns["came_from"], columns["service_id"], columns["count"])
    marks = tuple(Mark(f"{row[0]} → {row[1]}", link.count, row[2]) for row, link in zip(rows, links, strict=True))
    return Block(CHAINS, asking.phrase(CHAINS), summary, headers, rows, marks=marks, picture="bars")


def _make_waits(asking: Asking) -> Block:
    waits = asking.reporter.count_waits(asking.filters)
    asking.labels.learn("service_id", (wait.service_id for wait in waits))
    rows = tuple(_say_wait(asking, wait) for wait in waits)
    names = ("answered", "silent", "median", "most_days")
    headers = (asking.labels.words.columns["service_id"], *(asking.phrase(name) for name in names))
    summary = asking.phrase("none")
    if rows:
        summary = asking.phrase("waits_most", first=rows[0][0], count=rows[0][1])
    marks = tuple(
        Mark(row[0], wait.median, str(wait.median))
        for row, wait in zip(rows, waits, strict=True)
        if wait.median is not None
    )
    return Block(WAITS, asking.phrase(WAITS), summary, headers, rows, marks=marks, picture="bars")


def _say_wait(asking: Asking, wait: Wait) -> tuple[str, ...]:
    days = (NO_NUMBER if number is None else str(number) for number in (wait.median, wait.most))
    counts = (say_count(number, asking) for number in (wait.answered, wait.silent))
    return (asking.labels.name("service_id", wait.service_id), *counts, *days)


_MAKERS: dict[str, Callable[[Asking], Block]] = {
    MONTH: _make_months,
    TOGETHER: _make_together,
    GAPS: _make_gaps,
    FLOW: _make_flow,
    CHAINS: _make_chains,
    WAITS: _make_waits,
}


def say_count(count: int | None, asking: Asking) -> str:
    """Return a number as people in the Netherlands write it; of a hidden one that it is small."""
    return asking.phrase("few") if count is None else str(format_decimal(count, locale=LOCALE))


def say_share(share: float) -> str:
    return str(format_percent(share, "0.#%", locale=LOCALE))
