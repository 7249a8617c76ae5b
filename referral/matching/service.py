"""One call from a need to partners: the local ones ranked, then the national ones of the topic, and the gap if any."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from sqlalchemy.orm import Session

from referral.clock import to_local
from referral.directory import service as directory
from referral.directory.candidate import Candidate, Outline
from referral.directory.openings import ONE_DAY
from referral.directory.service import SAMPLE, Found
from referral.matching.distance import Point, make_box, measure_distance
from referral.matching.gaps import NEARBY_KM, Gap, find_gap, is_any_offered
from referral.matching.left_out import Lack, count_left_out, drop_unoffered
from referral.matching.match import LeftOut, Match, Need, ReasonCode
from referral.matching.rank import arrange, could_be_offered, judge
from referral.matching.score import CLOSED_TOO_LONG
from referral.matching.shortlist import is_settled, queue_up
from referral.matching.wishes import NOTHING, Wanted, Wish, make_sieve
from referral.models.columns import Status
from referral.models.taxonomy_term import NATIONAL_KIND

# How many candidates get their hours at first; twice as many each time that they do not settle it.
FIRST_READ = 8
# So many days after today lie wholly within the time in which somebody has to open to be offered.
WHOLE_DAYS = CLOSED_TOO_LONG.days - 1

Verdict = tuple[Candidate, Match | Wish | None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`matches`: local partners best first, then national organisations in the order of the topic.

    `gap` says why there is no local partner; with a gap, the national ones are the answer. `left_out` tells how many
    services, local and national, lack what is required; that makes no gap.
    """

    matches: tuple[Match, ...]
    gap: Gap | None
    local_count: int
    left_out: tuple[LeftOut, ...] = ()

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
    preferred: Wanted = NOTHING,
    required: Wanted = NOTHING,
    declined: Collection[str] = (),
    limit: int | None = None,
) -> Outcome:
    """Return who can help.

    `partners` are kinds of local partner and `national` ids of `data/organisations.yml`, both best first, as a topic
    has them. `municipality` is GMxxxx, `point` latitude and longitude in degrees, `now` aware, `declined` the ids of
    services that this citizen has been offered already. At most `limit` local partners are returned; few cost less.
    """
    need = Need(
        kinds=tuple(partners),
        moment=now,
        municipality=municipality,
        point=point,
        preferred=preferred,
        required=required,
        declined=frozenset(declined),
    )
    found = directory.search(session, need.kinds, municipality, national, make_sieve(required))
    national_need = replace(need, kinds=(NATIONAL_KIND,), municipality=None, point=None)
    along = [*found.national, *(_pick_tellers(found, need) if required != NOTHING else ())]
    local, lacks = _rank(session, found, found.local, need, limit=limit, along=along)
    lacks += _list_sifted(found, need)
    gap = None if local else _find_gap(session, found, need)
    organisations, national_lacks = _rank(session, found, found.national, national_need, along=along)
    matches = (*local, *_keep_order(organisations, found))
    return Outcome(matches, gap, len(local), _count_left_out(session, lacks + national_lacks, need))


def _rank(
    session: Session,
    found: Found,
    outlines: Sequence[Outline],
    need: Need,
    *,
    limit: int | None = None,
    along: Sequence[Outline] = (),
) -> tuple[list[Match], list[Lack]]:
    """Return the best of these, and what those lack that are left out, at each of their locations.

    What is wanted later comes `along` with the first: one question to the database is quicker than two.
    """
    waiting, lacks = queue_up(outlines, need)
    lacking = {lack.service_id for lack in lacks}
    # All of them at once, when what is left out for its hours has to be counted.
    size = len(waiting) if limit is None or need.required.needs_hours else FIRST_READ
    verdicts: list[Verdict] = []
    matches: list[Match] = []
    while not is_settled(matches, waiting, limit):
        read, waiting = waiting[:size], waiting[size:]
        verdicts += _judge(session, found, [one.outline for one in read], need, along=along)
        matches = arrange([verdict for _, verdict in verdicts if isinstance(verdict, Match)], need)
        size *= 2
    # What lacks something at one location is not left out if it is offered at another.
    others = [one.outline for one in waiting if one.outline.service_id in lacking]
    verdicts += _judge(session, found, others, need)
    offered = {candidate.service_id for candidate, verdict in verdicts if isinstance(verdict, Match)}
    lacks += [
        Lack(candidate.service_id, verdict, candidate, is_sure=True)
        for candidate, verdict in verdicts
        if isinstance(verdict, Wish)
    ]
    return matches[:limit], [lack for lack in lacks if lack.service_id not in offered]


def _judge(
    session: Session, found: Found, outlines: Sequence[Outline], need: Need, *, along: Sequence[Outline] = ()
) -> list[Verdict]:
    candidates = found.complete(session, [*outlines, *along])[: len(outlines)]
    return [(candidate, judge(candidate, need)) for candidate in candidates]


def _list_sifted(found: Found, need: Need) -> list[Lack]:
    return [
        Lack(one.service_id, Wish(one.lack), None, is_sure=False, is_silent=not one.is_found)
        for one in found.sifted
        if one.service_id not in need.declined
    ]


def _count_left_out(session: Session, lacks: Sequence[Lack], need: Need) -> tuple[LeftOut, ...]:
    """Return how many services are left out, not counting those that could not be offered to anybody."""
    unread = {lack.service_id for lack in lacks if not lack.is_sure}
    tomorrow = to_local(need.moment).date() + ONE_DAY
    doubtful = directory.list_doubtful(session, unread, first=tomorrow, days=WHOLE_DAYS)
    doubtful |= {lack.service_id for lack in lacks if lack.is_silent}
    offered = {
        (candidate.service_id, candidate.location_id)
        for candidate in directory.load_candidates(session, doubtful)
        if could_be_offered(candidate, need)
    }
    return count_left_out(drop_unoffered(lacks, doubtful, offered))


def _pick_tellers(found: Found, need: Need) -> list[Outline]:
    """Return a few who nearly always tell whether wishes left everybody out, or there is a gap."""
    some = (one for one in (*found.local, *found.sample) if one.status is Status.ACTIVE)
    return list(islice((one for one in some if need.municipality in one.serves), SAMPLE))


def _keep_order(matches: Sequence[Match], found: Found) -> list[Match]:
    """National ones keep the order of the topic, closed or not: each of them is there for a reason of its own."""
    order = {outline.service_id: number for number, outline in enumerate(found.national)}
    return [_without_kind(match) for match in sorted(matches, key=lambda match: order[match.candidate.service_id])]


def _without_kind(match: Match) -> Match:
    """Return the match without "right kind": of a national organisation that says nothing."""
    reasons = tuple(reason for reason in match.reasons if reason.code is not ReasonCode.RIGHT_KIND)
    return replace(match, reasons=reasons)


def _find_gap(session: Session, found: Found, need: Need) -> Gap | None:
    if need.municipality is None or not need.kinds:
        return None
    if is_any_offered(found.complete(session, _pick_tellers(found, need)), need):
        return None
    return find_gap(
        directory.find_candidates(session, need.kinds, need.municipality),
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
