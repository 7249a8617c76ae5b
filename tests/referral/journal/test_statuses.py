"""The life of a referral: which steps are allowed."""

import itertools

import pytest

from referral.errors import IllegalTransition
from referral.journal.statuses import STEPS, Status, can_go, check_step, find_path

ALLOWED = [
    ("requested", "accepted"),
    ("requested", "rejected"),
    ("requested", "cancelled"),
    ("requested", "failed"),
    ("accepted", "in-progress"),
    ("accepted", "on-hold"),
    ("in-progress", "on-hold"),
    ("in-progress", "completed"),
    ("on-hold", "in-progress"),
    ("completed", "entered-in-error"),
    ("cancelled", "entered-in-error"),
]
FORBIDDEN = [
    ("requested", "completed"),
    ("requested", "requested"),
    ("completed", "in-progress"),
    ("rejected", "accepted"),
    ("cancelled", "requested"),
    ("failed", "completed"),
    ("on-hold", "completed"),
    ("entered-in-error", "requested"),
    ("entered-in-error", "entered-in-error"),
]


@pytest.mark.parametrize(("start", "end"), ALLOWED)
def test_a_referral_may_take_this_step(start, end):
    check_step(Status(start), Status(end))


@pytest.mark.parametrize(("start", "end"), FORBIDDEN)
def test_a_referral_may_not_take_this_step(start, end):
    with pytest.raises(IllegalTransition):
        check_step(Status(start), Status(end))


def test_nothing_comes_back_from_an_end():
    ends = [status for status, steps in STEPS.items() if not steps]
    assert set(ends) == {Status.REJECTED, Status.COMPLETED, Status.FAILED, Status.CANCELLED}
    assert not any(can_go(Status.ENTERED_IN_ERROR, status) for status in Status)


def test_a_word_that_is_no_status_is_refused():
    with pytest.raises(ValueError, match="done"):
        Status("done")


@pytest.mark.parametrize(
    ("start", "end", "path"),
    [
        (Status.REQUESTED, Status.COMPLETED, [Status.ACCEPTED, Status.IN_PROGRESS, Status.COMPLETED]),
        (Status.ON_HOLD, Status.COMPLETED, [Status.IN_PROGRESS, Status.COMPLETED]),
        (Status.REQUESTED, Status.FAILED, [Status.FAILED]),
        (Status.ACCEPTED, Status.FAILED, [Status.FAILED]),
    ],
)
def test_the_way_to_a_status_is_the_fewest_legal_steps(start, end, path):
    assert list(find_path(start, end)) == path
    assert all(can_go(*step) for step in itertools.pairwise([start, *path]))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (Status.COMPLETED, Status.FAILED),
        (Status.IN_PROGRESS, Status.IN_PROGRESS),
        (Status.ACCEPTED, Status.REJECTED),
        (Status.ENTERED_IN_ERROR, Status.COMPLETED),
    ],
)
def test_there_is_no_way_back_and_none_in_a_circle(start, end):
    with pytest.raises(IllegalTransition):
        find_path(start, end)
