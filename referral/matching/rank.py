"""Which partners may be offered, and in which order. Pure: candidates and a need in, matches out.

The order: (1) a place that a wheelchair user cannot enter goes last; (2) the right kind of help, by the steps of
`score`: a second kind that is open soon goes before a first kind that is closed for more than a week, never before one
that is not; (3) the fewest minutes: waiting, appointment, travel, language, access, other wishes, doubt about the
facts; (4) name and id, so that the same question always gets the same answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from referral.directory.candidate import Candidate, Outline
from referral.directory.hours import HoursToday, Unsure, describe_today
from referral.matching.match import Match, Need, Reason, ReasonCode
from referral.matching.score import CLOSED_TOO_LONG, measure_wait, score_candidate
from referral.matching.wishes import Wish, find_lack, find_lack_of_hours, look_ahead
from referral.models.columns import Status
from referral.models.service_area import WHOLE_COUNTRY

Order = tuple[bool, float, float, str, str, str]


def rank(candidates: Sequence[Candidate], need: Need) -> list[Match]:
    """Return the candidates that may be offered for this need, best first; each service once, at its best location."""
    return arrange([match for candidate in candidates if isinstance(match := judge(candidate, need), Match)], need)


def arrange(matches: Iterable[Match], need: Need) -> list[Match]:
    """Return matches in their order; each service once, at its best location."""
    best: dict[str, Match] = {}
    for match in sorted(matches, key=place):
        best.setdefault(match.candidate.service_id, match)
    return _mark_sooner(list(best.values()), need)


def is_reachable(candidate: Candidate) -> bool:
    return bool(candidate.channels)


def is_served(candidate: Outline, municipality: str | None) -> bool:
    """Return whether the service is for people of this municipality, or for the whole country."""
    return WHOLE_COUNTRY in candidate.serves or (municipality is not None and municipality in candidate.serves)


def is_closed_too_long(today: HoursToday, need: Need) -> bool:
    """Return whether its hours are known and it does not open within four weeks."""
    if today.unsure is Unsure.NO_HOURS:
        return False
    wait = measure_wait(today, need.moment)
    return wait is None or wait > CLOSED_TOO_LONG


def could_be_offered(candidate: Candidate, need: Need) -> bool:
    """Return whether somebody with no wishes could be sent there: it exists, can be reached and opens in time."""
    is_open_in_time = not is_closed_too_long(describe_today(candidate.hours, need.moment), need)
    return candidate.status is Status.ACTIVE and is_reachable(candidate) and is_open_in_time


def may_help(partner: Outline, need: Need) -> bool:
    """Return whether the service is for this question and these people, and has not been declined."""
    return (
        partner.status is Status.ACTIVE
        and is_served(partner, need.municipality)
        and partner.service_id not in need.declined
        and any(kind in partner.kinds for kind in need.kinds)
    )


def judge(candidate: Candidate, need: Need) -> Match | Wish | None:
    """Return the match, or the wish for lack of which it is left out, or None when it could not be offered anyway."""
    if not may_help(candidate, need) or not is_reachable(candidate):
        return None
    prospect = look_ahead(candidate.hours, need.wishes, need.moment)
    if is_closed_too_long(prospect.today, need):
        return None
    if lack := find_lack(candidate, need.required) or find_lack_of_hours(candidate, need.required, prospect):
        return lack
    reasons: list[Reason] = []
    score = score_candidate(candidate, need, prospect, reasons.append)
    return Match(candidate=candidate, score=score, reasons=tuple(reasons))


def place(match: Match) -> Order:
    """Return what matches are ordered by; the last parts make every tie fall the same way."""
    candidate = match.candidate
    return (
        match.score.barred,
        match.score.tier,
        round(match.score.minutes, 3),
        candidate.name,
        candidate.service_id,
        candidate.location_id or "",
    )


def _mark_sooner(matches: list[Match], need: Need) -> list[Match]:
    """Say of a later kind that stands before the right kind that it does so because it is open sooner."""
    last_right = max((n for n, match in enumerate(matches) if _is_waited_for(match)), default=-1)
    return [
        replace(match, reasons=(*match.reasons, Reason(ReasonCode.SOONER_THAN_RIGHT_KIND)))
        if number < last_right and need.kinds[0] not in match.candidate.kinds
        else match
        for number, match in enumerate(matches)
    ]


def _is_waited_for(match: Match) -> bool:
    return {ReasonCode.RIGHT_KIND, ReasonCode.CLOSED_LONG} <= match.codes and not match.score.barred
