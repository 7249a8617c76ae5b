"""Turns what the directory knows of a partner into the card that a citizen sees."""

import re
from collections.abc import Sequence
from datetime import datetime

import phonenumbers

from api.chat.hours_words import describe_hours
from api.chat.reasons import say_reasons
from api.chat.schemas import CardView, LineView, PhoneView
from api.chat.words import Words
from referral.directory.card import Cost, PhoneLine, ServiceCard
from referral.directory.card import Words as TextByLanguage
from referral.directory.hours import HoursToday
from referral.matching.match import AGAINST
from referral.referring.facts import ReferralFacts

MAX_BRING = 5
REGION = "NL"
# Numbers that cannot be dialled with +31: information numbers (Nummerplan telefoon- en ISDN-diensten), and all short
# ones (112, 14 038), which do not begin with a 0.
NATIONAL_ONLY = ("0800", "0900", "0906", "0909")
_NO_DIGIT = re.compile(r"[^+\d]")


def make_card_view(facts: ReferralFacts, now: datetime, *, words: Words, language: str) -> CardView:
    """Return the card of a referral in one language; the directory sees to it that no number is unverified."""
    service = facts.service
    return CardView(
        code=facts.code,
        service_id=service.service_id,
        name=service.name,
        organisation=service.organization_name,
        does=pick(service.does, language),
        lines=list(_list_lines(facts, now, words=words, language=language)),
        phones=[make_phone_view(phone) for phone in service.phones],
        website=service.website or None,
        bring_heading=words.get_text("card_bring", language),
        bring=list_bring(facts, language),
        reasons=say_reasons(
            (code for code in facts.reasons if code not in AGAINST),
            municipality=facts.municipality,
            groups=facts.groups,
            words=words,
            language=language,
        ),
        warning=_warn(service, words=words, language=language),
        is_example=service.is_example,
    )


def _list_lines(facts: ReferralFacts, now: datetime, *, words: Words, language: str) -> Sequence[LineView]:
    service = facts.service
    address = ", ".join(service.address_lines)
    if address and facts.distance_km is not None:
        address = f"{address} ({say_distance(facts.distance_km, language)})"
    found = (
        ("card_address", address),
        ("card_hours", describe_service_hours(service, now, words=words, language=language)),
        ("card_how", pick(service.how, language)),
        ("card_cost", _describe_costs(service, words=words, language=language)),
    )
    return [LineView(heading=words.get_text(key, language), text=text) for key, text in found if text]


def list_bring(facts: ReferralFacts, language: str) -> list[str]:
    """Return what to bring: what the partner asks for, or else what the topic's card says."""
    documents = [pick(document, language) for document in facts.service.required_documents]
    return (documents or [paragraph.text for paragraph in facts.topic_card.bring])[:MAX_BRING]


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


def make_phone_view(phone: PhoneLine) -> PhoneView:
    return PhoneView(number=phone.number, call=_make_link(phone.number), note=phone.description or None)


def _make_link(number: str) -> str:
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


def say_distance(kilometres: float, language: str) -> str:
    """Return "1,2 km"; people think in tenths below ten kilometres, and nothing is at no distance at all."""
    rounded = f"{max(kilometres, 0.1):.1f}" if kilometres < 10 else f"{kilometres:.0f}"
    return f"{rounded if language == 'en' else rounded.replace('.', ',')} km"


def pick(text: TextByLanguage, language: str) -> str:
    """Return the text in that language, in Dutch where there is none, empty where there is nothing."""
    return text.get(language) or text.get("nl", "")


def _describe_costs(service: ServiceCard, *, words: Words, language: str) -> str:
    said = [pick(cost.words, language) for cost in service.costs if pick(cost.words, language)]
    if said:
        return " ".join(said)
    return words.get_text("card_free", language) if _is_all_free(service.costs) else ""


def _is_all_free(costs: Sequence[Cost]) -> bool:
    return bool(costs) and all(cost.amount == 0 for cost in costs)


def _warn(service: ServiceCard, *, words: Words, language: str) -> str | None:
    warnings = [pick(service.alert, language)]
    if service.is_check_overdue:
        warnings.append(words.get_text("card_overdue", language))
    return " ".join(warning for warning in warnings if warning) or None
