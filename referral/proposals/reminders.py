"""Reminders: which partners have to check what we tell about them, once a week each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from referral.clock import to_local
from referral.directory.freshness import HOLDS, find_due
from referral.models.base import make_id
from referral.models.organization import Organization
from referral.models.reminder import Reminder
from referral.models.service import Service
from referral.proposals import queries

AHEAD = timedelta(days=14)
# A process that sends a letter and dies is given this long; then another tries.
TRY_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class DueService:
    """`due` is the last day on which its facts count as checked."""

    service: Service
    due: date
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Due:
    """A partner with what it has to check. `reminder` is that of this week, if there is one."""

    organization: Organization
    services: tuple[DueService, ...]
    reminder: Reminder | None

    @property
    def email(self) -> str | None:
        """Return where the letter goes: to the organization, or to the first service that has an address."""
        return self.organization.email or next((one.service.email for one in self.services if one.service.email), None)

    @property
    def may_be_mailed(self) -> bool:
        return self.email is not None and not self.organization.is_example


def name_week(now: datetime) -> str:
    """Return the week of a moment as ISO 8601 writes it: `2026-W48`."""
    year, week, _ = to_local(now).date().isocalendar()
    return f"{year}-W{week:02}"


def list_due(session: Session, now: datetime) -> list[Due]:
    """Return every partner with a check that is due within two weeks, or overdue; by name."""
    today = to_local(now).date()
    rows = queries.list_due(session, due_by=today + AHEAD, assured_by=today + AHEAD - HOLDS)
    reminders = {one.organization_id: one for one in queries.list_reminders(session, name_week(now))}
    grouped: dict[str, tuple[Organization, list[DueService]]] = {}
    for service, organization in rows:
        due = find_due(service.assured_date, service.check_due)
        if due is not None:
            grouped.setdefault(organization.id, (organization, []))[1].append(DueService(service, due, due < today))
    return [Due(one, tuple(services), reminders.get(one.id)) for one, services in grouped.values()]


def make_reminders(session: Session, now: datetime) -> int:
    """Write the list of this week: a reminder for each partner that has none yet; return how many were added."""
    added = [one for one in list_due(session, now) if one.reminder is None]
    session.add_all(
        Reminder(id=make_id(), organization_id=one.organization.id, week=name_week(now), made_at=now) for one in added
    )
    return len(added)


def claim_next(session: Session, now: datetime) -> Due | None:
    """Take the next letter of this week that has to be sent; whoever commits this sends it, then `note_sent`."""
    due = {one.organization.id: one for one in list_due(session, now)}
    for reminder in _list_unsent(session, due, now):
        reminder.claimed_at = now
        return due[reminder.organization_id]
    return None


def _list_unsent(session: Session, due: dict[str, Due], now: datetime) -> Iterable[Reminder]:
    for one in due.values():
        if one.reminder and one.may_be_mailed and one.reminder.sent_at is None:
            claimed = one.reminder.claimed_at
            if claimed is None or claimed < now - TRY_AGAIN:
                yield one.reminder


def note_sent(session: Session, organization_id: str, now: datetime) -> None:
    """Note that the letter of this week left."""
    queries.note_sent(session, organization_id, name_week(now), now)
