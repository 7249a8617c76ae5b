"""One call from a need to partners: the local ones ranked, then the national ones of the topic, and the gap if any."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from sqlalchemy.orm import Session

from referral.directory import service as directory
from referral.directory.candidate import Outline
from referral.directory.service import SAMPLE, Found
from referral.matching.distance import Point, make_box, measure_distance
from referral.matching.gaps import NEARBY_KM, Gap, find_gap, is_any_offered
from referral.matching.match import LeftOut, Match, Need, ReasonCode
from referral.matching.rank import arrange, judge
from referral.matching.shortlist import count_left_out, is_settled, queue_up
from referral.matching.wishes import NOTHING, Wanted, Wish, make_sieve
from referral.models.columns import Status
from referral.models.taxonomy_term import NATIONAL_KIND

# How many candidates get their hours at first; twice as many each time that they do not settle it.
FIRST_READ = 8


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
    lacks += [(service_id, Wish(lack)) for service_id, lack in found.sifted if service_id not in need.declined]
    gap = None if local else _find_gap(session, found, need)
    organisations, national_lacks = _rank(session, found, found.national, national_need, along=along)
    matches = (*local, *_keep_order(organisations, found))
    return Outcome(matches, gap, len(local), count_left_out(lacks + national_lacks))


def _rank(
    session: Session,
    found: Found,
    outlines: Sequence[Outline],
    need: Need,
    *,
    limit: int | None = None,
    along: Sequence[Outline] = (),
) -> tuple[list[Match], list[tuple[str, Wish]]]:
    """Return the best of these, and (service id, wish) for each location of the services that are left out.

    What is wanted later comes `along` with the first: one question to the database is quicker than two.
    """
    waiting, lacks = queue_up(outlines, need)
    kept = Counter(one.outline.service_id for one in waiting)
    # All of them at once, when what is left out for its hours has to be counted.
    size = len(waiting) if limit is None or need.required.needs_hours else FIRST_READ
    judged: list[Match] = []
    matches: list[Match] = []
    while not is_settled(matches, waiting, limit):
        read, waiting = waiting[:size], waiting[size:]
        candidates = found.complete(session, [*(one.outline for one in read), *along])[: len(read)]
        verdicts = [(candidate.service_id, judge(candidate, need)) for candidate in candidates]
        judged += [verdict for _, verdict in verdicts if isinstance(verdict, Match)]
        lacking = [(service_id, verdict) for service_id, verdict in verdicts if isinstance(verdict, Wish)]
        kept.subtract(service_id for service_id, _ in lacking)
        lacks += lacking
        matches = arrange(judged, need)
        size *= 2
    return matches[:limit], [(service_id, wish) for service_id, wish in lacks if not kept[service_id]]


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
