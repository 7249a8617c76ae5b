"""What a page shows of a partner: plain words and lines, in one language."""

from dataclasses import dataclass
from datetime import datetime

from api.web.hours_words import say_date, say_opening
from api.web.service_words import (
    describe_costs,
    describe_service_hours,
    describe_warning,
    make_phone_link,
    pick,
)
from api.web.words import Words
from referral.clock import to_local
from referral.directory.card import ServiceCard
from referral.directory.hours import list_week


@dataclass(frozen=True, slots=True)
class PhoneText:
    number: str
    call: str
    note: str


@dataclass(frozen=True, slots=True)
class DayText:
    """A day of the coming week and its hours, "9.30 – 12.00"; no hours: closed."""

    day: str
    hours: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerText:
    """A partner as a page shows it; empty texts are left out by the template."""

    service_id: str
    location_id: str | None
    name: str
    organisation: str
    does: str
    address: str
    location_name: str
    transportation: str
    accessibility: str
    hours: str
    hours_notes: tuple[str, ...]
    week: tuple[DayText, ...]
    is_week_of_phone: bool
    phones: tuple[PhoneText, ...]
    website: str
    email: str
    how: str
    cost: str
    eligibility: str
    bring: tuple[str, ...]
    warning: str
    checked: str
    is_offered: bool
    is_example: bool


def make_partner_text(card: ServiceCard, now: datetime, *, words: Words, language: str) -> PartnerText:
    """Return a partner in one language; no number is unverified, the directory sees to that."""
    hours = card.hours or card.phone_hours
    return PartnerText(
        service_id=card.service_id,
        location_id=card.location_id,
        name=card.name,
        organisation=card.organization_name,
        does=pick(card.does, language),
        address=", ".join(card.address_lines),
        location_name=card.location_name or "",
        transportation=card.transportation or "",
        accessibility=card.accessibility or "",
        hours=describe_service_hours(card, now, words=words, language=language),
        hours_notes=card.hours_notes,
        week=tuple(
            DayText(say_date(day, language), tuple(say_opening(opening, words, language) for opening in openings))
            for day, openings in (list_week(hours, to_local(now).date()) if hours else ())
        ),
        is_week_of_phone=card.hours is None,
        phones=tuple(PhoneText(one.number, make_phone_link(one.number), one.description) for one in card.phones),
        website=_check_link(card.website),
        email=card.email or "",
        how=pick(card.how, language),
        cost=describe_costs(card, words=words, language=language),
        eligibility=pick(card.eligibility, language),
        bring=tuple(pick(document, language) for document in card.required_documents),
        warning=describe_warning(card, words=words, language=language) or "",
        checked=say_date(card.assured_date, language) + f" {card.assured_date.year}" if card.assured_date else "",
        is_offered=card.is_offered,
        is_example=card.is_example,
    )


def _check_link(url: str | None) -> str:
    """Return an address that a browser may open; the directory holds what others sent."""
    return url if url and url.startswith(("https://", "http://")) else ""
