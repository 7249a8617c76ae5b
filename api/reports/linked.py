"""The parts of a report that are no plain counts: asked together, gaps, the flow, chains of partners, waiting."""

from collections.abc import Callable

from babel.units import format_unit

from api.reports.asking import LOCALE, NO_NUMBER, Asking, Block, Mark, say_count
from api.reports.ribbons import gather
from referral.matching.gaps import GapKind
from referral.reports.sheets import WAITED, Figure
from referral.reports.waits import RANGES, Wait

# Gaps that say something about the world; the others are work for an editor (DESIGN §5).
CONFIRMED = (GapKind.NONE_EXISTS, GapKind.OUT_OF_AREA)


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
    return Block(Figure.TOGETHER, asking.phrase(Figure.TOGETHER), summary, headers, rows, marks=marks, picture="bars")


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
    return Block(Figure.GAPS, asking.phrase(Figure.GAPS), summary, headers, rows, marks=marks, picture="map")


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
        marks.append(Mark(service, link.count, rows[-1][-1], part=outcome, start=topic))
    summary = asking.phrase("none")
    if services:
        first = max(services, key=lambda name: services[name])
        summary = asking.phrase("flow_most", first=first, count=say_count(services[first], asking))
    return Block(
        id=Figure.FLOW,
        title=asking.phrase(Figure.FLOW),
        summary=summary,
        headers=(columns["topic"], columns["service_id"], columns["outcome"], columns["count"]),
        rows=tuple(rows),
        marks=gather(marks, asking.phrase("others")),
        picture="flow",
    )


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
    return Block(Figure.CHAINS, asking.phrase(Figure.CHAINS), summary, headers, rows, marks=marks, picture="bars")


def _make_waits(asking: Asking) -> Block:
    waits = asking.reporter.count_waits(asking.filters)
    asking.labels.learn("service_id", (wait.service_id for wait in waits.services))
    columns, total = asking.labels.words.columns, waits.total
    summary = asking.phrase("none")
    if waits.services:
        summary = asking.phrase("waits_most", count=say_count(total.answered, asking))
    if total.median is not None and total.most is not None:
        summary = asking.phrase(
            "waits_days",
            count=say_count(total.answered, asking),
            median=_say_days(total.median),
            most=_say_days(total.most),
        )
    marks = tuple(
        Mark(columns[name], count, say_count(count, asking)) for name, count in zip(RANGES, total.ranges, strict=True)
    )
    return Block(
        id=Figure.WAITS,
        title=asking.phrase(Figure.WAITS),
        summary=summary,
        headers=tuple(columns[name] for name in ("service_id", *WAITED)),
        rows=tuple(
            _say_wait(asking, wait, asking.labels.name("service_id", wait.service_id)) for wait in waits.services
        ),
        total=_say_wait(asking, total, asking.phrase("total")) if waits.services else (),
        marks=marks if total.answered else (),
        picture="histogram",
    )


def _say_wait(asking: Asking, wait: Wait, name: str) -> tuple[str, ...]:
    days = (NO_NUMBER if number is None else str(number) for number in (wait.median, wait.most))
    counts = (say_count(number, asking) for number in (wait.answered, wait.silent))
    return (name, *counts, *days, *(say_count(number, asking) for number in wait.ranges))


def _say_days(days: int) -> str:
    return str(format_unit(days, "day", locale=LOCALE))


MAKERS: dict[Figure, Callable[[Asking], Block]] = {
    Figure.TOGETHER: _make_together,
    Figure.GAPS: _make_gaps,
    Figure.FLOW: _make_flow,
    Figure.CHAINS: _make_chains,
    Figure.WAITS: _make_waits,
}
