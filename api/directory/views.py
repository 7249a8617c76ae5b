"""From the directory's values to what goes over the wire."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from api.directory.schemas import (
    CostView,
    DayView,
    HoursView,
    ListedService,
    Location,
    MatchView,
    OpeningView,
    Organization,
    OrganizationName,
    Phone,
    PlaceOfService,
    ReasonView,
    Scope,
    Service,
    ServiceLocation,
    ServiceSummary,
)
from api.web.reasons import say_reasons
from api.web.service_words import make_phone_link
from api.web.words import Words
from referral.clock import to_local
from referral.directory.candidate import Candidate
from referral.directory.card import PhoneLine, ServiceCard
from referral.directory.hours import HoursToday, Opening, describe_today, list_week
from referral.directory.openings import Hours
from referral.directory.search import LocationEntry, OrganizationEntry
from referral.matching.listing import Listed
from referral.matching.match import Match, Reason
from referral.referring.knowledge import load_knowledge


def view_summary(candidates: Sequence[Candidate], now: datetime) -> ServiceSummary:
    """Return a service of which these are the candidates: one a location, or one without any."""
    one = candidates[0]
    at = [candidate for candidate in candidates if candidate.location_id]
    return ServiceSummary(
        id=one.service_id,
        name=one.name,
        organization=OrganizationName(id=one.organization_id, name=one.organization_name),
        kinds=sorted(one.kinds),
        serves=sorted(one.serves),
        channels=sorted({channel for candidate in candidates for channel in candidate.channels}),
        languages=sorted({code for candidate in candidates for code in candidate.languages}),
        is_free=one.is_free,
        target_groups=sorted(one.target_groups),
        by_appointment=one.by_appointment,
        status=one.status,
        locations=[_view_place(candidate, now) for candidate in at],
        phone_hours=None if at else _view_known_hours(one.hours, now),
        assured_date=one.assured_date,
        check_due=one.check_due,
        is_example=one.is_example,
    )


def _view_place(candidate: Candidate, now: datetime) -> PlaceOfService:
    return PlaceOfService(
        location_id=candidate.location_id or "",
        latitude=candidate.latitude,
        longitude=candidate.longitude,
        wheelchair=candidate.wheelchair,
        hours=_view_known_hours(candidate.hours, now),
    )


def _view_known_hours(hours: Hours, now: datetime) -> HoursView | None:
    return view_hours(describe_today(hours, now)) if hours.timetables else None


def view_hours(today: HoursToday) -> HoursView:
    return HoursView(
        open_now=today.open_now,
        open_until=today.open_until,
        opens_next=view_opening(today.opens_next) if today.opens_next else None,
        by_appointment=today.by_appointment,
        always_open=today.always_open,
        holiday=today.holiday,
        exception=today.exception or None,
        unsure=today.unsure,
    )


def view_opening(opening: Opening) -> OpeningView:
    return OpeningView(
        start=opening.start, end=opening.end, by_appointment=opening.by_appointment, note=opening.note or None
    )


def view_service(candidates: Sequence[Candidate], cards: Sequence[ServiceCard], now: datetime) -> Service:
    """Return a service with everything; `cards` are those of its locations, or one without a location."""
    summary = view_summary(candidates, now)
    card = cards[0]
    return Service(
        **summary.model_dump(exclude={"locations", "phone_hours"}),
        locations=[_view_location(one, now) for one in cards if one.location_id],
        phone_hours=view_hours(card.phone_today) if card.phone_today else None,
        description=card.does,
        how=card.how,
        eligibility=card.eligibility,
        alert=card.alert,
        costs=[
            CostView(amount=None if cost.amount is None else float(cost.amount), description=cost.words)
            for cost in card.costs
        ],
        required_documents=card.required_documents,
        interpretation_services=card.interpretation_services,
        phones=view_phones(card.phones),
        website=card.website,
        email=card.email,
        is_check_overdue=card.is_check_overdue,
        is_offered=card.is_offered,
    )


def _view_location(card: ServiceCard, now: datetime) -> ServiceLocation:
    return ServiceLocation(
        location_id=card.location_id or "",
        name=card.location_name,
        address_lines=card.address_lines,
        latitude=card.latitude,
        longitude=card.longitude,
        transportation=card.transportation,
        wheelchair=card.wheelchair,
        accessibility=card.accessibility,
        hours=view_hours(card.today) if card.today else None,
        opening_hours=card.opening_hours,
        hours_notes=card.hours_notes,
        week=_view_week(card.hours, now) if card.hours else [],
        phones=view_phones(card.phones),
    )


def _view_week(hours: Hours, now: datetime) -> list[DayView]:
    week = list_week(hours, to_local(now).date())
    return [DayView(day=day, openings=[view_opening(opening) for opening in openings]) for day, openings in week]


def view_phones(phones: Sequence[PhoneLine]) -> list[Phone]:
    return [
        Phone(
            number=phone.number,
            call=make_phone_link(phone.number),
            description=phone.description or None,
            evidence=phone.evidence,
        )
        for phone in phones
    ]


def view_organization(entry: OrganizationEntry) -> Organization:
    return Organization(
        id=entry.organization_id,
        name=entry.name,
        description=entry.description,
        website=entry.website,
        email=entry.email,
        municipality=entry.municipality,
        is_government=entry.is_government,
        is_example=entry.is_example,
        phones=view_phones(entry.phones),
    )


def view_location(entry: LocationEntry) -> Location:
    return Location(
        id=entry.location_id,
        organization_id=entry.organization_id,
        name=entry.name,
        street=entry.street,
        postcode=entry.postcode,
        city=entry.city,
        municipality=entry.municipality,
        latitude=entry.latitude,
        longitude=entry.longitude,
        transportation=entry.transportation,
        wheelchair=entry.wheelchair,
        status=entry.status,
        is_example=entry.is_example,
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the reasons: when, from which municipality (its code, if one is known), and the words for them."""

    now: datetime
    municipality: str | None
    words: Words


def view_listed(listed: Listed, reader: Reader) -> ListedService:
    return ListedService(
        **view_summary(listed.candidates, reader.now).model_dump(),
        reasons=view_reasons(listed.reasons, listed.candidates[0].target_groups, reader),
    )


def view_match(match: Match, reader: Reader, *, scope: Scope) -> MatchView:
    return MatchView(
        scope=scope,
        location_id=match.candidate.location_id,
        service=view_summary([match.candidate], reader.now),
        reasons=view_reasons(match.reasons, match.candidate.target_groups, reader),
    )


def view_reasons(reasons: Iterable[Reason], target_groups: Iterable[str], reader: Reader) -> list[ReasonView]:
    """Return the reasons of a service for these groups, with their words in every language."""
    knowledge = load_knowledge()
    home = knowledge.places.find_municipality(reader.municipality) if reader.municipality else None
    groups = knowledge.catalogue.list_labels(sorted(target_groups))

    def say(reason: Reason, language: str) -> str:
        return "".join(
            say_reasons(
                [reason.code],
                municipality=home.name if home else None,
                groups=groups,
                words=reader.words,
                language=language,
            )
        )

    return [
        ReasonView(
            code=reason.code,
            text={language: say(reason, language) for language in reader.words.texts},
            moment=reason.moment,
            km=reason.km,
            language=reason.language,
        )
        for reason in reasons
    ]
