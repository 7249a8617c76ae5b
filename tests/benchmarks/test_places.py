"""The measuring of places counts a wrong place as wrong."""

import pytest

from benchmarks.places import Line, judge, list_names
from referral.places.table import load_places
from referral.settings import ROOT

TABLE = load_places(ROOT / "data")
ZWOLLE = (52.51, 6.09)


def make_line(*, codes=("GM0193",), places=("Zwolle",), point=ZWOLLE):
    return Line("8011", places, codes, "Overijssel", point)


@pytest.mark.parametrize(
    ("typed", "line", "outcome"),
    [
        ("Zwolle", make_line(), "right"),
        ("Zwolle", make_line(point=(52.40, 6.09)), "far"),
        ("Zwolle", make_line(codes=("GM0175",)), "wrong"),
        ("Vlieland", make_line(codes=("GM0096",)), "no_point"),
        ("Elst", make_line(codes=("GM1734",)), "asked"),
        ("Elst", make_line(), "wrong"),
        ("8011", make_line(), "unknown"),
    ],
)
def test_each_outcome_is_told_apart(typed, line, outcome):
    assert judge(typed, line, TABLE, None) == outcome


def test_a_name_counts_once_for_each_municipality_and_not_where_it_is_unsure_which():
    lines = [make_line(), make_line(), make_line(codes=("GM0175",)), make_line(codes=("GM0193", "GM0244"))]
    assert [name for name, _ in list_names(lines)] == ["Zwolle", "Zwolle"]
