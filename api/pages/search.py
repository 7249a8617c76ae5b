"""Looks for partners for the page of results: a topic or kind of help, and a place."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from referral.catalogue.topics import Topic
from referral.directory import service as directory
from referral.directory.card import ServiceCard
from referral.errors import UnknownTopic
from referral.matching.match import LeftOut, ReasonCode
from referral.matching.service import find_partner
from referral.matching.wishes import Arrival, Wanted, When, Wish
from referral.places.service import find_places
from referral.places.table import Place
from referral.referring.knowledge import Knowledge

# What the form offers to tick, in the words of the reason that a partner then has.
WISHES: Mapping[Wish, ReasonCode] = {
    Wish.FREE: ReasonCode.FREE,
    Wish.WALK_IN: ReasonCode.WALK_IN,
    Wish.TODAY: ReasonCode.OPENS_TODAY,
    Wish.EVENING: ReasonCode.IN_EVENING,
    Wish.WHEELCHAIR: ReasonCode.ACCESSIBLE,
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A partner in the list, with the reasons for its place there and how far it is."""

    card: ServiceCard
    reasons: tuple[str, ...]
    distance_km: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What help is looked for: `kinds` of partner and `national` organisations, best first."""

    label: dict[str, str]
    kinds: tuple[str, ...]
    national: tuple[str, ...] = ()
    topic: str | None = None
    kind: str | None = None


def find_subject(knowledge: Knowledge, *, topic: str, kind: str) -> Subject | None:
    """Return what is asked for; None when nothing is, or nothing that exists."""
    if kind in knowledge.catalogue.partner_kinds:
        found = knowledge.catalogue.partner_kinds[kind]
        return Subject(label={"nl": found.label}, kinds=(kind,), kind=kind)
    try:
        wanted = knowledge.catalogue.get_topic(topic)
    except UnknownTopic:
        return None
    return Subject(label=wanted.label, kinds=wanted.partners, national=wanted.national, topic=wanted.id)


def list_subjects(knowledge: Knowledge) -> dict[str, list[Topic]]:
    """Return the topics by domain; who is in an emergency needs no list."""
    domains: dict[str, list[Topic]] = {}
    for topic in knowledge.catalogue.topics.values():
        if not topic.is_emergency:
            domains.setdefault(topic.domain, []).append(topic)
    return domains


def list_places(knowledge: Knowledge, place: str) -> tuple[Place, ...]:
    """Return the places that the text may name; none when it is empty or unknown."""
    return find_places(place, knowledge.places, knowledge.postcodes) if place.strip() else ()


def read_wishes(chosen: Collection[str]) -> Wanted:
    """Return what was ticked; what the form does not offer is nothing."""
    return Wanted(
        wheelchair=Wish.WHEELCHAIR in chosen,
        free=Wish.FREE in chosen,
        arrival=Arrival.WALK_IN if Wish.WALK_IN in chosen else None,
        evening=Wish.EVENING in chosen,
        when=When.TODAY if Wish.TODAY in chosen else None,
    )


def find_hits(
    session: Session, subject: Subject, place: Place | None, wanted: Wanted, now: datetime
) -> tuple[list[Hit], tuple[LeftOut, ...]]:
    """Return who can help there, in the order of the assistant, and how many lack what is wanted.

    Without a place it is whoever is there for everybody.
    """
    outcome = find_partner(
        session,
        partners=subject.kinds,
        national=subject.national,
        now=now,
        municipality=place.municipality_code if place else None,
        point=place.point if place else None,
        preferred=wanted,
        required=wanted,
    )
    hits = [
        Hit(
            card=directory.get_service(
                session, match.candidate.service_id, now=now, location_id=match.candidate.location_id
            ),
            reasons=tuple(reason.code for reason in match.reasons),
            distance_km=next((reason.km for reason in match.reasons if reason.km is not None), None),
        )
        for match in outcome.matches
    ]
    return hits, outcome.left_out
