"""Whose hours have to be looked up at all: outlines in the order in which they could win. Pure.

Hours cost most of a match. An outline gets the place that it would have if it were open now; no hours can bring it
further up. So whoever reads outlines in that order may stop as soon as those that are wanted stand before the next one,
and has the same answer as who reads them all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from referral.directory.candidate import Outline
from referral.matching.left_out import Lack
from referral.matching.match import Match, Need, Reason
from referral.matching.rank import Order, may_help, place
from referral.matching.score import score_candidate
from referral.matching.wishes import expect_best, find_lack


@dataclass(frozen=True, slots=True)
class Waiting:
    """An outline, with a place that is not after the one it would get."""

    best_place: Order
    outline: Outline


def queue_up(outlines: Iterable[Outline], need: Need) -> tuple[list[Waiting], list[Lack]]:
    """Return who could be offered, the best prospects first, and who lacks what is required, whatever its hours."""
    waiting: list[Waiting] = []
    lacks: list[Lack] = []
    best = expect_best(need.wishes)
    for outline in outlines:
        if not may_help(outline, need):
            continue
        if lack := find_lack(outline, need.required):
            lacks.append(Lack(outline.service_id, lack, outline, is_sure=False, is_silent=not outline.channels))
            continue
        score = score_candidate(outline, need, best, _ignore)
        waiting.append(Waiting((score.barred, score.tier, round(score.minutes, 3), "", "", ""), outline))
    return sorted(waiting, key=lambda one: one.best_place), lacks


def is_settled(matches: Sequence[Match], waiting: Sequence[Waiting], limit: int | None) -> bool:
    """Return whether the first `limit` matches stay the first, whoever is still waiting."""
    if not waiting:
        return True
    return limit is not None and len(matches) >= limit and place(matches[limit - 1]) < waiting[0].best_place


def _ignore(reason: Reason) -> None:
    """Nobody reads why an outline stands where it does."""
