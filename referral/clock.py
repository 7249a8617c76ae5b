"""The one place where the time comes from; everything below takes `now` as a value."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from referral.settings import get_settings

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def read_clock() -> datetime:
    """Return this moment, aware, in UTC; shifted by `OMDEHOEK_CLOCK_SHIFT` seconds for tests and demonstrations."""
    return datetime.now(UTC) + timedelta(seconds=get_settings().clock_shift)


def to_local(moment: datetime) -> datetime:
    """Return the same moment on the clock on the wall in the Netherlands."""
    return moment.astimezone(AMSTERDAM)
