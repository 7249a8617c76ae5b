"""Pictures can be told by who sees badly, by who is colour-blind, and on a black and white print."""

import re
from itertools import pairwise

import pytest

from api.reports.asking import Mark
from api.reports.pictures import BLUE, COLOURS, FAINT, INK, VERMILION, _render, draw, render

POINTS = (("GM0193", 6.1, 52.5), ("GM0175", 6.42, 52.52))
HOSTILE = ('<script>alert("x")</script>', "\u202eomgekeerd", "'; DROP TABLE tally; --", "een heel lang woord " * 20)


def measure(colour):
    """Return the relative luminance of a colour (WCAG 2.2)."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    light, dark = sorted((measure(one), measure(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", [BLUE, VERMILION, FAINT, *COLOURS])
def test_every_mark_stands_out_on_white(colour):
    assert contrast(colour, "#ffffff") >= 3


@pytest.mark.parametrize("ground", ["#ffffff", VERMILION])
def test_every_text_can_be_read(ground):
    assert contrast(INK, ground) >= 4.5 or (ground == VERMILION and contrast(INK, ground) >= 4)


def test_parts_beside_each_other_differ_without_colour():
    assert min(contrast(one, other) for one, other in pairwise(COLOURS)) >= 1.7


@pytest.mark.parametrize("picture", ["bars", "line", "flow", "histogram"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_wants_harm_is_only_a_name(picture, name):
    drawn = render(draw([Mark(name, 3, "3", part=name), Mark("b", 2, "2", part="x")], picture), "svg").decode()
    assert "<script" not in drawn
    assert "</svg>" in drawn


@pytest.mark.parametrize("picture", ["bars", "line", "flow", "histogram", "map"])
def test_the_same_rows_give_the_same_picture(picture):
    marks = [Mark("GM0193", 12, "12", part="Geholpen"), Mark("GM0175", 5, "5", part="Nog bezig")]
    once, twice = (_render_fresh(draw(marks, picture, POINTS)) for _ in range(2))
    assert once == twice


def _render_fresh(chart):
    _render.cache_clear()
    return render(chart, "svg")


def test_what_is_hidden_has_its_words_and_no_bar():
    drawn = render(draw([Mark("Boete", 12, "12"), Mark("DigiD", None, "minder dan 5")], "bars"), "svg").decode()
    assert re.findall(r"<text[^>]*>([^<]+)</text>", drawn) == ["Boete", "DigiD", "12", "minder dan 5"]
