"""Numbers that were read nowhere: shown only after somebody of the library has confirmed them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from referral.clock import to_local
from referral.errors import NotFound
from referral.exchange.fields import write_fields
from referral.exchange.records import Record
from referral.models.columns import Evidence
from referral.models.organization import Organization
from referral.models.phone import Phone
from referral.models.service import Service
from referral.overlay import queries

SOURCE = "overlay"


@dataclass(frozen=True, slots=True)
class Unverified:
    """`service` is empty for a number of the whole organization."""

    phone: Phone
    service: Service | None
    organization: Organization


def list_unverified(session: Session) -> Sequence[Unverified]:
    """Return every number that was read nowhere, also those that were confirmed since."""
    return [Unverified(*row) for row in queries.list_unverified(session)]


def get_unverified(session: Session, phone_id: str) -> Unverified:
    """Return one, or raise `NotFound`."""
    for one in list_unverified(session):
        if one.phone.id == phone_id:
            return one
    raise NotFound("no such number")


def confirm_phone(session: Session, phone: Phone, *, by: str, now: datetime) -> None:
    """Say that a number is right: it may be shown from now on, and stays confirmed after an upgrade."""
    _write(session, phone, to_local(now).date(), by, by=by, now=now)


def withdraw_phone(session: Session, phone: Phone, *, by: str, now: datetime) -> None:
    """Take it back: the number is not shown any more."""
    _write(session, phone, None, None, by=by, now=now)


def _write(
    session: Session, phone: Phone, assured_date: date | None, assurer: str | None, *, by: str, now: datetime
) -> None:
    if phone.evidence is not Evidence.UNVERIFIED:
        raise NotFound("a number that needs no confirmation")
    confirmed = Record("phone", phone.id, {"assured_date": assured_date, "assurer_name": assurer})
    write_fields(session, [confirmed], source=SOURCE, by=by, now=now)
