"""Each wrong password after the first five doubles the wait, up to an hour."""

from datetime import timedelta

import pytest

from referral.staff.lockout import find_lock
from tests.clock import TUESDAY


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(0, None), (1, None), (4, None), (5, 1), (6, 2), (7, 4), (10, 32), (11, 60), (12, 60), (100_000, 60)],
)
def test_the_wait_grows_with_the_failures(failures, minutes):
    expected = None if minutes is None else TUESDAY + timedelta(minutes=minutes)
    assert find_lock(failures, TUESDAY) == expected
