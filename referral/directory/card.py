"""Everything that a referral card shows, as one frozen value; `api.chat.render` makes the sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from referral.directory.hours import HoursToday
from referral.directory.openings import Hours
from referral.models.columns import Evidence, Status, Wheelchair

Words = Mapping[str, str]
"""A text by language: `nl` always, other languages where somebody wrote them."""


def translate(dutch: str | None, translations: Mapping[str, Mapping[str, str]], name: str) -> Words:
    """Return a column's text by language; empty when there is no text at all."""
    if not dutch:
        return {}
    return {"nl": dutch} | {language: texts[name] for language, texts in translations.items() if texts.get(name)}


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """A number that may be shown."""

    number: str
    description: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Cost:
    """What it costs, in euros; an `amount` of 0 is free, none is unknown."""

    amount: Decimal | None
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCard:
    """A service at one location (or none: by phone or online only), as it is at `moment` of asking.

    `today` are the hours to come by, `phone_today` those to call; either may be missing. `opening_hours` are the OSM
    strings behind them. `phones` never holds an unverified number. `is_offered` is False for what is closed or moved:
    such a card is for the staff's screens, not for a citizen. `is_free` is None where it is not known.
    """

    service_id: str
    organization_id: str
    location_id: str | None
    name: str
    organization_name: str
    kinds: tuple[str, ...]
    target_groups: tuple[str, ...]
    does: Words
    address_lines: tuple[str, ...]
    location_name: str | None
    latitude: float | None
    longitude: float | None
    transportation: str | None
    hours: Hours | None
    today: HoursToday | None
    phone_hours: Hours | None
    phone_today: HoursToday | None
    opening_hours: tuple[str, ...]
    hours_notes: tuple[str, ...]
    phones: tuple[PhoneLine, ...]
    website: str | None
    email: str | None
    by_appointment: bool
    how: Words
    costs: tuple[Cost, ...]
    is_free: bool | None
    required_documents: tuple[Words, ...]
    languages: tuple[str, ...]
    interpretation_services: str | None
    eligibility: Words
    wheelchair: Wheelchair | None
    accessibility: str | None
    alert: Words
    status: Status
    is_offered: bool
    is_government: bool
    is_example: bool
    assured_date: date | None
    check_due: date | None
    is_check_overdue: bool
