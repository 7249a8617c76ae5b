"""From a topic and a place to a referral in the journal: the one call that actions, desk and fallback make.

Nothing here makes a sentence and nothing commits: what comes back is a kind of outcome with ids of what was written.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from referral.catalogue.topics import Topic
from referral.directory import service as directory
from referral.errors import AmbiguousPlace, UnknownPlace
from referral.journal import service as journal
from referral.journal.service import Asked, Offer
from referral.journal.statuses import Way
from referral.matching.gaps import GapKind
from referral.matching.match import Match
from referral.matching.service import Outcome, find_partner
from referral.matching.wishes import Wanted
from referral.models.question import Question
from referral.models.referral import Referral
from referral.places.service import resolve_place
from referral.places.table import Place
from referral.referring.knowledge import Knowledge


class Kind(StrEnum):
    """What a call led to: a card, what is needed first, or nothing to offer."""

    CARD = "card"
    ASK_PLACE = "ask_place"
    CHOOSE_PLACE = "choose_place"
    PLACE_UNKNOWN = "place_unknown"
    NO_PARTNER = "no_partner"


class Intro(StrEnum):
    """How the card is introduced; the values are text keys."""

    LOCAL = "refer"
    NATIONAL = "refer_national"
    NO_PLACE = "refer_no_place"
    CLOSED_LONG = "refer_closed_long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A citizen's question as far as it is known.

    `place` is what the citizen typed or chose; `question_id` the question that this turn goes on with, if any;
    `wants_another`: the services that were offered for it are not to be offered again.
    """

    turn_id: str
    topic: str
    library_id: str
    visit_id: str | None
    language: str
    place: str | None = None
    skipped_place: bool = False
    sender: str | None = None
    signal: str | None = None
    question_id: str | None = None
    referral_id: str | None = None
    wants_another: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """`choices` are names of places, for `CHOOSE_PLACE`."""

    kind: Kind
    question_id: str
    referral_id: str | None = None
    intro: Intro = Intro.LOCAL
    choices: tuple[str, ...] = ()


def refer_citizen(session: Session, ask: Ask, knowledge: Knowledge, now: datetime) -> Result:
    """Find the partner and write the referral, or say what is needed first. Idempotent by `ask.turn_id`.

    Raises `UnknownTopic`, and `DatabaseUnavailable` through the session.
    """
    topic = knowledge.catalogue.get_topic(ask.topic)
    question = get_question(session, ask, topic, knowledge, now)
    place: Place | None = None
    if topic.partners and ask.place:
        try:
            place = resolve_place(ask.place, knowledge.places, knowledge.postcodes)
        except AmbiguousPlace as error:
            return Result(kind=Kind.CHOOSE_PLACE, question_id=question.id, choices=error.choices)
        except UnknownPlace:
            return Result(kind=Kind.PLACE_UNKNOWN, question_id=question.id)
    elif topic.partners and not ask.skipped_place:
        return Result(kind=Kind.ASK_PLACE, question_id=question.id)
    return _refer_from(session, ask, topic, question=question, place=place, now=now)


def _refer_from(
    session: Session, ask: Ask, topic: Topic, *, question: Question, place: Place | None, now: datetime
) -> Result:
    if place and not question.day_only:
        question.municipality = place.municipality_code
    outcome = find_partner(
        session,
        partners=topic.partners,
        national=topic.national,
        now=now,
        municipality=place.municipality_code if place else None,
        point=place.point if place else None,
        preferred=Wanted(language=ask.language),
        declined=journal.list_offered_services(session, question.id) if ask.wants_another else (),
        limit=1,
    )
    record_gap(session, turn_id=ask.turn_id, question=question, outcome=outcome, now=now)
    if not outcome.matches:
        return Result(kind=Kind.NO_PARTNER, question_id=question.id)
    referral = _write(session, ask, question=question, match=outcome.matches[0], now=now)
    intro = _choose_intro(outcome, topic=topic, place=place)
    return Result(kind=Kind.CARD, question_id=question.id, referral_id=referral.id, intro=intro)


def get_question(session: Session, ask: Ask, topic: Topic, knowledge: Knowledge, now: datetime) -> Question:
    """Go on with the question that is open when it is about the same topic; write a new one otherwise."""
    if ask.question_id:
        question = journal.get_question(session, ask.question_id)
        if question.topic == topic.id:
            return question
    asked = Asked(
        turn_id=ask.turn_id,
        visit_id=ask.visit_id,
        library_id=ask.library_id,
        kind=topic.register_as,
        topic=topic.id,
        is_sensitive=knowledge.catalogue.is_sensitive(topic.id),
        organisation=ask.sender,
        signal=ask.signal,
    )
    return journal.record_question(session, asked, now)


def _write(session: Session, ask: Ask, *, question: Question, match: Match, now: datetime) -> Referral:
    """Write the referral, or give the open one when the citizen is sent to the same place for the same question."""
    candidate = match.candidate
    if open_one := journal.find_open_referral(session, question.id, candidate.service_id):
        return open_one
    offer = make_offer(question, match, instead_of=ask.referral_id if ask.wants_another else None)
    return journal.refer(session, turn_id=ask.turn_id, question=question, offer=offer, now=now)


def make_offer(question: Question, match: Match, *, way: Way = Way.COLD, instead_of: str | None = None) -> Offer:
    """Return the offer of a match; how far it is, is not kept of a sensitive question."""
    candidate = match.candidate
    kilometres = next((reason.km for reason in match.reasons if reason.km is not None), None)
    return Offer(
        service_id=candidate.service_id,
        location_id=candidate.location_id,
        matched_because=[reason.code for reason in match.reasons],
        distance_km=None if question.day_only else kilometres,
        is_example=candidate.is_example,
        way=way,
        instead_of=instead_of,
    )


def record_gap(session: Session, *, turn_id: str, question: Question, outcome: Outcome, now: datetime) -> None:
    """Write why there is no local partner, if that is so and the question may have a place.

    In an example library everything is an example, and never counts.
    """
    if outcome.gap and not question.day_only:
        library = directory.find_organization(session, question.library_id)
        journal.record_gap(
            session,
            turn_id=turn_id,
            question=question,
            kind=outcome.gap.kind,
            partner_kind=outcome.gap.partner_kind,
            municipality=outcome.gap.municipality,
            is_example=library is not None and library.is_example,
            now=now,
        )


def _choose_intro(outcome: Outcome, *, topic: Topic, place: Place | None) -> Intro:
    if outcome.local or not topic.partners:
        return Intro.LOCAL
    if place is None:
        return Intro.NO_PLACE
    is_closed_long = outcome.gap is not None and outcome.gap.kind is GapKind.CLOSED_TOO_LONG
    return Intro.CLOSED_LONG if is_closed_long else Intro.NATIONAL
