"""How long an account is locked after wrong passwords: each one more doubles the wait. Pure.

At most five guesses and then one an hour, far below the hundred an hour of OWASP ASVS 4.0.3, 2.2.1; and an account
that somebody else locks on purpose is open again within the hour.
"""

from datetime import datetime, timedelta

FREE_ATTEMPTS = 5
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(hours=1)


def find_lock(failed_attempts: int, now: datetime) -> datetime | None:
    """Return until when an account is locked after so many failures in a row, or `None`."""
    doublings = failed_attempts - FREE_ATTEMPTS
    if doublings < 0:
        return None
    return now + min(FIRST_LOCK * (1 << min(doublings, 10)), LONGEST_LOCK)
