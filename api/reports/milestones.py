"""The milestones: in which month the hundredth question was asked, and the hundred-thousandth; as figures and drawn."""

from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

import altair as alt
from babel.dates import format_date
from babel.numbers import format_decimal

from api.reports.asking import LOCALE, Asking, say_count
from api.reports.pictures import BLUE, INK, LETTER, VERMILION, finish, make_chart
from referral.reports.filters import Filters, Period
from referral.reports.service import Reporter, parse_month
from referral.tallies.service import find_first_day

STEPS = (1, 100, 1_000, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000)
WIDTH, HEIGHT = 820, 320
# How high the name of a milestone stands above or below the line; in turn, so that they do not touch.
LEVELS = (-1.0, 1.0, -2.1, 2.1)
# What the two words take of that, below the middle of their place and above it.
BELOW, ABOVE = 0.4, 0.6


@dataclass(frozen=True, slots=True)
class Milestone:
    """The question of this number was asked in a month; `day` is the first of that month, and none is still ahead."""

    number: int
    day: date | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """All milestones so far and the one ahead; `total` is how many questions there are."""

    passed: tuple[Milestone, ...]
    ahead: int | None
    total: int


def find_milestones(reporter: Reporter, filters: Filters) -> Timeline:
    """Return the milestones of all time; `filters` say of whom, their period does not count."""
    first = find_first_day(reporter.session)
    if first is None or first > reporter.today:
        return Timeline((), STEPS[0], 0)
    table = reporter.count_months(filters.move(Period(first, reporter.today)))
    sums = list(accumulate(line.count or 0 for line in table.lines))
    passed: list[Milestone] = []
    for step in STEPS:
        reached = next((place for place, sum_ in enumerate(sums) if sum_ >= step), None)
        if reached is None:
            return Timeline(tuple(passed), step, sums[-1])
        passed.append(Milestone(step, parse_month(table.lines[reached].value)))
    return Timeline(tuple(passed), None, sums[-1])


def say_milestone(milestone: Milestone) -> tuple[str, str]:
    """Return what a milestone is called, and when it was."""
    when = format_date(milestone.day, "MMMM y", locale=LOCALE) if milestone.day else ""
    return str(format_decimal(milestone.number, locale=LOCALE)), when


def draw_timeline(timeline: Timeline, asking: Asking) -> alt.TopLevelMixin:
    """Return the infographic: a line of years, a dot for every milestone, and how far the next one is."""
    rows: list[dict[str, Any]] = []
    for place, milestone in enumerate(timeline.passed):
        name, when = say_milestone(milestone)
        height = LEVELS[place % len(LEVELS)]
        rows.append(
            {
                "day": milestone.day.isoformat() if milestone.day else None,
                "level": height,
                "end": height - BELOW if height > 0 else height + ABOVE,
                "name": name,
                "when": when,
                "size": 120 + 60 * place,
                "zero": 0,
            }
        )
    x = alt.X("day:T", title=None, axis=alt.Axis(format="%Y", tickCount="year", orient="bottom"))
    level, middle = (alt.Y(f"{name}:Q", axis=None, scale=alt.Scale(domain=[-3, 3])) for name in ("level", "zero"))
    base = make_chart(rows).encode(x=x)
    layers = [
        base.mark_line(color=BLUE, strokeWidth=4).encode(y=middle),
        base.mark_rule(color=BLUE, strokeWidth=1.5).encode(y=middle, y2="end:Q"),
        base.mark_circle(color=VERMILION, opacity=1, stroke=INK).encode(y=middle, size=alt.Size("size:Q", scale=None)),
        base.mark_text(fontSize=20, fontWeight="bold", color=INK, dy=-8).encode(y=level, text="name:N"),
        base.mark_text(fontSize=LETTER, color=INK, dy=10).encode(y=level, text="when:N"),
    ]
    title = alt.TitleParams(
        asking.phrase("milestones_title", total=say_count(timeline.total, asking)),
        subtitle=say_ahead(timeline, asking),
        fontSize=24,
        subtitleFontSize=15,
        anchor="start",
        color=INK,
        subtitleColor=INK,
    )
    return finish(alt.layer(*layers).properties(width=WIDTH, height=HEIGHT, title=title))


def say_ahead(timeline: Timeline, asking: Asking) -> str:
    """Return how many questions there are until the next milestone."""
    if timeline.ahead is None:
        return ""
    return asking.phrase(
        "milestones_ahead",
        next=say_count(timeline.ahead, asking),
        left=say_count(timeline.ahead - timeline.total, asking),
    )
