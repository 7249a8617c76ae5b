"""From the desk: a visitor's question is registered, and the visitor is sent to the partner that staff chose.

One call writes the question, the referral and why no local partner could be offered, or nothing at all.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from referral.clock import to_local
from referral.directory import service as directory
from referral.errors import PartnerGone
from referral.journal import registration
from referral.journal import service as journal
from referral.journal.form import Answers
from referral.journal.service import Asked
from referral.journal.statuses import Actor, Status, Way
from referral.matching.match import Match
from referral.matching.service import Outcome, find_partner
from referral.models.question import Question
from referral.models.referral import Referral
from referral.places.table import Place, PlaceTable
from referral.referring.knowledge import Knowledge
from referral.referring.service import make_offer, record_gap

DESK = "desk"
DUTCH = "nl"
# So many stand beside a card: more are not read.
MOST_PARTNERS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """A question as staff send it. `partner` is the id of the service that was chosen and of its location, if any."""

    turn_id: str
    topic: str
    library_id: str
    visit_id: str | None
    answers: Answers
    place: Place | None
    partner: tuple[str, str | None] | None = None
    way: Way = Way.COLD


def find_library_place(session: Session, library_id: str, places: PlaceTable) -> Place | None:
    """Return the municipality that a library is in, as a place; `None` when the directory does not tell."""
    library = directory.find_organization(session, library_id)
    return places.find_whole(library.municipality) if library and library.municipality else None


def find_partners(session: Session, topic: str, *, place: Place | None, knowledge: Knowledge, now: datetime) -> Outcome:
    """Return who can help with a topic, ranked, for the place of the desk. Raises `UnknownTopic`."""
    known = knowledge.catalogue.get_topic(topic)
    return find_partner(
        session,
        partners=known.partners,
        national=known.national,
        now=now,
        municipality=place.municipality_code if place else None,
        point=place.point if place else None,
    )


def register_visit(
    session: Session, visited: Visited, knowledge: Knowledge, now: datetime
) -> tuple[Question, Referral | None]:
    """Write everything of one question, once a turn.

    Raises `UnknownTopic`, `PartnerGone` when the partner that was chosen is not offered any more.
    """
    outcome = find_partners(session, visited.topic, place=visited.place, knowledge=knowledge, now=now)
    question = registration.register(session, _describe(session, visited, knowledge, now), visited.answers, now)
    record_gap(session, turn_id=visited.turn_id, question=question, outcome=outcome, now=now)
    if visited.partner is None:
        return question, None
    match = find_chosen(outcome, visited.partner)
    offer = make_offer(question, match, way=visited.way)
    referral = journal.refer(session, turn_id=visited.turn_id, question=question, offer=offer, now=now)
    journal.mark_shown(session, referral.id, now)
    if visited.way is not Way.COLD and referral.status == Status.REQUESTED:
        journal.change_status(session, referral, Status.ACCEPTED, actor=Actor.STAFF, reason=None, now=now)
        journal.take_up(session, referral.id, "confirmed", now)
    return question, referral


def find_chosen(outcome: Outcome, partner: tuple[str, str | None]) -> Match:
    for match in outcome.matches:
        if (match.candidate.service_id, match.candidate.location_id) == partner:
            return match
    raise PartnerGone("not among those who can help now")


def _describe(session: Session, visited: Visited, knowledge: Knowledge, now: datetime) -> Asked:
    is_sensitive = knowledge.catalogue.is_sensitive(visited.topic)
    return Asked(
        turn_id=visited.turn_id,
        visit_id=None if is_sensitive else _get_visit(session, visited, now),
        library_id=visited.library_id,
        kind=visited.answers.kind,
        topic=visited.topic,
        is_sensitive=is_sensitive,
        organisation=visited.answers.organisation,
        municipality=visited.place.municipality_code if visited.place else None,
    )


def _get_visit(session: Session, visited: Visited, now: datetime) -> str:
    """Return the visit that goes on, or open one: for a new visitor, and when the old visit is of another day."""
    if known := registration.find_visit(session, visited.turn_id, visited.visit_id):
        here = (visited.library_id, DESK, to_local(now).date())
        if (known.library_id, known.channel, known.day) == here:
            return known.id
    return journal.open_visit(session, channel=DESK, library_id=visited.library_id, language=DUTCH, now=now).id
