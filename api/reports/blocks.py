"""A report in words: a title, a sentence that sums it up, a table, and what a picture of it is drawn from."""

from collections.abc import Sequence

from babel.dates import format_date

from api.reports.asking import LOCALE, NO_NUMBER, Asking, Block, Mark, say_count, say_share
from api.reports.linked import MAKERS
from referral.reports.dimensions import Dimension
from referral.reports.queries import MONTH
from referral.reports.service import Line, Table, parse_month
from referral.reports.sheets import Figure

KINDS = (MONTH, *Dimension, *Figure)


def make_block(asking: Asking, kind: str) -> Block:
    """Return the block of one of `KINDS`."""
    if kind == MONTH:
        return _make_months(asking)
    if kind in set(Figure):
        return MAKERS[Figure(kind)](asking)
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
