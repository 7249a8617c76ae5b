"""What an editor does in one click: checked today, closed for a while, open again, no longer there. Pure."""

from datetime import date

from referral.exchange.records import SERVICE, Batch, Record
from referral.exchange.sheet.changes import Change
from referral.exchange.sheet.services import CHECK_MONTHS, add_months
from referral.exchange.sheet.timetables import make_change
from referral.models.columns import Status

BY_HAND = ""
"""The source of what is written here."""


def check_today(service_id: str, today: date) -> Batch:
    """Say that everything was checked today; the next check is six months on."""
    return _change_service(service_id, assured_date=today, check_due=add_months(today, CHECK_MONTHS))


def close_until(service_id: str, start: date, end: date, reason: str) -> Batch:
    """Close the service on the days from `start` to `end`, both included."""
    batch = Batch(BY_HAND)
    batch.add(Record(SERVICE, service_id, {}))
    batch.add(make_change(Change(start, end, None, reason), service_id))
    return batch


def close(service_id: str) -> Batch:
    """Close the service until somebody opens it again."""
    return _change_service(service_id, status=Status.TEMPORARILY_CLOSED)


def reopen(service_id: str) -> Batch:
    return _change_service(service_id, status=Status.ACTIVE)


def end(service_id: str) -> Batch:
    """Say that the service no longer exists. It is never deleted: referrals point to it."""
    return _change_service(service_id, status=Status.DEFUNCT)


def _change_service(service_id: str, **values: object) -> Batch:
    batch = Batch(BY_HAND)
    batch.add(Record(SERVICE, service_id, values))
    return batch
