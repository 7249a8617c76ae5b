"""The life of a referral: which steps are allowed."""

import pytest

from referral.errors import IllegalTransition
from referral.journal.statuses import STEPS, Status, can_go, check_step

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
