"""Turns what the directory knows of a partner into the card that a citizen sees."""

from collections.abc import Sequence
from datetime import datetime

from api.chat.schemas import CardView, LineView, PhoneView
from api.chat.steps import list_steps
from api.web.reasons import keep_in_favour, say_reasons
from api.web.service_words import (
    describe_costs,
    describe_service_hours,
    describe_warning,
    list_bring,
    make_map_link,
    make_phone_link,
    pick,
    say_distance,
)
from api.web.slip import make_slip_path
from api.web.words import Words
from referral.directory.card import PhoneLine
from referral.language.registry import choose_whole
from referral.referring.facts import ReferralFacts

MAX_BRING = 5


def make_card_view(facts: ReferralFacts, now: datetime, *, words: Words, language: str) -> CardView:
    """Return the card of a referral, its headings in `language`; the directory sees to it that no number is unverified.

    What the directory tells is in Dutch where it has nothing in that language.
    """
    service = facts.service
    told = choose_whole(language)
    return CardView(
        code=facts.code,
        service_id=service.service_id,
        name=service.name,
        organisation=service.organization_name,
        does=pick(service.does, told),
        lines=list(_list_lines(facts, now, words=words, language=language)),
        phones=[make_phone_view(phone) for phone in service.phones],
        website=service.website or None,
        bring_heading=words.get_text("card_bring", language),
        bring=list_bring(facts, told)[:MAX_BRING],
        reasons=say_reasons(
            keep_in_favour(facts.reasons),
            municipality=facts.municipality,
            groups=facts.groups,
            words=words,
            language=told,
        ),
        warning=describe_warning(service, words=words, language=told),
        is_example=service.is_example,
        map=make_map_link(service),
        latitude=service.latitude,
        longitude=service.longitude,
        slip=make_slip_path(facts.slip_key, told),
        language=None if told == language else told,
        steps=list_steps(facts, words=words, language=told),
    )


def _list_lines(facts: ReferralFacts, now: datetime, *, words: Words, language: str) -> Sequence[LineView]:
    service, told = facts.service, choose_whole(language)
    address = ", ".join(service.address_lines)
    if address and facts.distance_km is not None:
        address = f"{address} ({say_distance(facts.distance_km, told)})"
    found = (
        ("card_address", address),
        ("card_hours", describe_service_hours(service, now, words=words, language=told)),
        ("card_how", pick(service.how, told)),
        ("card_cost", describe_costs(service, words=words, language=told)),
    )
    return [LineView(heading=words.get_text(key, language), text=text) for key, text in found if text]


def make_phone_view(phone: PhoneLine) -> PhoneView:
    return PhoneView(number=phone.number, call=make_phone_link(phone.number), note=phone.description or None)
