"""Draws a flow: from where people came, to where they went, to what came of it; each ribbon as high as it counts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import altair as alt

from api.reports.asking import Mark

# Boxes in one column; the smaller ones are gathered in one more.
MOST: Final = 6
WIDTH, HEIGHT = 860, 440
BOX, LEAST, SPACE = 190, 24, 8
# What the number takes of a box, beside its name.
NUMBER: Final = 55
# The column of what came of it.
PART: Final = 2
# Steps along a ribbon from one box to the next.
STEPS: Final = 10


@dataclass(frozen=True, slots=True)
class Box:
    """One name in a column, from `top` down; `inner` is where its ribbons begin, in the middle of it."""

    name: str
    count: int
    x: float
    top: float
    height: float
    inner: float

    def tell(self) -> dict[str, Any]:
        """Return what is drawn of it."""
        edges = {"x": self.x, "end": self.x + BOX, "top": self.top, "bottom": self.top + self.height}
        return {**edges, "middle": self.top + self.height / 2, "name": self.name, "count": self.count}


def gather(marks: Sequence[Mark], others: str) -> tuple[Mark, ...]:
    """Return the marks with the small starts together, and the small names, as one that is called `others`."""
    starts, names = (_find_largest(marks, side) for side in (0, 1))
    counts: Counter[tuple[str, str, str]] = Counter()
    for mark in marks:
        start, name, part = _list_stops(mark)
        counts[start if start in starts else others, name if name in names else others, part] += mark.count or 0
    return tuple(Mark(name, count, "", part=part, start=start) for (start, name, part), count in counts.most_common())


def draw_flow(marks: Sequence[Mark], *, colours: Sequence[str], quiet: str, ink: str, letter: int) -> Any:
    """Return the chart; `colours` are those of what came of it, the most frequent first; before that it is quiet."""
    columns = place_boxes(marks)
    parts = list(columns[PART])
    ribbons, boxes = (
        alt.Chart.from_dict({"data": {"values": rows}, "mark": "point", "encoding": {}})
        for rows in (list_ribbons(marks, columns), [box.tell() for column in columns for box in column.values()])
    )
    across, down = alt.Scale(domain=[0, WIDTH], nice=False), alt.Scale(domain=[HEIGHT, 0], nice=False)
    x, end = (alt.X(f"{name}:Q", axis=None, scale=across) for name in ("x", "end"))
    top, middle = (alt.Y(f"{name}:Q", axis=None, scale=down) for name in ("top", "middle"))
    colour = alt.Color(
        "part:N", legend=None, scale=alt.Scale(domain=["", *parts], range=[quiet, *colours[: len(parts)]])
    )
    inside: dict[str, Any] = {"baseline": "middle", "fontSize": letter, "color": ink}
    return alt.layer(
        ribbons.mark_geoshape(stroke="#ffffff", strokeWidth=0.4, opacity=1, clip=False)
        .encode(color=colour)
        .project(type="identity", scale=1, translate=[0, 0]),
        boxes.mark_rect(fill="#ffffff", stroke=ink, strokeWidth=1.5, opacity=1).encode(
            x=x, x2="end:Q", y=top, y2="bottom:Q"
        ),
        boxes.mark_text(align="left", dx=7, limit=BOX - NUMBER, **inside).encode(x=x, y=middle, text="name:N"),
        boxes.mark_text(align="right", dx=-7, fontWeight="bold", **inside).encode(
            x=end, y=middle, text=alt.Text("count:Q", format=",d")
        ),
    ).properties(width=WIDTH, height=HEIGHT)


def place_boxes(marks: Sequence[Mark]) -> list[dict[str, Box]]:
    """Return the boxes of each column by name, the largest on top; however small, a box has room for its name."""
    counted = [_count(marks, side).most_common() for side in range(3)]
    scale = _find_scale(marks, counted)
    placed = []
    for number, column in enumerate(counted):
        top = (HEIGHT - sum(LEAST + SPACE + count * scale for _, count in column) + SPACE) / 2
        boxes = {}
        for name, count in column:
            x, height = number * (WIDTH - BOX) / 2, LEAST + count * scale
            boxes[name] = Box(name, count, x, top, height, top + LEAST / 2)
            top += height + SPACE
        placed.append(boxes)
    return placed


def list_ribbons(marks: Sequence[Mark], columns: Sequence[dict[str, Box]]) -> list[dict[str, Any]]:
    """Return every ribbon from box to box as a shape (GeoJSON, in the points of the picture).

    Those of one start to one name are one ribbon whatever came of it; the others are of what came of it (`part`).
    """
    scale = _find_scale(marks, columns)
    ribbons = []
    for here, there in pairwise(range(len(columns))):
        counts: Counter[tuple[str, str]] = Counter()
        for mark in marks:
            stops = _list_stops(mark)
            counts[stops[here], stops[there]] += mark.count or 0
        starts, ends = (
            _stack(counts, columns[here], columns[there], scale),
            _stack(
                {(end, start): count for (start, end), count in counts.items()}, columns[there], columns[here], scale
            ),
        )
        for (start, end), count in counts.items():
            left, right = columns[here][start].x + BOX, columns[there][end].x
            first, last = starts[start, end], ends[end, start]
            ways = [step / STEPS for step in range(STEPS + 1)]
            upper = [
                (left + (right - left) * way, round(first + (last - first) * way * way * (3 - 2 * way), 2))
                for way in ways
            ]
            lower = [(x, round(y + count * scale, 2)) for x, y in upper]
            ring = [*upper, *lower[::-1], upper[0]]
            shape = {"type": "Polygon", "coordinates": [ring]}
            ribbons.append({"type": "Feature", "geometry": shape, "part": end if there == PART else ""})
    return ribbons


def _stack(
    counts: Mapping[tuple[str, str], int], at: dict[str, Box], others: dict[str, Box], scale: float
) -> dict[tuple[str, str], float]:
    """Return where each ribbon begins at its box: in the order of the boxes that it goes to."""
    free = {name: box.inner for name, box in at.items()}
    order = {name: place for place, name in enumerate(others)}
    tops = {}
    for name, other in sorted(counts, key=lambda pair: order[pair[1]]):
        tops[name, other] = free[name]
        free[name] += counts[name, other] * scale
    return tops


def _list_stops(mark: Mark) -> tuple[str, str, str]:
    return mark.start, mark.name, mark.part


def _find_largest(marks: Sequence[Mark], side: int) -> set[str]:
    counts = _count(marks, side)
    # One that is small is itself, rather than "the others".
    return {name for name, _ in counts.most_common(MOST if len(counts) > MOST + 1 else MOST + 1)}


def _count(marks: Sequence[Mark], side: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    for mark in marks:
        counts[_list_stops(mark)[side]] += mark.count or 0
    return counts


def _find_scale(marks: Sequence[Mark], columns: Sequence[Any]) -> float:
    """Return how high one is, so that the column with the most boxes fits."""
    most = max(map(len, columns))
    return (HEIGHT + SPACE - most * (LEAST + SPACE)) / (sum(mark.count or 0 for mark in marks) or 1)
