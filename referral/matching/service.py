"""One call from a need to partners: the local ones ranked, then the national ones of the topic, and the gap if any."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from referral.directory import service as directory
from referral.directory.candidate import Candidate
from referral.matching.distance import Point, make_box, measure_distance
from referral.matching.gaps import NEARBY_KM, Gap, find_gap
from referral.matching.match import Match, Need, ReasonCode
from referral.matching.rank import rank
from referral.models.taxonomy_term import NATIONAL_KIND


@dataclass(frozen=True, slots=True)
class Outcome:
    """`matches`: local partners best first, then national organisations in the order of the topic.

    `gap` says why there is no local partner; with a gap, the national ones are the answer.
    """

    matches: tuple[Match, ...]
    gap: Gap | None
    local_count: int

    @property
    def local(self) -> tuple[Match, ...]:
        return self.matches[: self.local_count]

    @property
    def national(self) -> tuple[Match, ...]:
        return self.matches[self.local_count :]


def find_partner(
    session: Session,
    *,
    partners: Sequence[str],
    national: Sequence[str],
    now: datetime,
    municipality: str | None = None,
    point: Point | None = None,
    language: str | None = None,
    wheelchair: bool = False,
    declined: Collection[str] = (),
) -> Outcome:
    """Return who can help.

    `partners` are kinds of local partner and `national` ids of `data/organisations.yml`, both best first, as a topic
    has them. `municipality` is GMxxxx, `point` latitude and longitude in degrees, `now` aware, `language` an ISO code,
    `declined` the ids of services that this citizen has been offered already.
    """
    need = Need(
        kinds=tuple(partners),
        moment=now,
        municipality=municipality,
        point=point,
        language=language,
        wheelchair=wheelchair,
        declined=frozenset(declined),
    )
    listed, organisations = directory.find_local_and_national(session, need.kinds, municipality, national)
    local = rank(listed, need)
    gap = None if local else _find_gap(session, listed, need)
    return Outcome((*local, *_keep_order(organisations, need)), gap, len(local))


def _keep_order(organisations: Sequence[Candidate], need: Need) -> list[Match]:
    """National ones keep the order of the topic, closed or not: each of them is there for a reason of its own."""
    place = {candidate.service_id: number for number, candidate in enumerate(organisations)}
    national_need = Need(kinds=(NATIONAL_KIND,), moment=need.moment, language=need.language, declined=need.declined)
    matches = sorted(rank(organisations, national_need), key=lambda match: place[match.candidate.service_id])
    return [_without_kind(match) for match in matches]


def _without_kind(match: Match) -> Match:
    """Return the match without "right kind": of a national organisation that says nothing."""
    reasons = tuple(reason for reason in match.reasons if reason.code is not ReasonCode.RIGHT_KIND)
    return replace(match, reasons=reasons)


def _find_gap(session: Session, listed: Sequence[Candidate], need: Need) -> Gap | None:
    if need.municipality is None or not need.kinds:
        return None
    return find_gap(
        listed,
        need,
        absent_kinds=directory.list_absent_kinds(session, need.municipality),
        is_one_nearby=_is_one_nearby(session, need),
    )


def _is_one_nearby(session: Session, need: Need) -> bool:
    if need.point is None:
        return False
    south, north, west, east = make_box(need.point, NEARBY_KM)
    points = directory.list_points(session, need.kinds, south=south, north=north, west=west, east=east)
    return any(measure_distance(need.point, point) <= NEARBY_KM for point in points)
