"""Draws what a block counts, as Vega-Lite through Altair, to SVG or PNG in this process.

Each thing is named beside its mark, and no text depends on a colour alone. What a picture shows stands in the table
beside it; here come at most the largest.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, Literal

import altair as alt
import vl_convert

from api.reports.asking import Mark
from api.reports.ribbons import draw_flow

Kind = Literal["svg", "png"]
MEDIA_TYPES: dict[Kind, str] = {"svg": "image/svg+xml", "png": "image/png"}
MOST_BARS: Final = 15
# Okabe and Ito's blue and vermilion (2008), told apart by who is colour-blind; all stand out on white (WCAG 1.4.11).
BLUE, VERMILION = "#0072B2", "#D55E00"
# Parts of a flow: dark and light in turn, so that neighbours differ on a black and white print, too.
COLOURS = ("#00507D", "#009E73", "#A34700", "#8A8A8A", "#000000")
FAINT, INK = "#767676", "#24211c"
WIDTH, ROW, LETTER = 560, 26, 13
# A long name under a bar goes on below.
_TWO_LINES = "split(datum.value, / (?=tot|dag|dan)/)"
KEPT = 64
SCALE = 2.0  # of a PNG, so that it is sharp on paper


def draw(marks: Sequence[Mark], picture: str, points: Sequence[tuple[str, float, float]] = ()) -> alt.TopLevelMixin:
    """Return the chart; `points` are the name, longitude and latitude of every municipality, for a map."""
    if picture == "map":
        return finish(_draw_map(marks, points))
    if picture == "line":
        return finish(_draw_line(marks))
    if picture == "flow":
        return finish(draw_flow(marks, colours=COLOURS, quiet=FAINT, ink=INK, letter=LETTER))
    return finish(_draw_histogram(marks) if picture == "histogram" else _draw_bars(marks[:MOST_BARS]))


def render(chart: alt.TopLevelMixin, kind: Kind) -> bytes:
    """Return the picture as a file; the same picture again is at once."""
    return _render(json.dumps(chart.to_dict(), sort_keys=True), kind)


@lru_cache(maxsize=KEPT)
def _render(spec: str, kind: Kind) -> bytes:
    if kind == "png":
        png: bytes = vl_convert.vegalite_to_png(spec, scale=SCALE)
        return png
    svg: str = vl_convert.vegalite_to_svg(spec)
    return svg.encode()


def finish(chart: Any) -> alt.TopLevelMixin:
    """Return the chart in the letters and colours of all pictures."""
    finished: alt.TopLevelMixin = (
        chart.configure(font="sans-serif", background="#ffffff", padding=12, locale=_DUTCH)
        .configure_axis(labelFontSize=LETTER, titleFontSize=LETTER, labelColor=INK, labelLimit=260, grid=False)
        .configure_view(stroke=None)
        .configure_legend(labelFontSize=LETTER, orient="top", title=None, labelLimit=260)
    )
    return finished


def make_chart(rows: list[dict[str, Any]]) -> Any:
    """Return a chart of these rows, to be given marks."""
    return alt.Chart.from_dict({"data": {"values": rows}, "mark": "point", "encoding": {}})


def _list_rows(marks: Sequence[Mark]) -> list[dict[str, Any]]:
    return [{"name": mark.name, "count": mark.count, "label": mark.label, "against": mark.against} for mark in marks]


_DUTCH: Any = alt.Locale(number=alt.NumberLocale(decimal=",", thousands=".", grouping=[3], currency=["€ ", ""]))


def _draw_bars(marks: Sequence[Mark]) -> Any:
    rows = [{**row, "count": row["count"] or 0} for row in _list_rows(marks)]  # a hidden one has its words only
    base = make_chart(rows).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False)),
        x=alt.X("count:Q", axis=None),
    )
    layers = [
        base.mark_bar(color=BLUE, height=ROW * 0.6),
        base.mark_text(align="left", dx=5, fontSize=LETTER, color=INK).encode(text="label:N"),
    ]
    if any(mark.against is not None for mark in marks):
        # A line across the bar: how much it was in what it stands beside.
        layers.append(base.mark_tick(color=VERMILION, thickness=4, height=ROW * 0.85).encode(x="against:Q"))
    return alt.layer(*layers).properties(width=WIDTH, height=alt.Step(ROW))


def _draw_line(marks: Sequence[Mark]) -> Any:
    rows = _list_rows(marks)
    base = make_chart(rows).encode(
        x=alt.X("name:N", sort=None, title=None, axis=alt.Axis(labelAngle=-45, labelOverlap=True)),
        y=alt.Y("count:Q", title=None, axis=alt.Axis(format=",d", tickMinStep=1)),
    )
    layers = [base.mark_line(color=BLUE, strokeWidth=3, point=alt.OverlayMarkDef(color=BLUE, size=60))]
    if any(mark.against is not None for mark in marks):
        layers.append(base.mark_line(color=VERMILION, strokeWidth=2, strokeDash=[6, 4]).encode(y="against:Q"))
    return alt.layer(*layers).properties(width=WIDTH, height=260)


def _draw_histogram(marks: Sequence[Mark]) -> Any:
    """Bars beside each other in the order that they have, the number above each."""
    rows = [{**row, "count": row["count"] or 0} for row in _list_rows(marks)]
    base = make_chart(rows).encode(
        x=alt.X("name:N", sort=None, title=None, axis=alt.Axis(ticks=False, labelAngle=0, labelExpr=_TWO_LINES)),
        y=alt.Y("count:Q", axis=None),
    )
    layers = [
        base.mark_bar(color=BLUE),
        base.mark_text(dy=-8, fontSize=LETTER, color=INK).encode(text="label:N"),
    ]
    return alt.layer(*layers).properties(width=WIDTH, height=260)


def _draw_map(marks: Sequence[Mark], points: Sequence[tuple[str, float, float]]) -> Any:
    """Every municipality is a faint dot, which gives the country its shape without a map from elsewhere."""
    counts: dict[str, int] = {}
    for mark in marks:
        counts[mark.name] = counts.get(mark.name, 0) + (mark.count or 0)
    rows = [{"lon": lon, "lat": lat, "count": counts.get(name, 0)} for name, lon, lat in points]
    base = make_chart(rows).encode(longitude="lon:Q", latitude="lat:Q")
    largest = max(counts.values(), default=1)
    faint = base.mark_circle(color=FAINT, size=9, opacity=1)
    dots = (
        base.transform_filter("datum.count > 0")
        .mark_circle(color=VERMILION, opacity=1, stroke=INK)
        .encode(size=alt.Size("count:Q", scale=alt.Scale(domain=[0, largest], range=[40, 900]), legend=None))
    )
    names = (
        base.transform_filter("datum.count > 0")
        .mark_text(fontSize=11, color=INK, dy=-1)
        .encode(text=alt.Text("count:Q", format=",d"))
    )
    return alt.layer(faint, dots, names).project(type="mercator").properties(width=420, height=480)
