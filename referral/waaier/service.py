"""All cards of a library at once, each with its own words and partners: the *informatiewaaier*, for paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache

from sqlalchemy.orm import Session

from referral.catalogue.topics import Card, Topic
from referral.clock import AMSTERDAM, to_local
from referral.directory import service as directory
from referral.directory.card import ServiceCard
from referral.overlay.cards import get_card
from referral.places.table import Place
from referral.referring.knowledge import Knowledge
from referral.referring.visiting import MOST_PARTNERS, find_library_place, find_partners

# Paper knows no "now". The partners stand as they would at the desk when it opens, so one day has one order.
READ_AT = time(9, tzinfo=AMSTERDAM)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A topic. `has_local` is false when nobody of the kinds that it asks for helps in the library's place."""

    topic: Topic
    card: Card
    partners: tuple[ServiceCard, ...]
    has_local: bool


@dataclass(frozen=True, slots=True)
class Waaier:
    """As it was at `moment`. `library_name` is empty and `place` `None` while the library is not in the directory."""

    library_name: str
    place: Place | None
    moment: datetime
    leaves: tuple[Leaf, ...]


def collect_waaier(session: Session, *, library_id: str, language: str, knowledge: Knowledge, now: datetime) -> Waaier:
    """Return every topic as the library shows it, with the partners that its desk would see on the day of `now`.

    `language` is that of the cards, `nl` or `en`. Topics stand in the order of their titles.
    """
    moment = datetime.combine(to_local(now).date(), READ_AT)
    place = find_library_place(session, library_id, knowledge.places)
    library = directory.find_organization(session, library_id)

    @cache
    def read_partner(service_id: str, location_id: str | None) -> ServiceCard:
        return directory.get_service(session, service_id, now=moment, location_id=location_id)

    def collect_leaf(topic: Topic) -> Leaf:
        outcome = find_partners(session, topic.id, place=place, knowledge=knowledge, now=moment)
        found = (match.candidate for match in outcome.matches[:MOST_PARTNERS])
        return Leaf(
            topic,
            get_card(session, knowledge.catalogue, topic.id, language=language, library_id=library_id),
            tuple(read_partner(one.service_id, one.location_id) for one in found),
            has_local=bool(outcome.local),
        )

    leaves = (collect_leaf(topic) for topic in knowledge.catalogue.topics.values())
    return Waaier(library.name if library else "", place, moment, _sort(leaves))


def _sort(leaves: Iterable[Leaf]) -> tuple[Leaf, ...]:
    return tuple(sorted(leaves, key=lambda leaf: leaf.card.title.casefold()))
