"""A partner as staff see it: where, when, how far, why."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from api.web.reasons import say_reasons
from api.web.service_words import describe_costs, describe_service_hours, make_phone_link, pick, say_distance
from api.web.words import Words
from referral.directory import service as directory
from referral.directory.card import ServiceCard
from referral.matching.match import Match, ReasonCode
from referral.referring.knowledge import load_knowledge

DUTCH = "nl"
# How a form names a partner: the service and, after this, the location.
SEPARATOR = "|"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerView:
    """Texts in Dutch, empty where nothing is known. `value` is what a form sends; `phones` are (number, link, note)."""

    value: str
    service_id: str
    name: str
    organisation: str
    does: str
    address: str
    hours: str
    how: str
    costs: str
    alert: str
    website: str | None
    phones: tuple[tuple[str, str, str], ...]
    distance: str
    reasons: tuple[str, ...]
    is_open: bool
    is_example: bool


def view_match(session: Session, match: Match, *, municipality: str, words: Words, now: datetime) -> PartnerView:
    """Return a partner of a ranking."""
    candidate = match.candidate
    card = directory.get_service(session, candidate.service_id, now=now, location_id=candidate.location_id)
    kilometres = next((reason.km for reason in match.reasons if reason.km is not None), None)
    return view_card(
        card,
        now=now,
        words=words,
        distance="" if kilometres is None else say_distance(kilometres, DUTCH),
        reasons=say_reasons(
            [reason.code for reason in match.reasons],
            municipality=municipality,
            groups=load_knowledge().catalogue.list_labels(card.target_groups),
            words=words,
            language=DUTCH,
        ),
        is_open=ReasonCode.OPEN_NOW in match.codes,
    )


def view_card(
    card: ServiceCard, *, now: datetime, words: Words, distance: str = "", reasons: list[str], is_open: bool
) -> PartnerView:
    return PartnerView(
        value=f"{card.service_id}{SEPARATOR}{card.location_id or ''}",
        service_id=card.service_id,
        name=card.name,
        organisation=card.organization_name,
        does=pick(card.does, DUTCH),
        address=", ".join(card.address_lines),
        hours=describe_service_hours(card, now, words=words, language=DUTCH),
        how=pick(card.how, DUTCH),
        costs=describe_costs(card, words=words, language=DUTCH),
        alert=pick(card.alert, DUTCH),
        website=card.website,
        phones=tuple((phone.number, make_phone_link(phone.number), phone.description) for phone in card.phones),
        distance=distance,
        reasons=tuple(reasons),
        is_open=is_open,
        is_example=card.is_example,
    )


def read_partner(value: str) -> tuple[str, str | None] | None:
    """Return the service and location that a form names; `None` for nobody."""
    service_id, _, location_id = value.partition(SEPARATOR)
    return (service_id, location_id or None) if service_id else None
