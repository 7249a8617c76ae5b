"""Somebody of another library tries to find out what few people asked, with every filter there is."""

import random
from collections import Counter
from itertools import product

import pytest

from referral.models.base import make_rounding_key
from referral.reports.disclosure import SMALLEST, Cell, publish

ALL = None
DIMENSIONS = (("schulden", "boete", "digid", "huur"), ("web", "desk"), ("GM0193", "GM0148", "GM0150"), ("ja", "nee"))
# What may stand in each place of a filter: one answer, or all of them.
FILTERS = list(product(*((ALL, *answers) for answers in DIMENSIONS)))


def make_questions(seed, count):
    """Questions with answers of which some are much more frequent than others, and their secret keys."""
    chance = random.Random(seed)  # noqa: S311
    weights = [[2.0**-place for place, _ in enumerate(answers)] for answers in DIMENSIONS]
    choose = [
        tuple(chance.choices(answers, weight)[0] for answers, weight in zip(DIMENSIONS, weights, strict=True))
        for _ in range(count)
    ]
    return [(answers, chance.getrandbits(30)) for answers in choose]


def count(questions):
    """Return the cell of every filter."""
    cells = dict.fromkeys(FILTERS, Cell())
    for answers, key in questions:
        for wanted in product(*((ALL, answer) for answer in answers)):
            cells[wanted] += Cell(1, key)
    return cells


def find_bounds(figure):
    """Return between which numbers the true one lies, for who knows how figures are rounded."""
    return (0, SMALLEST - 1) if figure is None else (max(SMALLEST, figure - 4), figure + 4)


def attack(figures):
    """Return the bounds of every filter after all sums have been used: the whole is its parts, by each dimension."""
    bounds = {wanted: find_bounds(figure) for wanted, figure in figures.items()}
    sums = [
        (wanted, [(*wanted[:place], answer, *wanted[place + 1 :]) for answer in answers])
        for wanted in FILTERS
        for place, answers in enumerate(DIMENSIONS)
        if wanted[place] is ALL
    ]
    is_moving = True
    while is_moving:
        is_moving = False
        for whole, parts in sums:
            lows, highs = sum(bounds[one][0] for one in parts), sum(bounds[one][1] for one in parts)
            low, high = bounds[whole]
            found = {whole: (max(low, lows), min(high, highs))}
            for part in parts:
                least, most = bounds[part]
                found[part] = (max(least, low - (highs - most)), min(most, high - (lows - least)))
            for wanted, narrowed in found.items():
                if narrowed != bounds[wanted]:
                    bounds[wanted], is_moving = narrowed, True
    return bounds


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("size", [12, 60, 400])
def test_no_sum_and_no_difference_of_filters_tells_a_small_number(seed, size):
    cells = count(make_questions(seed, size))
    bounds = attack({wanted: publish(cell, is_own=False) for wanted, cell in cells.items()})
    for wanted, cell in cells.items():
        low, high = bounds[wanted]
        assert low <= cell.count <= high, "the attack itself is wrong"
        if cell.count < SMALLEST:
            assert high > low, f"{wanted} is exactly {cell.count}"


def test_the_attack_succeeds_on_figures_that_are_only_hidden_below_five():
    """What the test above would miss if it could not fail: exact sums give the hidden number away."""
    cells = count(make_questions(1, 400))
    exact = {wanted: (cell.count, cell.count) if cell.count >= SMALLEST else (0, 4) for wanted, cell in cells.items()}
    given_away = 0
    for wanted, cell in cells.items():
        for place, answers in enumerate(DIMENSIONS):
            if wanted[place] is ALL and cell.count >= SMALLEST:
                parts = [(*wanted[:place], answer, *wanted[place + 1 :]) for answer in answers]
                hidden = [part for part in parts if exact[part] == (0, 4)]
                given_away += len(hidden) == 1
    assert given_away > 10


def test_the_same_questions_always_give_the_same_figure():
    keys = [make_rounding_key() for _ in range(13)]
    once = publish(Cell(13, sum(keys)), is_own=False)
    assert {publish(Cell(13, sum(random.sample(keys, 13))), is_own=False) for _ in range(20)} == {once}


def test_one_question_more_is_rounded_anew():
    """So that a difference of two figures does not tell what one question did."""
    went = Counter()
    for _ in range(2000):
        key = make_rounding_key()
        before = publish(Cell(12, key), is_own=False)
        after = publish(Cell(13, key + make_rounding_key()), is_own=False)
        went[after - before] += 1
    assert set(went) == {-5, 0, 5}
    assert went[-5] > 150  # 2/5 went up, then 2/5 of them went down: 16 % of 2000 is 320


@pytest.mark.parametrize("count", [5, 6, 7, 8, 9, 23])
def test_rounding_is_fair(count):
    figures = [publish(Cell(count, make_rounding_key()), is_own=False) for _ in range(4000)]
    assert sum(figures) / len(figures) == pytest.approx(count, abs=0.25)
    assert set(figures) <= {count - count % 5, count - count % 5 + 5}


def test_own_figures_are_exact():
    assert [publish(Cell(count, 7), is_own=True) for count in (0, 1, 4, 13)] == [0, 1, 4, 13]
    assert [publish(Cell(count, 7), is_own=False) for count in (0, 1, 4)] == [None, None, None]
