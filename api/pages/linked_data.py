"""A partner as schema.org JSON-LD, for search engines: https://schema.org/GovernmentService.

Hours are given by date for the coming week, so that holidays and exceptions are in them.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from api.web.service_words import pick
from referral.clock import to_local
from referral.directory.card import ServiceCard
from referral.directory.hours import Opening, list_week
from referral.directory.libraries import LIBRARY_KINDS
from referral.directory.openings import Hours

CONTEXT = "https://schema.org"
# A service of one of these kinds is given by a library.
DAY_END = "23:59"


def describe_service(card: ServiceCard, now: datetime, *, url: str, language: str) -> dict[str, Any]:
    """Return the service with its location, numbers and hours; `url` is its page, absolute."""
    found = {
        "@type": "GovernmentService" if card.is_government else "Service",
        "@id": url,
        "url": url,
        "name": card.name,
        "description": pick(card.does, language),
        "provider": {"@type": _find_type(card), "name": card.organization_name},
        "availableLanguage": ["nl", *card.languages],
        "availableChannel": _describe_channel(card, now),
        "offers": {"@type": "Offer", "price": 0, "priceCurrency": "EUR"} if card.is_free else None,
    }
    return _leave_out_empty(found)


def describe_list(services: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return a list of services, as the page shows them."""
    elements = [
        {"@type": "ListItem", "position": number, "item": service} for number, service in enumerate(services, start=1)
    ]
    return {"@context": CONTEXT, "@type": "ItemList", "itemListElement": elements}


def _find_type(card: ServiceCard) -> str:
    if set(LIBRARY_KINDS) & set(card.kinds):
        return "LibrarySystem"
    return "GovernmentOrganization" if card.is_government else "Organization"


def _describe_channel(card: ServiceCard, now: datetime) -> dict[str, Any]:
    hours = _list_hours(card.phone_hours, now) if card.phone_hours else None
    channel = {
        "@type": "ServiceChannel",
        "serviceUrl": card.website,
        "serviceLocation": _describe_location(card, now) if card.location_id else None,
        "servicePhone": [
            _leave_out_empty({"@type": "ContactPoint", "telephone": phone.number, "hoursAvailable": hours})
            for phone in card.phones
        ],
    }
    return _leave_out_empty(channel)


def _describe_location(card: ServiceCard, now: datetime) -> dict[str, Any]:
    has_point = card.latitude is not None and card.longitude is not None
    point = {"@type": "GeoCoordinates", "latitude": card.latitude, "longitude": card.longitude}
    location = {
        "@type": "Library" if set(LIBRARY_KINDS) & set(card.kinds) else "Place",
        "name": card.location_name,
        "address": ", ".join(card.address_lines),
        "geo": point if has_point else None,
        "openingHoursSpecification": _list_hours(card.hours, now) if card.hours else None,
    }
    return _leave_out_empty(location)


def _list_hours(hours: Hours, now: datetime) -> list[dict[str, Any]]:
    week = list_week(hours, to_local(now).date())
    return [
        {
            "@type": "OpeningHoursSpecification",
            "validFrom": day.isoformat(),
            "validThrough": day.isoformat(),
            "dayOfWeek": f"{CONTEXT}/{day:%A}",
            "opens": f"{to_local(opening.start):%H:%M}",
            "closes": _say_end(opening),
        }
        for day, openings in week
        for opening in openings
    ]


def _say_end(opening: Opening) -> str:
    return f"{to_local(opening.end):%H:%M}" if opening.end else DAY_END


def _leave_out_empty(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if value not in (None, "", [])}
