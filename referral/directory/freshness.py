"""How long what was checked holds: when a service has to be checked again, and when that is late. Pure."""

from datetime import date, timedelta

# Half a year: how often a library is asked to check its partners (the quality rules of the directory).
HOLDS = timedelta(days=183)


def find_due(assured_date: date | None, check_due: date | None) -> date | None:
    """Return the last day on which the facts count as checked; `None` when they never were and no day was set."""
    if check_due is not None:
        return check_due
    return assured_date + HOLDS if assured_date else None


def is_overdue(assured_date: date | None, check_due: date | None, today: date) -> bool:
    due = find_due(assured_date, check_due)
    return due is not None and due < today
