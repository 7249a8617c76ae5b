"""Rules about whether the facts still hold: checked, and checked again within six months.

Six months is what we ask (the issue "The directory: right, fresh, and at home in the standards"); of the sector's own
entry agreements of June 2023 (Halfjaarrapportage Bibliotheek en basisvaardigheden) only the existence is known.
"""

import calendar
from collections.abc import Iterator
from datetime import date

from referral.quality.entry import Entry
from referral.quality.findings import Code, Finding

MONTHS = 6


def find_in_freshness(entry: Entry, today: date) -> Iterator[Finding]:
    checked = entry.assured_date
    if checked is None:
        yield Finding(Code.NEVER_CHECKED, "service.assured_date")
        return
    if checked > today:
        yield Finding(Code.CHECKED_IN_FUTURE, "service.assured_date", {"date": checked})
        return
    latest = add_months(checked, MONTHS)
    due = min(entry.check_due or latest, latest)
    if due < today:
        yield Finding(Code.CHECK_OVERDUE, "service.check_due", {"date": due})
    elif entry.check_due and entry.check_due > latest:
        yield Finding(Code.CHECK_TOO_LATE, "service.check_due", {"date": entry.check_due, "latest": latest})


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month where it has fewer."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
