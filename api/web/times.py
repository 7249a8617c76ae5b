"""Says times as they stand on a Dutch door, for every screen."""

from datetime import datetime

from referral.clock import to_local


def say_time(moment: datetime) -> str:
    """Return the time on the Dutch clock: `9.30`, `17.00`."""
    local = to_local(moment)
    return f"{local.hour}.{local.minute:02}"
