"""Which services meet what a citizen cannot do without: the directory's list by name, with the wishes of the match."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from referral.directory import search
from referral.directory.candidate import Candidate
from referral.directory.search import Found, ServiceFilter, Window
from referral.matching.match import Match, Need, Reason
from referral.matching.rank import place
from referral.matching.score import score_candidate
from referral.matching.wishes import find_lack, find_lack_of_hours, look_ahead, make_sieve


@dataclass(frozen=True, slots=True)
class Listed:
    """A service as its candidates, one a location, that which suits best first; the reasons speak of that one."""

    candidates: tuple[Candidate, ...]
    reasons: tuple[Reason, ...]


def list_services(session: Session, wanted: ServiceFilter, need: Need, window: Window) -> Found[Listed]:
    """Return services that meet what is required, by name, at the locations where they do.

    `need` is without kinds: `wanted` has them. What the sieve does not know of is looked up service by service, so ask
    for it with a municipality (`Wanted.needs_look`).
    """

    def meets(candidate: Candidate) -> bool:
        if find_lack(candidate, need.required):
            return False
        return not find_lack_of_hours(candidate, need.required, look_ahead(candidate.hours, need.required, need.moment))

    wanted = replace(wanted, sieve=make_sieve(need.required))
    found = search.search_services(session, wanted, window, fits=meets if need.required.needs_look else None)
    return Found([_explain(candidates, need) for candidates in found.items], found.total)


def _explain(candidates: Sequence[Candidate], need: Need) -> Listed:
    best, *others = sorted((_weigh(candidate, need) for candidate in candidates), key=place)
    return Listed((best.candidate, *(match.candidate for match in others)), best.reasons)


def _weigh(candidate: Candidate, need: Need) -> Match:
    reasons: list[Reason] = []
    score = score_candidate(candidate, need, look_ahead(candidate.hours, need.wishes, need.moment), reasons.append)
    return Match(candidate=candidate, score=score, reasons=tuple(reasons))
