"""Says what the directory knows of a partner, for every door: hours, costs, distance, warnings, numbers to dial."""

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote_plus

import phonenumbers

from api.web.hours_words import describe_hours
from api.web.words import Words
from referral.directory.card import Cost, ServiceCard
from referral.directory.card import Words as TextByLanguage
from referral.directory.hours import HoursToday
from referral.referring.facts import ReferralFacts

REGION = "NL"
MAP = "https://www.openstreetmap.org"
# Numbers that cannot be dialled with +31: information numbers (Nummerplan telefoon- en ISDN-diensten), and all short
# ones (112, 14 038), which do not begin with a 0.
NATIONAL_ONLY = ("0800", "0900", "0906", "0909")
_NO_DIGIT = re.compile(r"[^+\d]")


def pick(text: TextByLanguage, language: str) -> str:
    """Return the text in that language, in Dutch where there is none, empty where there is nothing."""
    return text.get(language) or text.get("nl", "")


def describe_service_hours(service: ServiceCard, now: datetime, *, words: Words, language: str) -> str:
    """Return the hours to come by, or else to call; that they are unknown when nothing is known."""
    return _describe_today(service, service.today or service.phone_today, now, words=words, language=language)


def describe_phone_hours(service: ServiceCard, now: datetime, *, words: Words, language: str) -> str:
    """Return the hours to call, or else to come by: somebody may be there while nobody answers the phone."""
    return _describe_today(service, service.phone_today or service.today, now, words=words, language=language)


def _describe_today(
    service: ServiceCard, today: HoursToday | None, now: datetime, *, words: Words, language: str
) -> str:
    if today is None:
        key = "hours_appointment" if service.by_appointment else "hours_unknown"
        return words.get_text(key, language)
    return describe_hours(today, now, words=words, language=language)


def describe_costs(service: ServiceCard, *, words: Words, language: str) -> str:
    """Return what it costs in words, that it is free where that is known, else nothing."""
    said = [pick(cost.words, language) for cost in service.costs if pick(cost.words, language)]
    if said:
        return " ".join(said)
    return words.get_text("card_free", language) if _is_all_free(service.costs) else ""


def _is_all_free(costs: Sequence[Cost]) -> bool:
    return bool(costs) and all(cost.amount == 0 for cost in costs)


def list_bring(facts: ReferralFacts, language: str) -> list[str]:
    """Return what to bring: what the partner asks for, or else what the topic's card says."""
    documents = [pick(document, language) for document in facts.service.required_documents]
    return documents or [paragraph.text for paragraph in facts.topic_card.bring]


def say_distance(kilometres: float, language: str) -> str:
    """Return "1,2 km"; people think in tenths below ten kilometres, and nothing is at no distance at all."""
    rounded = f"{max(kilometres, 0.1):.1f}" if kilometres < 10 else f"{kilometres:.0f}"
    return f"{rounded if language == 'en' else rounded.replace('.', ',')} km"


def describe_warning(service: ServiceCard, *, words: Words, language: str) -> str | None:
    """Return what a citizen must know before going: the partner's own alert, and a check that is overdue."""
    warnings = [pick(service.alert, language)]
    if service.is_check_overdue:
        warnings.append(words.get_text("card_overdue", language))
    return " ".join(warning for warning in warnings if warning) or None


def make_map_link(service: ServiceCard) -> str | None:
    """Return a map with the place on it: by its point where that is known, else by its address."""
    if service.latitude is not None and service.longitude is not None:
        at = f"{service.latitude}/{service.longitude}"
        return f"{MAP}/?mlat={service.latitude}&mlon={service.longitude}#map=17/{at}"
    if service.address_lines:
        return f"{MAP}/search?query={quote_plus(', '.join(service.address_lines))}"
    return None


def make_phone_link(number: str) -> str:
    """Return the number as it is dialled, with the code of the country where that can be (RFC 3966)."""
    digits = _NO_DIGIT.sub("", number)
    if digits.startswith(("0", "+")) and not digits.startswith(NATIONAL_ONLY):
        try:
            parsed = phonenumbers.parse(digits, REGION)
        except phonenumbers.NumberParseException:
            return f"tel:{digits}"
        if phonenumbers.is_valid_number(parsed):
            return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.RFC3966)
    return f"tel:{digits}"
