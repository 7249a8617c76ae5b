"""Sets the clock for tests that go through code which reads it, by the setting that demonstrations use."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from referral.clock import AMSTERDAM
from referral.settings import get_settings

# A Tuesday morning outside all holidays: most offices are open, evening clinics are not.
TUESDAY = datetime(2026, 11, 24, 10, 15, tzinfo=AMSTERDAM)


@contextmanager
def set_clock(moment):
    """Let `referral.clock.read_clock` tell this moment, and go on from there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OMDEHOEK_CLOCK_SHIFT", str((moment - datetime.now(UTC)).total_seconds()))
        get_settings.cache_clear()
        yield
    get_settings.cache_clear()
